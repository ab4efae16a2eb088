#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scores a program's reading of Received fields against an independent reading of the same fields, both ways, and lists each miss.

tools/received_score.py                                            build/release's threadline, else build/dev's, over the examples of
                                                                   ../shared/data/received/shapes.tsv
tools/received_score.py --program "build/dev/src/apps/threadline"  that one: any command that takes `explain --format jsonl PATH...`
tools/received_score.py --fields FILE                              one unfolded field a line ("-": standard input) instead
tools/received_score.py --show 40                                  that many misses, with both readings

Needs ../shared without --fields. Exit status 0 whatever the score; 2 where the program fails.

The expected values come from the simple reader below, which follows RFC 5321 section 4.4 and RFC 5322 section 3.6.7 with regular
expressions and shares nothing with the program: comments are cut out first, then each keyword takes what stands up to the next one.
Where the two readings of an example of shapes.tsv differ, the field was read by hand; REVIEWED holds what the plain reading gets
wrong, keyed by the shape and the number of its example, without the fields' text.

A field is right where all five clauses (from, by, with, id, for) and the date are equal, absent ones included: nothing missing,
nothing invented. `from` is what the peer said (HELO); scored apart: peer address, reverse name, via, TLS, cipher, envelope sender,
authenticated user.
"""
import argparse
import collections
import datetime
import email.utils
import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHAPES = ROOT.parent / "shared/data/received/shapes.tsv"
PROGRAMS = [ROOT / "build" / preset / "src/apps/threadline" for preset in ("release", "dev")]
BATCH = 400  # fields of one message; the program's own limit is 500
FIVE = ("from", "by", "with", "id", "for", "date")
OTHERS = ("ip", "name", "via", "tls", "cipher", "envelope_from", "auth_user")
KEYWORDS = "from by via with id for".split()
WEEKDAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?\s+)"
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
DATE = re.compile(WEEKDAY + r"?(\d{1,2})[\s-]+([A-Z][a-z]{2})[\s-]+(\d{2,4})\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s*([-+]\d{4}|[A-Z]{1,5})?")
CTIME = re.compile(WEEKDAY + r"([A-Z][a-z]{2})\s+(\d{1,2})\s+(\d{1,2}):(\d\d):(\d\d)\s+(?:([A-Z]{3,4})\s+)?(\d{4})\s*([-+]\d{4})?")
GO = re.compile(r"(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.\d+)? ([-+]\d{4})")
ZONES = {"GMT": 0, "UT": 0, "UTC": 0, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480,
         "PDT": -420, "BST": 60, "IST": 330, "CET": 60, "CEST": 120, "MET": 60, "MEST": 120, "MSK": 180, "MSD": 240, "JST": 540}
IPV4 = r"(?:\d{1,3}\.){3}\d{1,3}"
IPV6 = r"[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?:" + IPV4 + ")?"
LITERAL = re.compile(rf"\[(?:IPv6:)?({IPV4}|{IPV6})(?:%\w+)?(?::\d+)?\]", re.I)
BARE = re.compile(rf"^(?:\S+@)?({IPV4}|{IPV6})(?:%\w+)?(?::\d+)?$")

# What the plain reading below gets wrong on the examples: {(shape, example): {key: value}}. Reviewed by hand: nothing is left.
REVIEWED = {}


def instant(year, month, day, hour, minute, second, zone):
    if isinstance(zone, str) and zone[:1] in "+-" and zone:
        minutes = (int(zone[1:3]) * 60 + int(zone[3:5])) * (-1 if zone[0] == "-" else 1)
    else:
        minutes = ZONES.get(zone or "", 0)
    year = int(year) + (0 if int(year) > 999 else 2000 if int(year) < 50 else 1900)
    try:
        at = datetime.datetime(year, month, int(day), int(hour), int(minute), min(int(second or 0), 59), tzinfo=datetime.timezone.utc)
    except ValueError:
        return None
    return int(at.timestamp()) - minutes * 60


def date_of(text):
    """The first date in a text without comments, in RFC 5322's, Go's or ctime's form."""
    if found := GO.search(text):
        year, month, day, hour, minute, second, zone = found.groups()
        return instant(year, int(month), day, hour, minute, second, zone)
    if (found := DATE.search(text)) and found[2] in MONTHS:
        day, month, year, hour, minute, second, zone = found.groups()
        return instant(year, MONTHS.index(month) + 1, day, hour, minute, second, zone)
    if (found := CTIME.search(text)) and found[1] in MONTHS:
        month, day, hour, minute, second, name, year, zone = found.groups()
        return instant(year, MONTHS.index(month) + 1, day, hour, minute, second, zone or name)
    return None


