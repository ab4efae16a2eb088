#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scores a program's reading of quoted history on public fixtures, by kind and set, and lists each miss.

tools/quote_score.py                                            build/release's threadline, else build/dev's, over ../shared/corpus/quotes
tools/quote_score.py --program "build/dev/src/apps/threadline"  that one: any command that takes `explain --format jsonl PATH...`
tools/quote_score.py --set efp --fields                         one set, with the score of each field
tools/quote_score.py --only discourse/signatures --whole        one fixture, differences in full

Needs ../shared. Exit status 0 whatever the score; 2 where the program fails.

A fixture is a bare body: it is put into a message of its own (text/plain or text/html, the manifest's subject where it gives one) and
all are read by one run. A row is right where everything that its fixture gives is right. The peer's column is the figure that the
fixtures' own programs reach (issue 4).

How values are compared. Always: Unicode NFKC, white space and invisible characters left out.
- bodies: quote marks (">") left out too. A forward's body is everything behind the header block, deeper levels with it: the source
  from the first block's begin to the end of its last descendant must end with it, and the block's own text must begin it.
- persons: address without case; name as given, quotes and case apart; where the fixture has no name, none (or the address again).
- subject: that of the block; where its header block has none, the message's base_subject.
- dates: both date_text and date must be there; where the fixture gives a text, one must contain the other.
- `message` and text_top + text_bottom: new_text; null or absent: new_text is empty. reply-to is not compared (no such key).
- a fixture that is no forward (`forwarded` false): level 1 has not the form "forward". A header block is right: replies have it too.
- replies: new_text, or new_text less `signature` (some fixtures keep signatures, some drop them). must_match and must_not speak of
  the same text.
- elided (only --fields): each line of it stands in a quoted block's source or in the signature.
- replies, the whole body: a talon fixture never expects an empty reply; where there is no other, it expects all words. explain says
  the same with an empty new_text and every word in a quoted block: so where `reply` is all words of the source, new_text is empty
  and the blocks' spans leave no word out, it is right.
- segments: mail-parser-reply cuts the body where each quoted message begins, and what stands before the first cut is a piece where
  it is not blank. So: the source before the first block's span where that is not blank, then the blocks in their order; answers
  between or behind quoted lines are no further piece. Rulers ("-----") are left out of `contains`.
"""
import argparse
import base64
import collections
import email.header
import email.utils
import html.parser
import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAMS = [ROOT / "build" / preset / "src/apps/threadline" for preset in ("release", "dev")]
UNREAD = ("head", "script", "style", "title")
INVISIBLE = re.compile("[\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\0]+")
# What the fixtures' own programs reach on their own fixtures, as right of all. Source: issue 4.
PEERS = {
    "efp": "97", "quotequail": "19", "quotequail_html": "8", "talon": "60", "talon_html": "26", "mpr": "31",
    "discourse+github+zapier": "95",
}
TOGETHER = ("discourse", "github", "zapier")


def bare(text):
    return INVISIBLE.sub("", unicodedata.normalize("NFKC", text or ""))


def unquoted(text):
    return bare(text).replace(">", "")


def without_rulers(text):
    return re.sub(r"[-_*=]{5,}", "", unquoted(text))


def wrapped(number, entry, corpus):
    """The fixture as a message; its number keeps two that say the same from being one message."""
    html = entry["kind"].endswith("html")
    body = (corpus / entry["path"]).read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")  # as spans count
    subject = " ".join((entry.get("subject") or "").split()) or "fixture"
    head = ("From: Carrier <carrier@threadline.example>\nTo: Reader <reader@threadline.example>\n"
            f"Date: Mon, 06 May 2024 10:00:00 +0000\nMessage-ID: <{number}@threadline.example>\n"
            f"Subject: {email.header.Header(subject, 'utf-8').encode()}\nMIME-Version: 1.0\n"
            f"Content-Type: text/{'html' if html else 'plain'}; charset=utf-8\nContent-Transfer-Encoding: base64\n\n")
    return head.encode() + base64.encodebytes(body.encode()), body


def person(text):
    """(name, address) of "Name <address>", "Name (address)", an address or a name alone."""
    turned = re.sub(r"^([^<(@]+)\(([^\s()]+@[^\s()]+)\)$", r"\1<\2>", text.strip())
    if "@" not in turned:
        return turned, ""
    return email.utils.parseaddr(turned)


def name_key(text):
    return bare(text).strip("'\"").casefold()


def is_person(got, name, address):
    got = got or {}
    got_name, got_address = got.get("name") or "", got.get("address") or ""
    if got_address.casefold() != (address or "").casefold():
        return False
    return name_key(got_name) == name_key(name) or (not name and name_key(got_name) == name_key(address))


class Words(html.parser.HTMLParser):
    """What a person reads of a page."""

    def __init__(self, source):
        super().__init__()
        self.text, self.unread = "", 0
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.unread += tag in UNREAD

    def handle_endtag(self, tag):
        self.unread -= tag in UNREAD and self.unread > 0

    def handle_data(self, data):
        self.text += "" if self.unread else data


class Reading:
    """What the program said about one fixture."""

    def __init__(self, message, source, is_html=False):
        self.is_html = is_html
        conversation = message.get("conversation") or {}
        self.subject = message.get("base_subject") or ""
        self.new_text = conversation.get("new_text") or ""
        self.signature = conversation.get("signature") or ""
        self.quoted = conversation.get("quoted") or []
        self.source = source.encode()

    def source_of(self, first, last=None):
        """The source from the begin of one block to the end of another; its text where there is no span."""
        begin = (first.get("span") or {}).get("offset")
        end = (last or first).get("span") or {}
        if begin is None or "offset" not in end:
            return first.get("text") or ""
        return self.source[begin:end["offset"] + end["length"]].decode("utf-8", "replace")

    def family(self):
        """The source of the first block with its descendants."""
        first, known, last = self.quoted[0], {self.quoted[0].get("id")}, self.quoted[0]
        for block in self.quoted[1:]:
            if block.get("parent") in known:
                known.add(block.get("id"))
                last = max(last, block, key=lambda b: (b.get("span") or {}).get("offset", 0) + (b.get("span") or {}).get("length", 0))
        return self.source_of(first, last), len(known) > 1

    def read(self, source):
        """The words of some source."""
        text = source.decode("utf-8", "replace")
        return Words(text).text if self.is_html else text

    def unquoted_source(self):
        """The source that is in no block's span."""
        left, at = b"", 0
        for span in sorted((block.get("span") or {"offset": 0, "length": 0} for block in self.quoted), key=lambda s: s["offset"]):
            left += self.source[at:span["offset"]]
            at = max(at, span["offset"] + span["length"])
        return left + self.source[at:]

    def is_all_quoted(self, wanted):
        """Whether these are all words of the body, and every one of them is in a quoted block."""
        return (self.quoted and not self.new_text.strip() and bare(self.read(self.source)) == bare(wanted)
                and not bare(self.read(self.unquoted_source())))

    def pieces(self):
        """What stands before the first block, where it is not blank; each block."""
        first = min(((block.get("span") or {}).get("offset", 0) for block in self.quoted), default=len(self.source))
        before = self.read(self.source[:first])
        return ([before] if bare(before) else []) + [self.source_of(block) for block in self.quoted]

    def replies(self):
        """new_text, and new_text less the signature."""
        yield self.new_text
        text, end = self.new_text.rstrip(), self.signature.strip()
        if end and text.endswith(end):
            yield text[:len(text) - len(end)]


class Checks(list):
    """(field, right, expected, got) of one fixture."""

    def add(self, field, right, expected, got):
        self.append((field, bool(right), expected, got))

    def same(self, field, expected, got, key=bare):
        self.add(field, key(expected) == key(got), expected or "", got or "")


def check_body(checks, reading, expected, html):
    block = reading.quoted[0]
    text, want = unquoted(block.get("text")), unquoted(expected)
    source, deeper = reading.family()
    whole = deeper and not html and unquoted(source).endswith(want) and want.startswith(text)
    checks.add("body", text == want or whole, expected, block.get("text") or "")


def check_date(checks, block, expected):
    text = bare(block.get("date_text"))
    near = expected is None or bare(expected) in text or (text and text in bare(expected))
    checks.add("date_text", text and near, expected or "a date", block.get("date_text") or "")
    checks.add("date", block.get("date"), block.get("date_text") or "a time", block.get("date") or "null")


def check_person(checks, field, got, name, address):
    checks.add(field, is_person(got, name, address), f"{name or ''} <{address or ''}>",
               f"{(got or {}).get('name') or ''} <{(got or {}).get('address') or ''}>")


def check_list(checks, field, got, expected):
    """Expected: objects, or addresses alone."""
    persons = [one if isinstance(one, dict) else {"address": one} for one in expected]
    right = len(got) == len(persons) and all(
        is_person(ours, want.get("name"), want["address"]) if "name" in want
        else (ours.get("address") or "").casefold() == want["address"].casefold() for ours, want in zip(got, persons))
    checks.add(field, right, json.dumps(persons, ensure_ascii=False), json.dumps(got, ensure_ascii=False))


def check_forward(expect, reading, checks):
    first = reading.quoted[0] if reading.quoted else None
    if not expect["forwarded"]:
        checks.add("no forward", not first or first.get("form") != "forward", "no forward",
                   (first or {}).get("form") or "")
        return
    checks.add("found", first, "a quoted message", "none" if not first else "one")
    if not first:
        return
    sender = expect["from"]
    check_person(checks, "from", first.get("from"), sender["name"], sender["address"])
    to = first.get("to") or []
    if expect.get("to0"):
        check_person(checks, "to", to[0] if to else None, expect["to0"]["name"], expect["to0"]["address"])
    if "to" in expect:
        check_list(checks, "to", to, expect["to"])
    if "to_addr" in expect:
        addresses = [expect["to_addr"]] if isinstance(expect["to_addr"], str) else expect["to_addr"] or []
        check_list(checks, "to", to, addresses)
    if "cc" in expect:
        check_list(checks, "cc", first.get("cc") or [], expect["cc"] or [])
    if expect.get("subject"):
        checks.same("subject", expect["subject"], first.get("subject") or reading.subject)
    if expect.get("date_present"):
        check_date(checks, first, None)
    if expect.get("body") is not None:
        check_body(checks, reading, expect["body"], False)
    if "message" in expect:
        checks.same("new_text", expect["message"], reading.new_text)


def check_unwrap(expect, reading, checks, html):
    expect = expect["unwrap"]
    if expect is None:
        checks.add("no quote", not reading.quoted, "no quoted message", f"{len(reading.quoted)}")
        return
    checks.add("found", reading.quoted, "a quoted message", "none" if not reading.quoted else "one")
    if not reading.quoted:
        return
    first = reading.quoted[0]
    if "from" in expect:
        check_person(checks, "from", first.get("from"), *person(expect["from"]))
    if "to" in expect:
        check_person(checks, "to", (first.get("to") or [None])[0], *person(expect["to"]))
    if "subject" in expect:
        checks.same("subject", expect["subject"], first.get("subject"))
    if "date" in expect:
        check_date(checks, first, expect["date"])
    body = expect.get("html_nows" if html else "text")
    if body is not None:
        check_body(checks, reading, body, html)
    kind = "html_{}_nows" if html else "text_{}"
    checks.same("new_text", expect.get(kind.format("top"), "") + expect.get(kind.format("bottom"), ""), reading.new_text)


def check_reply(expect, reading, checks):
    wanted = expect.get("reply", expect.get("reply_text_nows"))
    if wanted is not None:
        right = any(bare(text) == bare(wanted) for text in reading.replies()) or reading.is_all_quoted(wanted)
        checks.add("reply", right, wanted, reading.new_text)
    must, must_not = expect.get("must_match", []), expect.get("must_not", [])
    if must or must_not:
        right = any(all(re.search(one, text) for one in must) and not any(re.search(one, text) for one in must_not)
                    for text in reading.replies())
        checks.add("reply", right, f"{must} and not {must_not}", reading.new_text)
    if expect.get("elided"):
        place = unquoted("".join(reading.source_of(block) for block in reading.quoted) + reading.signature)
        lost = [line for line in expect["elided"].splitlines() if unquoted(line) not in place]
        checks.add("(elided)", not lost, "\n".join(lost), reading.new_text)


def check_segments(expect, reading, checks):
    segments = reading.pieces()
    checks.add("count", len(segments) == expect["n_replies"], str(expect["n_replies"]), str(len(segments)))
    for number, parts in expect.get("contains", {}).items():
        segment = segments[int(number)] if int(number) < len(segments) else ""
        for part in parts:
            checks.add("contains", without_rulers(part) in without_rulers(segment), f"[{number}] {part}", segment)


def checks_of(entry, reading):
    checks, kind, expect = Checks(), entry["kind"], entry["expect"]
    if kind == "forward":
        check_forward(expect, reading, checks)
    elif kind.startswith("unwrap"):
        check_unwrap(expect, reading, checks, kind.endswith("html"))
    elif kind == "segments":
        check_segments(expect, reading, checks)
    else:
        check_reply(expect, reading, checks)
    return checks


def readings(program, entries, corpus):
    """Each entry with what the program says, from one run."""
    with tempfile.TemporaryDirectory(prefix="quotes-") as folder:
        paths, sources = [], []
        for number, entry in enumerate(entries):
            raw, source = wrapped(number, entry, corpus)
            paths.append(pathlib.Path(folder) / f"{number:04}.eml")
            paths[-1].write_bytes(raw)
            sources.append(source)
        done = subprocess.run([*program, "explain", "--format", "jsonl", *map(str, paths)], capture_output=True, check=False)
    messages = [json.loads(line) for line in done.stdout.splitlines()]
    if len(messages) != len(entries):
        sys.exit(f"{shlex.join(program)}: {len(messages)} messages for {len(entries)}, exit status {done.returncode}: "
                 f"{done.stderr.decode(errors='replace')[:500]}")
    return [Reading(message, source, entry["kind"].endswith("html")) for message, source, entry in zip(messages, sources, entries)]


def short(text, whole):
    if whole:
        return text
    text = " ".join(str(text).split())
    return text if len(text) <= 110 else f"{text[:80]} ... {text[-25:]}"


def print_table(scores):
    print(f"{'kind':<12} {'set':<24} {'right':>5} {'of':>4}  peer")
    together = [0, 0]
    for (kind, name), marks in sorted(scores.items()):
        print(f"{kind:<12} {name:<24} {sum(marks):>5} {len(marks):>4}  {PEERS.get(name, '')}")
        if name in TOGETHER:
            together[0] += sum(marks)
            together[1] += len(marks)
    if together[1]:
        print(f"{'reply-text':<12} {'+'.join(TOGETHER):<24} {together[0]:>5} {together[1]:>4}  {PEERS['+'.join(TOGETHER)]}")


def print_fields(fields):
    print()
    for (name, field), marks in sorted(fields.items()):
        print(f"  {name:<24} {field:<12} {sum(marks):>5} {len(marks):>4}")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--program", help="command that has the explain interface")
    arguments.add_argument("--corpus", type=pathlib.Path, default=ROOT.parent / "shared/corpus/quotes")
    arguments.add_argument("--set", action="append", help="only that set (may be repeated)")
    arguments.add_argument("--only", help="only fixtures whose id contains this")
    arguments.add_argument("--fields", action="store_true", help="the score of each field too")
    arguments.add_argument("--no-misses", action="store_true", help="the table alone")
    arguments.add_argument("--whole", action="store_true", help="values in full")
    options = arguments.parse_args()
    built = next((path for path in PROGRAMS if path.exists()), PROGRAMS[0])
    program = shlex.split(options.program) if options.program else [str(built)]
    entries = [json.loads(line) for line in (options.corpus / "manifest.jsonl").read_text().splitlines()]
    entries = [entry for entry in entries if (not options.set or entry["set"] in options.set) and (options.only or "") in entry["id"]]

    scores, fields, misses = collections.defaultdict(list), collections.defaultdict(list), []
    for entry, reading in zip(entries, readings(program, entries, options.corpus)):
        checks = checks_of(entry, reading)
        scores[entry["kind"], entry["set"]].append(all(right for field, right, *_ in checks if not field.startswith("(")))
        for field, right, expected, got in checks:
            fields[entry["set"], field].append(right)
            if not right and not (field.startswith("(") and not options.fields):
                misses.append((entry["id"], field, expected, got))
    print_table(scores)
    if options.fields:
        print_fields(fields)
    if misses and not options.no_misses:
        print()
        for name, field, expected, got in misses:
            print(f"{name} {field}\n  expected {short(expected, options.whole)}\n  got      {short(got, options.whole)}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        sys.exit(0)
