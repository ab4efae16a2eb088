#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes fraud cases that nobody has seen, each with its benign twin, and the promises of docs/findings.md that follow from how they were made.

tools/make_cases.py --seed 7 --count 300 DIR     300 cases and their 300 twins under DIR (a new folder), and DIR/cases.jsonl
tools/make_cases.py --seed 7 --count 300 --only by_stranger DIR     of this scene alone

One seed gives the same bytes everywhere. tools/case_score.py runs a program on DIR and counts what it keeps. A line of cases.jsonl:
{"id", "scene", "fraud", "flags": [...], "policy": path or null, "earlier": path or null, "mails": path,
 "expect": [{"message", "code", "severity": [...], "evidence": {...}}], "forbid": [{"message" or null, "code" or "*", "severity"}],
 "facts": [{"message", "accounts": {level: [values]}, "side", "new_text", "quoted": [{"name", "address", "date"}],
   "subject", "from": [name, address], "to", "cc", "attachments"}],
 "rows": {"message", "quoted"} or null, "actors": [{"message", "starts"}]}
"""
import argparse
import collections
import json
import pathlib
import random
import sys
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from fraud_cases import mails as mail_bytes  # noqa: E402
from fraud_cases import scenes  # noqa: E402
from fraud_cases.world import World  # noqa: E402

CONTAINERS = ("folder", "folder", "nested", "mbox", "maildir", "zip")


def mbox_lines(data):
    """The lines of a message as an mbox holds them: LF, and From_ lines of the text quoted (mboxrd)."""
    for line in data.replace(b"\r\n", b"\n").split(b"\n"):
        yield b">" + line if line.lstrip(b">").startswith(b"From ") else line


def write_folder(path, items):
    for number, data in enumerate(items, 1):
        place = path / f"{number:02}.eml"
        place.write_bytes(data)


def write_nested(path, items):
    for number, data in enumerate(items, 1):
        folder = path / ("Bo\u00eete de r\u00e9ception" if number % 2 else "Sent")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:02}.eml").write_bytes(data)


def write_mbox(path, items):
    with (path / "export.mbox").open("wb") as file:
        for data in items:
            file.write(b"From - Mon Mar  2 10:00:00 2026\n" + b"\n".join(mbox_lines(data)).rstrip(b"\n") + b"\n\n")


def write_maildir(path, items):
    for folder in ("cur", "new", "tmp"):
        (path / "Maildir" / folder).mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(items, 1):
        (path / "Maildir/cur" / f"17725{number:04}.M{number}P1.host:2,S").write_bytes(data.replace(b"\r\n", b"\n"))


def write_zip(path, items):
    with zipfile.ZipFile(path / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number, data in enumerate(items, 1):
            archive.writestr(zipfile.ZipInfo(f"export/{number:02}.eml", (2026, 3, 2, 10, 0, 0)), data)


WRITERS = {"folder": write_folder, "nested": write_nested, "mbox": write_mbox, "maildir": write_maildir, "zip": write_zip}


def message_id(mail):
    return mail and mail.message_id


def quoted_levels(mail):
    """Who wrote each quoted level and when, nearest first, as far as the program that quotes says it."""
    levels = []
    while mail.parent and mail.quotes:
        parent, said = mail.parent, mail_bytes.clients.lines_of(mail_bytes.quoting_client(mail), mail.sender.language, mail_bytes.head_of(mail.parent))
        address = parent.sender.address if any(parent.sender.address in line for line in said) else None
        levels.append({"name": parent.sender.name, "address": address, "date": parent.date.strftime("%Y-%m-%dT%H:%M")})
        mail = parent
    return levels


def in_evidence(case):
    return [mail for mail in case.mails if not any(mail is skipped for skipped in case.skip)]


def facts_of(case):
    """What explain must say of the last mail: the quoted levels and the new words; and of the mails of `case.facts` their accounts."""
    sides = {id(mail): (levels, side) for mail, levels, side in case.facts}
    for mail in in_evidence(case):
        levels, side = sides.get(id(mail), ({}, None))
        text = mail_bytes.new_text(mail) if mail.place != "inline" and case.has_plain_words else None
        yield {"message": mail.message_id, "accounts": levels, "side": side, "new_text": text, "quoted": quoted_levels(mail)} | head_facts(mail)


def rows_of(case):
    """How many rows of messages the timeline has, and of messages known by a quoted copy alone; None where two copies are in evidence."""
    unseen = set()
    for mail in in_evidence(case):
        while mail.parent and mail.quotes:
            mail = mail.parent
            unseen.add(mail.message_id)
    ids = {mail.message_id for mail in in_evidence(case)}
    carries_mail = any(kind == "message/rfc822" for mail in case.mails for _, kind, _ in mail.attachments)
    return None if case.files or carries_mail else {"message": len(ids), "quoted": len(unseen - ids)}


def actors_of(case):
    """What findings.md and cli.md let the timeline say of the writer (French): a presumed attacker, or a true account in doubt."""
    codes = collections.defaultdict(set)
    for mail, code, severity, _ in case.expect:
        if mail is not None:
            codes[mail.message_id].add((code, severity))
    for mail in in_evidence(case):
        of_mail = codes[mail.message_id]
        if ("thread_hijack", ("critical",)) in of_mail:
            yield {"message": mail.message_id, "starts": "Attaquant présumé (se présente comme "}
        elif ("bank_account_changed", ("high",)) in of_mail:
            yield {"message": mail.message_id, "starts": "Compte de "}


def head_facts(mail):
    """What explain must say of the header: the names as they were before they were encoded."""
    return {"subject": mail.subject, "from": [mail.sender.name if mail.display is None else mail.display, mail.sender.address],
            "to": [p.address for p in mail.to], "cc": [p.address for p in mail.cc], "attachments": [name for name, _, _ in mail.attachments]}


def promises(case):
    return {"rows": rows_of(case), "actors": list(actors_of(case)),
            "expect": [{"message": message_id(m), "code": code, "severity": list(severity), "evidence": evidence} for m, code, severity, evidence in case.expect],
            "forbid": [{"message": message_id(m), "code": code, "severity": severity} for m, code, severity in case.forbid], "facts": list(facts_of(case))}


def policy_of(world, case):
    """The case's policy with the own side in it, or none: then the flag names it."""
    if not case.policy:
        return None
    own = case.policy.get("own", {})
    return {"version": 1} | case.policy | {"own": {"domains": [world.own]} | own}