def without_comments(value):
    """The text with each comment as \\1number\\2, and the comments (nested ones stay inside)."""
    out, comments, depth, begin, i = [], [], 0, 0, 0
    quoted = False
    while i < len(value):
        c = value[i]
        if depth == 0 and c == '"':
            quoted = not quoted and '"' in value[i + 1:]
        if c == "\\" and depth:
            i += 1
        elif c == "(" and not quoted:
            depth += 1
            if depth == 1:
                begin = i + 1
        elif c == ")" and depth:
            depth -= 1
            if depth == 0:
                out.append(f" \x01{len(comments)}\x02 ")
                comments.append(value[begin:i])
        elif depth == 0:
            out.append(c)
        i += 1
    if depth:
        out.append(f" \x01{len(comments)}\x02 ")
        comments.append(value[begin:])
    return "".join(out), comments


def unbracketed(text):
    return text[1:-1] if text[:1] + text[-1:] in ("<>", "[]", '""') and len(text) > 1 else text


def clauses_of(text):
    """{keyword: what follows}, the first of each; "from by (...)" is a peer that calls itself so."""
    words = re.findall(r"\x01\d+\x02|(?:\"[^\"]*\"|\[[^\]]*\]|<[^> ]*>|[^\s\x01\"\[<])+|\S", text)
    found, current = {}, None
    for at, word in enumerate(words):
        key = word.lower()
        follows_from = at > 0 and words[at - 1].lower() == "from" and at + 1 < len(words) and words[at + 1][0] == "\x01"
        if key in KEYWORDS and not follows_from:
            current = key if key not in found else None
            if current:
                found[current] = []
        elif current:
            found[current].append(word)
    return found


def phrase(words, stop=()):
    """The words up to the first comment, literal or stop word."""
    taken = []
    for word in words:
        if word[0] == "\x01" or word == ";" or word.lower() in stop:
            break
        taken.append(word)
    return " ".join(taken)


def host(words):
    first = words[0] if words and words[0][0] != "\x01" else ""
    if re.search(r"[.:@\[]", first):
        return first
    taken, _, literal = phrase(words, ("over", "named")).partition(" [")
    return taken.split(" ")[0] if literal else taken


def peer_of(words, comments):
    """HELO, reverse name and address."""
    said = [comments[int(word[1:-1])] for word in words if word[0] == "\x01"]
    first = host(words)
    helo = name = ip = ""
    said_helo = False
    for comment in said:
        if found := re.search(r"(?:^|[\s\"])(?:HELO|EHLO)[ =]([^\s\")]*)", comment, re.I):
            helo, said_helo = helo or found[1], True
        if found := LITERAL.search(re.sub(r"(?i)\b(?:helo|ehlo)[= ]\S+|envelope-\S+ \S+", "", comment)):
            ip = ip or found[1]
            before = re.sub(r"\[.*", "", comment, flags=re.S).split()
            before = before[-1].split("@")[-1] if before else ""
            if re.fullmatch(r"(?i)[\w.-]*\.[\w.-]*|localhost", before) and not re.fullmatch(IPV4, before):
                name = name or before.rstrip(".")
        elif found := BARE.match(re.sub(r" with \w+$", "", comment.strip())):
            ip = ip or found[1]
        elif found := re.fullmatch(r"(?i)(?:\S+@|actually )?([\w-]+(?:\.[\w-]+)+\.?|localhost)", comment.strip()):
            name = name or found[1].rstrip(".")
    for word in words[1:]:
        if not ip and (found := LITERAL.fullmatch(word)):
            ip = found[1]
    own = LITERAL.fullmatch(first) or BARE.match(first)
    if own and not ip:
        ip = own[1]
        first = ""
    elif said_helo and not own and not name and first.lower() != "unknown":
        name = first.rstrip(".")
    return helo if said_helo else first, name, re.sub("(?i)^::ffff:(?=.*[.])", "", ip)


