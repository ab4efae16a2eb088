#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scores `threadline explain` on .msg files against what independent readers agree on.

tools/msg_truth.py [--program build/release/src/apps/threadline] [--set ../shared/corpus/msg]

The set's truth.jsonl holds for each file what an arbiter reads and, for each of 11 fields, which readers confirm it. A cell counts
where two or more do. Prints right/of for each field, the share of files with all counted fields right, and every difference with its
reason (REASONS below). Exits 1 where a difference has no reason.

How values are compared:
- text: Unicode NFC, runs of white space are one space, ends trimmed, NULs at the end dropped;
- addresses: lower case, lists as sets; an X.500 name ("/o=...") or a word without "@" ("Unknown") is no address: absent on both sides;
- from_name, from_addr: the arbiter gives the MAPI sender (0C1A; 5D01, else 0C1F), ours is `sender`; where the arbiter has none, or an
  X.500 name alone, ours may be what stands in for it: the represented sender (its `repr_addr`) or the header's From;
- date: the submit time, else the delivery time, to the second (MAPI keeps 100 ns, headers seconds);
- names, sizes: in any order; an embedded message has no size of its own, and is named by its subject where it has no name;
- body: white space apart, what the arbiter gives (its first 200 characters) begins with our new text and goes on with quoted blocks
  (explain shows a body in these pieces); the arbiter reads PR_BODY alone;
- hdr: whether there are transport headers, and how many Received fields.
"""
import argparse
import collections
import datetime
import json
import pathlib
import re
import subprocess
import sys
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
FIELDS = ("subject", "from_name", "from_addr", "to", "cc", "date", "natt", "names", "sizes", "body", "hdr")
# (file, field) -> why ours differs and stays as it is.
SIGNED = "multipart/signed is opened: its parts are attachments too"
RTF_ONLY = "PR_BODY is empty; the text stands in the RTF body, which the arbiter does not read"
HTML_ONLY = "PR_BODY is empty; the text stands in the HTML or RTF body, which the arbiter does not read"
REPLY_BELOW = "the reply stands below the quote: new_text is what the sender wrote, the arbiter gives the body from its top"
REASONS = {
    ("kenji-msgreader--newOutlook_Microsoft_Outlook_test.msg", "body"): HTML_ONLY,
    ("poi--HTMLBodyBinary_UTF-8.msg", "body"): HTML_ONLY,
    ("MsgViewer--24cbb7_test.msg", "body"): HTML_ONLY,
    ("MsgViewer--Re_Foxgui-users_FOX_DEVELOPMENT_1_7_25_released_.msg", "body"): REPLY_BELOW,
    **{("poi--logsat.com_signatures_valid.msg", field): SIGNED for field in ("natt", "names", "sizes")},
    **{("bbottema-omp--S_MIME_test_message_signed.msg", field): SIGNED for field in ("natt", "names", "sizes")},
    ("aspose-net--MsgHeaders.msg", "body"): RTF_ONLY,
    ("aspose-net--outputAttachments.msg", "body"): RTF_ONLY,
    ("aspose-net--outputAttachmentRemoved.msg", "body"): RTF_ONLY,
}


def text(value):
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", (value or "").rstrip("\0"))).strip()


def letters(value):
    return re.sub(r"[\s\u200b\ufeff\0]+", "", unicodedata.normalize("NFC", value or ""))


def address(value):
    value = (value or "").strip().strip("'").lower()
    written = re.fullmatch(r"[^<>]*<([^<>@]+@[^<>]+)>", value)
    value = written[1] if written else value
    return value if "@" in value and not value.startswith("/o=") else ""


def addresses(values):
    return sorted({address(value) for value in values} - {""})


def instant(value):
    if not value:
        return None
    return datetime.datetime.fromisoformat(value.replace("Z", "+00:00")).astimezone(datetime.timezone.utc).replace(microsecond=0)


def expected(truth):
    attachments = truth["attachments"]
    return {
        "subject": text(truth["subject"]),
        "from_name": text(truth["from_name"]),
        "from_addr": address(truth["from_addr"]),
        "to": addresses(truth["to"]),
        "cc": addresses(truth["cc"]),
        "date": instant(truth["submit"] or truth["delivery"]),
        "natt": truth["n_attachments"],
        "names": sorted(text(a["name"] or a["embedded_subject"]) for a in attachments),
        "sizes": sorted(a["size"] for a in attachments if a["size"] is not None),
        "body": letters(truth["body200"]),
        "hdr": (truth["has_headers"], truth["received"]),
    }


def sender_of(ours):
    for person in (ours["sender"], (ours["from"] or [None])[0], ours["sent_representing"]):
        if person and (person.get("name") or person.get("address")):
            return person
    return {}


def stands_in(ours, truth):
    """Whether our sender is the represented one or the header's From, where the arbiter has no sender, or no address of one."""
    if address(truth["from_addr"]):
        return False
    got = address(sender_of(ours).get("address"))
    header = " ".join(field["value"] for field in ours["headers"] if field["name"].lower() in ("from", "sender"))
    return got in (address(truth["repr_addr"]), "") or got in header.lower()