def write_case(directory, name, world, case, container):
    folder = directory / name
    (folder / "mails").mkdir(parents=True)
    WRITERS[container](folder / "mails", [mail_bytes.raw(m) for m in case.mails if not any(m is s for s in case.skip)])
    for path, data in case.files:
        (folder / "mails" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "mails" / path).write_bytes(data)
    if case.earlier:
        (folder / "earlier").mkdir()
        write_folder(folder / "earlier", [mail_bytes.raw(m) for m in case.earlier])
    policy = policy_of(world, case)
    if policy:
        (folder / "policy.json").write_text(json.dumps(policy, ensure_ascii=False, indent=1), encoding="utf-8")
    named = policy or "--no-own-domain" in case.flags
    return {"flags": [] if named else ["--own-domain", world.own], "policy": f"{name}/policy.json" if policy else None,
            "earlier": f"{name}/earlier" if case.earlier else None, "mails": f"{name}/mails"}


def make_twins(directory, seed, number, only):
    """The two lines of one draw: the fraud and its benign twin."""
    chooser = random.Random(f"{seed}/{number}/scene")
    table = [row for row in scenes.SCENES if not only or row[0].__name__ == only]
    scene = chooser.choices([row[0] for row in table], [row[1] for row in table])[0]
    container = chooser.choice(CONTAINERS)
    for fraud in (True, False):
        world = World(random.Random(f"{seed}/{number}"), fraud)
        case = scene(world)
        name = f"{number:04}-{scene.__name__}-{'fraud' if fraud else 'twin'}"
        yield {"id": name, "scene": scene.__name__, "fraud": fraud} | write_case(directory, name, world, case, container) | promises(case)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100, help="pairs of twins")
    parser.add_argument("--only", help="one scene")
    parser.add_argument("directory", type=pathlib.Path)
    options = parser.parse_args()
    options.directory.mkdir(parents=True)
    with (options.directory / "cases.jsonl").open("w", encoding="utf-8") as lines:
        for number in range(1, options.count + 1):
            for line in make_twins(options.directory, options.seed, number, options.only):
                lines.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
