#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Ends runs of `scan --case` by SIGKILL at random moments, two at a time on one case, and checks after each pair what must hold:
the chain is whole, no row that was once in the journal is gone, and in the end one more run completes the case.

case_kill.py [--runs N] [--seed N] THREADLINE
"""
import argparse
import json
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

MAILS = 300  # of one folder of evidence: enough that rows are written for some milliseconds


def mail(number):
    quoted = "".join(f"> line {line} of {number}\n" for line in range(40))
    return (f"From: Anna <anna{number}@f1rm.example>\nTo: b@payer.example\nDate: Thu, 5 Apr 2018 10:{number % 60:02}:00 +0200\n"
            f"Message-ID: <{number}@f1rm.example>\nSubject: invoice {number}\n\nIBAN FR76 1999 8004 1200 0123 4567 850\n{quoted}")


def rows_in(journal):
    """Ids of the rows of evidence in whole lines."""
    ids = []
    for line in journal.read_bytes().split(b"\n")[:-1]:
        entry = json.loads(line)
        if entry["type"] == "row":
            ids.append(entry["body"]["row"]["id"])
    return ids


def is_whole(program, case):
    done = subprocess.run([program, "case", "verify", case], capture_output=True, check=False)
    if done.returncode != 0:
        print(done.stdout.decode())
    return done.returncode == 0


def kill_in_time(pair, moments, whole_run):
    """At any moment of a run: two at a time take twice as long as one."""
    ends = sorted((moments.uniform(0, 3), one) for one in range(2))
    begun = time.monotonic()
    for moment, one in ends:
        time.sleep(max(0.0, begun + moment * whole_run - time.monotonic()))
        pair[one].send_signal(signal.SIGKILL)


def kill_when_it_grows(pair, moments, journal):
    """While rows are written, which takes some milliseconds: at a random moment after the journal has grown."""
    for _ in range(2):
        size = journal.stat().st_size
        while journal.stat().st_size == size and any(one.poll() is None for one in pair):
            time.sleep(0.0002)
        time.sleep(moments.choice((0, 0, moments.uniform(0, 0.03))))
        running = [one for one in pair if one.poll() is None]
        if running:
            moments.choice(running).send_signal(signal.SIGKILL)
    for one in pair:
        one.send_signal(signal.SIGKILL)


def cut_imports(journal):
    """Imports that announce more rows than follow."""
    open_rows = {}
    for line in journal.read_bytes().split(b"\n")[:-1]:
        entry = json.loads(line)
        if entry["type"] == "import":
            open_rows[entry["seq"]] = entry["body"]["rows"]
        elif entry["type"] == "row":
            open_rows[entry["body"]["import"]] -= 1
    return sum(count > 0 for count in open_rows.values())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("program")
    options = parser.parse_args()
    moments = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        case, journal = folder / "case", folder / "case" / "journal.jsonl"
        evidence = folder / "evidence"
        evidence.mkdir()
        subprocess.run([options.program, "case", "init", case], check=True, capture_output=True)

        def scan(number):
            # each run brings one mbox of its own, so that there is something to write each time
            path = evidence / f"{number}.mbox"
            path.write_text("".join(f"From a@f1rm.example Thu Apr  5 10:00:00 2018\n{mail(number * MAILS + one)}\n" for one in range(MAILS)))
            return subprocess.Popen([options.program, "scan", "--quiet", "--jobs", "1", "--own-domain", "firm.example", "--case", case, path],
                                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        started = time.monotonic()
        scan(0).wait()
        whole_run = time.monotonic() - started
        seen, killed, completed, torn = set(rows_in(journal)), 0, 0, 0
        for number in range(1, options.runs, 2):
            pair = [scan(number), scan(number + 1)]
            if moments.random() < 0.5:
                kill_in_time(pair, moments, whole_run)
            else:
                kill_when_it_grows(pair, moments, journal)
            statuses = [one.wait() for one in pair]
            killed += sum(status < 0 for status in statuses)
            completed += sum(status == 0 for status in statuses)
            torn += not journal.read_bytes().endswith(b"\n")
            now = rows_in(journal)
            if len(set(now)) != len(now):
                sys.exit(f"run {number}: a row stands twice")
            if not seen <= set(now):
                sys.exit(f"run {number}: {len(seen - set(now))} accepted rows are gone")
            if not is_whole(options.program, case):
                sys.exit(f"run {number}: the chain is broken")
            seen = set(now)
        last = subprocess.run([options.program, "scan", "--quiet", "--own-domain", "firm.example", "--case", case, evidence],
                              stdout=subprocess.DEVNULL, check=False)
        rows = rows_in(journal)
        messages = {json.loads(line)["body"]["row"]["sha256"] for line in journal.read_bytes().split(b"\n")[:-1]
                    if b'"kind":"message"' in line}
        expected = MAILS * len(list(evidence.iterdir()))
        if last.returncode != 0 or len(messages) != expected or len(set(rows)) != len(rows) or not is_whole(options.program, case):
            sys.exit(f"the last run: status {last.returncode}, {len(messages)} messages of {expected}")
        print(f"{options.runs} runs two at a time: {killed} killed, {completed} completed, {torn} torn ends, {cut_imports(journal)} imports cut while writing, {len(rows)} rows, chain whole")


if __name__ == "__main__":
    main()