def session_of(comments, text):
    """TLS version, cipher, envelope sender, user."""
    everything = "\n".join(comments)
    def first(pattern, where=everything, flags=0):
        found = re.search(pattern, where, flags)
        return next(filter(None, found.groups()), "") if found else ""

    tls = first(r"version=([^\s,;)]+)") or first(r"^using (\S+)", flags=re.M) or first(r"TLS: ([^,\n]+),") or \
        first(r"^(?:Cipher )?((?:TLS|SSL)(?!_)v?[\d./-]*[\w./-]*)(?::\S*)?$", flags=re.M) or first(r"\b(TLS) secured channel| ESMTPS?/(TLS)/", text)
    cipher = first(r"cipher=([^\s,;)]+)") or first(r"^using \S+ with cipher (\S+)", flags=re.M) or \
        first(r"^(?:Cipher )?TLS[v\d-][\w.-]*:([^:\s]+)", flags=re.M) or first(r"TLS: [^,\n]+,\d+bits,([^,\s;)]+)") or \
        first(r"\btls (TLS_\S+)", text) or first(r"^(\S+) encrypted$", flags=re.M) or first(r" ESMTPS?/TLS/([^\s;]+)", text)
    envelope = first(r"envelope-(?:from|sender)\s+([^\s,;)]+)") or first(r"envelope-from ([^\s,;)]+)", text)
    user = first(r"(?:Authenticated sender: |authenticated user |^account |AUTH: [\w-]+ |smtp-auth username |\buser=)([^\s,;)]+)", flags=re.M) or \
        first(r"^(\S+)@\S+ with (?:login|plain|xymcookie)$", flags=re.M)
    return tls, cipher, unbracketed(envelope), unbracketed(user)


def version(text):
    found = re.fullmatch(r"(TLS|SSL)[v ]*(\d[\d_.]*)", text)
    if not found:
        return text
    number = found[2].replace("_", ".")
    return found[1] + ("1.0" if found[1] == "TLS" and number == "1" else number)


def expected(value):
    text, comments = without_comments(value)
    pieces = re.sub(r"\"[^\"]*\"", lambda m: m[0].replace(";", "\x03"), text).split(";")
    plain = [re.sub(r"\x01\d+\x02", " ", piece) for piece in pieces]
    dates = [i for i in range(1, len(pieces)) if date_of(plain[i]) is not None]
    at = dates[-1] if dates else 0
    moment = date_of(plain[at]) if dates else None
    if not dates:  # a date without ";"
        found = list(re.finditer(WEEKDAY + r"\d{1,2} |\d{4}-\d\d-\d\d ", plain[0]))
        moment = date_of(plain[0][found[-1].start():]) if found else None
    found = clauses_of(text.replace(";", " ; ") if len(pieces) == 1 else " ; ".join(pieces[:at or len(pieces)]))
    if dates:
        for key, words in clauses_of(pieces[at]).items():
            found.setdefault(key, words)
    helo, name, ip = peer_of(found["from"], comments) if found.get("from") else ("", "", "")
    tls, cipher, envelope, user = session_of(comments, text)
    if "@" in helo and not ip:  # AOL and qmail-scanner write the envelope's sender there
        envelope = unbracketed(helo)
    again = re.search(r"\sfrom\s+(<?[^\s;]+@[^\s;]+)", text[5:] if text[:5].lower() == "from " else "", re.I)
    envelope = envelope or (unbracketed(again[1]) if again else "")  # "for <b@x> from <a@y>"
    single = lambda key: next((w for w in found.get(key, [])[:1] if w[0] != "\x01"), "")
    protocol = [w for w in found.get("with", [])]
    while protocol and protocol[0][0] == "\x01" and len(protocol) > 1:
        protocol = protocol[1:]
    with_text = phrase(protocol)
    if re.fullmatch(r"(?i)u?(e?smtps?a?|lmtps?a?|asmtp|https?|imap|pop3|mapi|local|uucp|bizsmtp)", with_text.split(" ")[0]):
        with_text = with_text.split(" ")[0]
    recipient = single("for")
    recipient = unbracketed(recipient.rstrip(",")) if re.search("[<@]", recipient) else phrase(found.get("for", []))
    return {"from": helo, "by": host(found.get("by", [])), "with": with_text, "id": single("id"), "for": recipient,
            "date": moment, "ip": ip, "name": name, "via": phrase(found.get("via", [])), "tls": version(tls.strip()), "cipher": cipher,
            "envelope_from": envelope, "auth_user": user}


