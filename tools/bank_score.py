#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scores a program's reading of bank accounts on the shared vectors and presentations, and lists each miss.

tools/bank_score.py                                            build/release's threadline, else build/dev's
tools/bank_score.py --program "build/dev/src/apps/threadline"  that one: any command that takes `explain --format jsonl PATH...`
tools/bank_score.py --only P0                                  presentations and vectors whose id or text contains this

Needs ../shared (or --data). Exit status 0 whatever the score; 2 where the program fails.

Every row becomes a plain text message of its own; all are read by one run. What is compared:
- vectors_iban.tsv: the text behind the label "IBAN : ". explain has one verdict, `valid`; the file's columns are mod 97, length,
  structure and national check, so it must say valid exactly where all four hold (a national check that is None holds). A row that
  is not valid may be told with `valid` false or not at all; the verdict is on the whole text, so an account that is only the begin
  of one ("... ALL CAPS") does not count.
- vectors_rib_bic_aba.tsv: a RIB behind "RIB : " is valid where an account with its IBAN is told as valid; a BIC behind "BIC : "
  where a "bic" is told (format-valid-but-word, a dictionary word in the form of a BIC, is asked in a sentence without a label,
  where nothing may be told); an ABA number with an account behind it where a "us" is told as valid.
  Rows with the verdict "see note" are not counted.
- presentations.jsonl: the set of valid accounts that are not masked is the expected one. RIB: and BE-BBAN: stand as their IBAN.
  The last line counts the negatives in which an account is told.
"""
import argparse
import collections
import csv
import json
import pathlib
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAMS = [ROOT / "build" / preset / "src/apps/threadline" for preset in ("release", "dev")]
Case = collections.namedtuple("Case", "table name text expected kind")


def compact(text):
    return "".join(c for c in text.upper() if c.isalnum())


def iban_of(country, bban):
    """The IBAN of a national number (ISO 13616)."""
    number = int("".join(str(int(c, 36)) for c in bban + country + "00"))
    return f"{country}{98 - number % 97:02}{bban}"


def table(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def iban_cases(data):
    for row in table(data / "vectors_iban.tsv"):
        holds = all(row[column] == "True" for column in ("computed_mod97", "computed_length", "computed_structure"))
        valid = holds and row["national_check"] != "False"
        yield Case("vectors_iban", row["text"], f"IBAN : {row['text']}", {compact(row["text"])} if valid else set(), "iban")


def domestic_cases(data):
    for row in table(data / "vectors_rib_bic_aba.tsv"):
        kind, text, verdict = row["kind"], row["text"], row["expected"]
        valid = verdict == "valid"
        if verdict == "see note":
            continue
        if kind == "RIB":
            yield Case("vectors_rib", text, f"RIB : {text}", {iban_of("FR", text)} if valid else set(), "iban")
        elif kind == "ABA":
            account = "000123456789"
            yield Case("vectors_aba", text, f"ABA routing number: {text}\nAccount number: {account}", {text + account} if valid else set(), "us")
        elif verdict == "format-valid-but-word":
            yield Case("vectors_bic", text, f"Merci pour le {text} de ce jour.", set(), "bic")
        else:
            yield Case("vectors_bic", text, f"BIC : {text}", {compact(text)} if valid else set(), "bic")


def expected_value(text):
    kind, _, number = text.rpartition(":")
    number = compact(number)
    return iban_of({"RIB": "FR", "BE-BBAN": "BE"}[kind], number) if kind in ("RIB", "BE-BBAN") else number


def presentation_cases(data):
    for line in (data / "presentations.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        name = f"{row['id']} {row['cls']}"
        yield Case("presentations", name, row["text"], {expected_value(text) for text in row["expected"]}, None)


def wrapped(number, case):
    head = ("From: Carrier <carrier@threadline.example>\nTo: Reader <reader@threadline.example>\n"
            f"Date: Mon, 06 May 2024 10:00:00 +0000\nMessage-ID: <{number}@threadline.example>\nSubject: fixture {number}\n"
            "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n")
    return (head + case.text + "\n").encode()


def accounts_of(message, kind):
    told = message.get("accounts") or []
    return {each.get("value") for each in told
            if each.get("valid") and not each.get("masked") and (each.get("kind") == kind if kind else each.get("kind") != "bic")}


def readings(program, cases):
    """The message that the program told for each case, from one run."""
    with tempfile.TemporaryDirectory(prefix="bank-") as folder:
        paths = []
        for number, case in enumerate(cases):
            paths.append(pathlib.Path(folder) / f"{number:04}.eml")
            paths[-1].write_bytes(wrapped(number, case))
        done = subprocess.run([*program, "explain", "--format", "jsonl", *map(str, paths)], capture_output=True, check=False)
    messages = [json.loads(line) for line in done.stdout.splitlines()]
    if len(messages) != len(cases):
        print(f"{shlex.join(program)}: {len(messages)} messages for {len(cases)}, exit status {done.returncode}: "
              f"{done.stderr.decode(errors='replace')[:500]}", file=sys.stderr)
        sys.exit(2)
    return messages


def print_scores(scores, alarms, negatives):
    print(f"{'table':<16} {'right':>5} {'of':>4}")
    for name, marks in scores.items():
        print(f"{name:<16} {sum(marks):>5} {len(marks):>4}  {100 * sum(marks) / len(marks):.1f} %")
    print(f"false alarms on the presentations' negatives: {alarms} of {negatives}")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--program", help="command that has the explain interface")
    arguments.add_argument("--data", type=pathlib.Path, default=ROOT.parent / "shared/data/bank")
    arguments.add_argument("--only", default="", help="only rows whose id or text contains this")
    arguments.add_argument("--no-misses", action="store_true", help="the table alone")
    options = arguments.parse_args()
    built = next((path for path in PROGRAMS if path.exists()), PROGRAMS[0])
    program = shlex.split(options.program) if options.program else [str(built)]
    cases = [case for read in (iban_cases, domestic_cases, presentation_cases) for case in read(options.data) if options.only in case.name]

    scores, misses, alarms, negatives = collections.defaultdict(list), [], 0, 0
    for case, message in zip(cases, readings(program, cases)):
        got = accounts_of(message, case.kind)
        if case.table == "vectors_iban":
            got &= {compact(case.name)}
        scores[case.table].append(got == case.expected)
        if case.table == "presentations" and not case.expected:
            negatives += 1
            alarms += bool(got)
        if got != case.expected:
            misses.append((case, got))
    print_scores(scores, alarms, negatives)
    for case, got in [] if options.no_misses else misses:
        print(f"{case.table} {case.name}\n  expected {' '.join(sorted(case.expected)) or 'none'}\n  got      {' '.join(sorted(got)) or 'none'}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        sys.exit(0)