def found(ours, truth):
    attachments = ours["attachments"]
    methods = [a["method"] for a in truth["attachments"]]
    sender = sender_of(ours)
    sizes = [a["size"] for a in attachments]
    if len(methods) == len(attachments):  # same order: leave out what the arbiter gives no size
        sizes = [size for size, known in zip(sizes, truth["attachments"]) if known["size"] is not None]
    received = sum(field["name"].lower() == "received" for field in ours["headers"])
    return {
        "subject": text(ours["subject"]),
        "from_name": text(sender.get("name")),
        "from_addr": address(sender.get("address")),
        "to": addresses(p["address"] for p in ours["to"]),
        "cc": addresses(p["address"] for p in ours["cc"]),
        "date": instant(ours["dates"]["submit"] or ours["dates"]["delivery"]),
        "natt": len(attachments),
        "names": sorted(text(a["name"]) for a in attachments),
        "sizes": sorted(sizes),
        "body": body_of(ours),
        "hdr": (bool(ours["headers"]), received),
    }


def body_of(ours):
    return letters(ours["conversation"]["new_text"]), [letters(block["text"]) for block in ours["conversation"]["quoted"]]


def is_same(field, wanted, got):
    if field != "body":
        return wanted == got
    new, quoted = got
    if new.startswith(wanted) or not wanted:
        return bool(wanted) or not new
    if not wanted.startswith(new):
        return False
    rest = wanted[len(new):]
    return bool(quoted) and (quoted[0][:20] in rest or rest in quoted[0] or len(rest) < 200)


def explain(program, files):
    """One run a file: within one run a message that stands in two files is one."""
    by_file = {}
    for file in files:
        done = subprocess.run([program, "explain", "--format", "jsonl", "--jobs", "0", str(file)], capture_output=True, text=True, check=False)
        by_file[file.name] = [json.loads(line) for line in done.stdout.splitlines()]
    return by_file


def score(truths, messages):
    right = collections.Counter()
    of = collections.Counter()
    differences = []
    whole = 0
    for truth in truths:
        name = pathlib.Path(truth["file"]).name
        ours = next(iter(messages.get(name, [])), None)
        wanted = expected(truth)
        got = found(ours, truth) if ours else dict.fromkeys(FIELDS)
        all_right = True
        for field in FIELDS:
            if len(truth["confirmed_by"].get(field, ())) < 2:
                continue
            of[field] += 1
            stand_in = ours and not wanted[field] and field in ("from_name", "from_addr") and stands_in(ours, truth)
            if ours and (stand_in or is_same(field, wanted[field], got[field])):
                right[field] += 1
            else:
                all_right = False
                differences.append((name, field, wanted[field], got[field] if ours else "not read"))
        whole += all_right
    return right, of, whole, differences


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--program", type=pathlib.Path, default=ROOT / "build/release/src/apps/threadline")
    arguments.add_argument("--set", type=pathlib.Path, default=ROOT.parent / "shared/corpus/msg")
    asked = arguments.parse_args()
    if not (asked.set / "truth.jsonl").exists():
        print(f"skipped: no {asked.set / 'truth.jsonl'}")
        return 0
    if not asked.program.exists():
        sys.exit(f"no program {asked.program}: build it, or name it with --program")
    truths = [json.loads(line) for line in (asked.set / "truth.jsonl").read_text().splitlines()]
    messages = explain(asked.program, [asked.set / truth["file"] for truth in truths])
    right, of, whole, differences = score(truths, messages)
    for field in FIELDS:
        print(f"{field:10} {right[field]:4} / {of[field]:4}  {right[field] / max(1, of[field]):7.2%}")
    cells = sum(right.values())
    print(f"{'cells':10} {cells:4} / {sum(of.values()):4}  {cells / sum(of.values()):7.2%}")
    print(f"{'files':10} {whole:4} / {len(truths):4}  {whole / len(truths):7.2%}  (all counted fields right)")
    unexplained = 0
    for name, field, wanted, got in differences:
        reason = REASONS.get((name, field), "")
        unexplained += not reason
        print(f"{name}\t{field}\texpected {str(wanted)[:160]!r}\tgot {str(got)[:160]!r}\t{reason or 'NO REASON YET'}")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