def got(hop):
    peer = hop["from"]
    moment = int(datetime.datetime.fromisoformat(hop["time"]).timestamp()) if hop["time"] else None
    result = {"from": peer["helo"], "by": hop["by"], "date": moment, "ip": peer["ip"], "name": peer["name"]}
    for key in ("with", "id", "for", "via", "tls", "cipher", "envelope_from", "auth_user"):
        result[key] = hop[key]
    return {key: value if value is not None else "" if key != "date" else None for key, value in result.items()}


def examples():
    for line in SHAPES.read_text(encoding="utf-8").splitlines()[1:]:
        columns = line.split("\t")
        for number, value in enumerate(columns[4:6], 1):
            if value:
                yield (columns[0], number), value


def read_by_program(program, values):
    hops = []
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for begin in range(0, len(values), BATCH):
            path = pathlib.Path(folder, f"{begin:08}.eml")
            fields = values[begin:begin + BATCH]
            path.write_bytes(b"".join(b"Received: " + v.encode("utf-8", "surrogateescape") + b"\n" for v in fields) + b"Subject: x\n\nx\n")
            files.append(str(path))
        for begin in range(0, len(files), 50):
            run = subprocess.run(shlex.split(program) + ["explain", "--format", "jsonl", *files[begin:begin + 50]], stdout=subprocess.PIPE)
            if run.returncode not in (0, 3):
                sys.exit(2)
            for line in run.stdout.splitlines():
                hops += reversed(json.loads(line)["hops"])
    return hops


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--program", default=next((str(p) for p in PROGRAMS if p.exists()), None))
    parser.add_argument("--fields")
    parser.add_argument("--show", type=int, default=20)
    arguments = parser.parse_args()
    if not arguments.program:
        sys.exit("tools/received_score.py: no program is built; --program names one")
    if arguments.fields:
        stream = sys.stdin.buffer if arguments.fields == "-" else open(arguments.fields, "rb")
        rows = [((str(i), 1), line.decode("utf-8", "surrogateescape").rstrip("\r\n").strip()) for i, line in enumerate(stream, 1) if line.strip()]
    elif SHAPES.exists():
        rows = list(examples())
    else:
        sys.exit("tools/received_score.py: no ../shared/data/received")
    hops = read_by_program(arguments.program, [value for _, value in rows])
    if len(hops) != len(rows):
        print(f"{len(rows)} fields, {len(hops)} hops", file=sys.stderr)
        sys.exit(2)
    counts, shown = collections.Counter(), 0
    for (key, value), hop in zip(rows, hops):
        want, have = {**expected(value), **REVIEWED.get(key, {})}, got(hop)
        wrong = [name for name in FIVE + OTHERS if want[name] != have[name]]
        counts["all five and date"] += not set(wrong) & set(FIVE)
        for name in FIVE + OTHERS:
            counts[name] += name not in wrong
            counts[name + " missing"] += name in wrong and have[name] in ("", None)
            counts[name + " invented"] += name in wrong and want[name] in ("", None)
        if wrong and shown < arguments.show:
            shown += 1
            print(f"{key[0]}/{key[1]}: " + "; ".join(f"{n}: want {want[n]!r} got {have[n]!r}" for n in wrong) + f"\n    {value[:500]!r}")
    for name in ("all five and date",) + FIVE + OTHERS:
        extra = f"  missing {counts[name + ' missing']}, invented {counts[name + ' invented']}" if name in FIVE + OTHERS else ""
        print(f"{name:18} {counts[name]:7} of {len(rows)}  {100 * counts[name] / max(1, len(rows)):.2f} %{extra}")


if __name__ == "__main__":
    main()
