#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""log_counts.py PROGRAM FOLDER: every file of ../shared/corpus/logs read, counts by kind equal to a count of Python's own.

JSON and JSONL of Microsoft 365 are scanned as they are (`--events all`) and compared by operation. The Postfix files hold the text of
one line each (`data:`) behind the program's name: they are written as one mail log, and compared by what happened to the mail.
"""
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile


def rows_of(program, path):
    done = subprocess.run([program, "scan", "--format", "jsonl", "--quiet", "--events", "all", "--jobs", "2", str(path)], capture_output=True, timeout=300, check=False)
    if done.returncode != 0:
        sys.exit(f"{path}: exit {done.returncode}: {done.stderr.decode(errors='replace')}")
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def log_rows(rows):
    return [row for row in rows if row["kind"] == "log"]


def same(what, expected, found):
    if expected != found:
        sys.exit(f"{what}: counted {dict(expected)}, threadline says {dict(found)}")
    print(f"{what}: {sum(expected.values())} records, {dict(expected)}")


def check_json(program, path):
    records = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            record = json.loads(line)
            identity = record.get("Id") or record.get("OfficeId")
            records[identity] = record.get("Operation") or record.get("ActivityDisplayName")
    expected = collections.Counter(operation.strip() for operation in records.values())
    same(path.name, expected, collections.Counter(row["evidence"]["operation"].strip() for row in log_rows(rows_of(program, path))))


PROGRAMS = {"command": "smtpd", "delays": "smtp"}


def postfix_lines(folder):
    """(program, text) of each file, the text as YAML has it."""
    for path in sorted(folder.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        found = re.search(r"^data: *(.*)$", text, re.M)
        value = found.group(1).strip()
        if value.startswith('"'):
            value = json.loads(value)
        elif value.startswith("'"):
            value = value[1:-1].replace("''", "'")
        name = path.name.split("_")[0]
        yield PROGRAMS.get(name, name), value


def one_line(text):
    """As syslog daemons write a line end inside a line."""
    return text.replace("\n", "#012").replace("\r", "#015")


def act_of(program, text):
    """What a line says of a mail, by expressions of Python's own."""
    text = re.sub(r"^[0-9A-Za-z]{6,20}: ", "", text)
    if re.match(r"(milter-)?(reject|discard): ", text):
        return "mail_rejected"
    if re.match(r"(milter-)?hold: ", text):
        return "mail_held"
    if program in ("smtpd", "submission", "smtps"):
        if "authentication failed" in text and "SASL " in text:
            return "login_failed"
        return "mail_accepted" if text.startswith("client=") else "other"
    if program == "cleanup":
        return "mail_accepted" if text.startswith("message-id=") else "other"
    status = re.search(r"status=(sent|bounced|expired|deferred|SOFTBOUNCE)\b", text)
    kinds = {"sent": "mail_delivered", "bounced": "mail_bounced", "expired": "mail_bounced", "deferred": "mail_deferred", "SOFTBOUNCE": "mail_deferred"}
    return kinds[status.group(1)] if status else "other"


def check_postfix(program, folder):
    lines = list(postfix_lines(folder))
    expected = collections.Counter(act_of(*line) for line in lines)
    with tempfile.TemporaryDirectory() as temporary:
        log = pathlib.Path(temporary) / "mail.log"
        log.write_text("".join(f"2018-04-05T11:45:00+02:00 mx1 postfix/{name}[101]: {one_line(text)}\n" for name, text in lines), encoding="utf-8")
        rows = rows_of(program, log)
    same("postfix", expected, collections.Counter(row["evidence"]["act"] for row in log_rows(rows)))
    if any(row.get("code") == "evidence_malformed" for row in rows):
        sys.exit("postfix: a line could not be read")


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    if not folder.is_dir():
        print(f"{folder}: not there, skipped")
        return
    for path in sorted((folder / "m365").iterdir()):
        check_json(program, path)
    check_postfix(program, folder / "postfix")


if __name__ == "__main__":
    main()
