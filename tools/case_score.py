#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs a program on the cases of tools/make_cases.py and counts which promises it keeps.

tools/case_score.py build/dev/src/apps/threadline DIR             a table by scene, then each miss with its reproduction
tools/case_score.py --only 0007 build/dev/src/apps/threadline DIR     cases whose id contains this
tools/case_score.py --at-least 95 PROGRAM DIR                        exit status 1 when less than 95 % of the cases are right

For each case `scan --format jsonl` (after one of the earlier mails with --memory, where the case has some) and `explain --format jsonl`.
missed: a finding or a fact that must be there and is not, or at another severity; false: a finding that must not be there.
A case is right when it has neither. Facts: accounts of the new text with the side they are presented for, the new text and who wrote
the quoted levels; `--no-facts` leaves them out. Exit status 0 whatever the score without --at-least; 2 where a program fails.
"""
import argparse
import collections
import concurrent.futures
import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

SEVERITIES = ("info", "low", "medium", "high", "critical")


def run(command, allowed=(0, 1)):
    done = subprocess.run(command, capture_output=True, check=False, timeout=300)
    if done.returncode not in allowed:
        raise RuntimeError(f"{shlex.join(map(str, command))}: status {done.returncode}: {done.stderr.decode(errors='replace')[-400:]}")
    return [json.loads(line) for line in done.stdout.decode().splitlines() if line.strip()]


def flags_of(directory, case):
    return case["flags"] + (["--policy", str(directory / case["policy"])] if case["policy"] else [])


def scan_command(program, directory, case, store=None):
    return [*program, "scan", "--jobs", "1", "--format", "jsonl", "--lang", "fr", *flags_of(directory, case), *(["--memory", store] if store else []), str(directory / case["mails"])]


def rows_of(program, directory, case):
    if not case["earlier"]:
        return run(scan_command(program, directory, case))
    with tempfile.TemporaryDirectory() as folder:
        store = folder + "/memory"
        run(scan_command(program, directory, case | {"mails": case["earlier"]}, store))
        return run(scan_command(program, directory, case, store))


def words(text):
    return " ".join(re.sub(r"[\u00a0\u202f\u2007\s|*]+", " ", text or "").split())


def holds(evidence, wanted):
    """Whether the evidence of a finding holds what is wanted: account values before and after, or the domain."""
    for key, value in wanted.items():
        found = evidence.get(key)
        if isinstance(value, list):
            if sorted({a.get("value") for a in found or []}) != sorted(set(value)):
                return False
        elif found != value:
            return False
    return True


def missed_findings(rows, case):
    findings = [row for row in rows if row.get("code")]
    for wanted in case["expect"]:
        of_code = [f for f in findings if f["code"] == wanted["code"] and (not wanted["message"] or f.get("message_id") == wanted["message"] or f["kind"] == "evidence")]
        if not any(f.get("severity") in wanted["severity"] and holds(f.get("evidence", {}), wanted["evidence"]) for f in of_code):
            got = ", ".join(f"{f.get('severity')} {said(f, wanted['evidence'])}" for f in of_code) or "nothing"
            yield f"missed {wanted['code']} {'/'.join(wanted['severity'])} {json.dumps(wanted['evidence'])}: got {got}"


def said(finding, wanted):
    evidence = finding.get("evidence", {})
    return json.dumps({key: [a.get("value") for a in evidence.get(key) or []] if isinstance(value, list) else evidence.get(key) for key, value in wanted.items()})


def false_findings(rows, case):
    for banned in case["forbid"]:
        for row in rows:
            if row.get("code") and banned["code"] in ("*", row["code"]) and (not banned["message"] or row.get("message_id") == banned["message"]):
                if SEVERITIES.index(row.get("severity", "info")) >= SEVERITIES.index(banned["severity"]):
                    yield f"false {row['code']} {row.get('severity')}: {row['comment'][:160]}"


def row_faults(rows, case):
    """Rows of messages and of messages that are quoted alone, and who the timeline says wrote."""
    for kind, count in (case["rows"] or {}).items():
        found = [row for row in rows if row["kind"] == kind]
        if len(found) != count:
            yield f"rows {kind}: wanted {count}, got {len(found)}: {[(row.get('time'), row['actor']) for row in found]}"
    for wanted in case["actors"]:
        actor = next((row["actor"] for row in rows if row["kind"] == "message" and row.get("message_id") == wanted["message"]), None)
        if not (actor or "").startswith(wanted["starts"]):
            yield f"actor: wanted {wanted['starts']!r}, got {actor!r}"


def in_ascii(address):
    """An address as it stands in a header: labels of other letters in punycode (explain shows them as people read them)."""
    local, _, domain = (address or "").partition("@")
    return local + "@" + ".".join(label if label.isascii() else "xn--" + label.encode("punycode").decode() for label in domain.split("."))


def head_faults(message, fact):
    sender = (message["from"] or [{}])[0]
    found = {"subject": message["subject"], "from": [sender.get("name"), in_ascii(sender.get("address"))], "to": [in_ascii(p["address"]) for p in message["to"]],
             "cc": [in_ascii(p["address"]) for p in message["cc"]], "attachments": [a["name"] for a in message["attachments"]]}
    for key, value in found.items():
        if value != fact[key]:
            yield f"{key}: wanted {fact[key]}, got {value}"


def account_faults(message, fact):
    for level, values in fact["accounts"].items():
        found = [a for a in message["accounts"] if a["kind"] != "bic" and str(a["level"]) == level]
        if {a["value"] for a in found} != set(values):
            yield f"accounts of level {level}: wanted {values}, got {[a['value'] for a in found]}"
        elif fact["side"] and {(a.get("presented_for") or "").rpartition(":")[2] for a in found} != {fact["side"]}:
            yield f"presented_for: wanted {fact['side']}, got {[a.get('presented_for') for a in found]}"


def quoted_faults(message, fact):
    found = [q for q in message["conversation"]["quoted"] if q["form"] != "attached"]
    if len(found) != len(fact["quoted"]):
        yield f"quoted levels: wanted {len(fact['quoted'])}, got {[(q.get('from') or {}).get('name') for q in found]}"
        return
    for number, (wanted, level) in enumerate(zip(fact["quoted"], found), 1):
        sender = level.get("from") or {}
        if level["level"] != number:
            yield f"quoted level {number} is told as level {level['level']}"
        if wanted["address"] and sender.get("address") != wanted["address"] or not wanted["address"] and sender.get("name") != wanted["name"]:
            yield f"quoted level {number}: wanted {wanted}, got {sender}"
        if (level.get("date") or "")[:16] != wanted["date"]:
            yield f"quoted level {number}: wanted date {wanted['date']}, got {level.get('date')} from {level.get('date_text')!r}"


def fact_faults(messages, case):
    by_id = {m.get("message_id"): m for m in messages}
    for fact in case["facts"]:
        if sum(m.get("message_id") == fact["message"] for m in messages) > 1:
            continue  # two copies that may differ: nobody says which one is meant
        message = by_id.get(fact["message"])
        if not message:
            yield f"no message {fact['message']}"
            continue
        yield from head_faults(message, fact)
        yield from account_faults(message, fact)
        yield from quoted_faults(message, fact)
        if fact["new_text"] is not None and words(message["conversation"]["new_text"]) != words(fact["new_text"]):
            yield f"new_text: wanted {words(fact['new_text'])!r}, got {words(message['conversation']['new_text'])!r}"


def faults_of(program, directory, case, with_facts):
    rows = rows_of(program, directory, case)
    faults = list(missed_findings(rows, case)) + sorted(set(false_findings(rows, case)))
    if with_facts:
        faults += [f"fact {fault}" for fault in row_faults(rows, case)]
        explain = [*program, "explain", "--format", "jsonl", *flags_of(directory, case), str(directory / case["mails"])]
        faults += [f"fact {fault}" for fault in fact_faults(run(explain), case)]
    return case, faults


def table(results):
    counts = collections.defaultdict(lambda: [0, 0, 0, 0, 0])
    for case, faults in results:
        kinds = {fault.split(" ")[0] for fault in faults}
        for row in (counts[case["scene"]], counts["all"]):
            for column, yes in enumerate((True, not faults, "missed" in kinds, "false" in kinds, "fact" in kinds)):
                row[column] += yes
    yield f"{'scene':24}{'cases':>7}{'right':>7}{'missed':>8}{'false':>7}{'facts':>7}"
    for scene in sorted(counts, key=lambda name: (name == "all", name)):
        yield "{:24}{:7}{:7}{:8}{:7}{:7}".format(scene, *counts[scene])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="")
    parser.add_argument("--no-facts", action="store_true")
    parser.add_argument("--at-least", type=float)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("program")
    parser.add_argument("directory", type=pathlib.Path)
    options = parser.parse_args()
    program = shlex.split(options.program)
    cases = [json.loads(line) for line in (options.directory / "cases.jsonl").open(encoding="utf-8")]
    cases = [case for case in cases if options.only in case["id"]]
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        try:
            results = list(pool.map(lambda case: faults_of(program, options.directory, case, not options.no_facts), cases))
        except RuntimeError as error:
            sys.exit(f"case_score: {error}")
    print("\n".join(table(results)))
    for case, faults in results:
        if faults:
            print(f"\n{case['id']}: {shlex.join(scan_command(program, options.directory, case))}")
            print("\n".join(f"  {fault}" for fault in faults))
    right = 100 * sum(not faults for _, faults in results) / max(1, len(results))
    if options.at_least is not None and right < options.at_least:
        sys.exit(1)


if __name__ == "__main__":
    main()
