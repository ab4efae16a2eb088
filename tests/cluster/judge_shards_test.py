#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""judge_shards_test.py PROGRAM: threadline judge --shard, run by tests/postgresql/throw_away.

The outputs of 1, 3 and 8 shards, in any order, two at once, one killed at work and run again, joined by tools/cluster/join: the rows
of scan, byte for byte. Of a generated mailbox with planted frauds, messages that quote others, copies, files that cannot be read
and logs; and of ../shared/corpus where it is. Exit status 77: PostgreSQL is not installed.
"""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "mail"
JOIN = ROOT / "tools" / "cluster" / "join"
MAILS = 2600  # their facts go to a file, as those of a large run; with planted frauds
OWN = ["--own-domain", "ostrelune.example"]


def quoting(number, quoted):
    """A message that quotes some that are nowhere else, as others do."""
    lines = "".join(f"\nOn Thu, 5 Apr 2018 at {8 + one % 10:02}:{one % 60:02}, Marc <marc@payer.example> wrote:\n> Hello,\n> order {one} is ready\n"
                    for one in quoted)
    return (f"From: Claire <claire@supplier.example>\nTo: marc@ostrelune.example\nSubject: Re: order\nDate: Fri, 6 Apr 2018 {number % 24:02}:00:00 +0200\n"
            f"Message-ID: <quoting{number}@mail.example>\n\nThank you\n{lines}")


def write_evidence(folder):
    folder.mkdir()
    subprocess.run([sys.executable, ROOT / "tools" / "make_mailbox.py", "--messages", str(MAILS), "--seed", "5", folder / "box.mbox"],
                   check=True, capture_output=True)
    (folder / "box.mbox.truth.jsonl").unlink()
    for number in range(40):
        (folder / f"quoting{number}.eml").write_text(quoting(number, [number // 2, number // 3 + 20][: 1 + number % 2]))
        (folder / f"empty{number % 12}.eml").write_text("")
    shutil.copy(folder / "quoting1.eml", folder / "copy.eml")
    shutil.copy(folder / "quoting1.eml", os.fsencode(folder) + b"/\xff copy.eml")
    for name in (b"\xf0\x9f\x98\x80 lost.eml", b"\xfe lost.eml", b"\xc3\xa9 lost.eml"):
        pathlib.Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text("")
    (folder / "audit.jsonl").write_text("".join(
        json.dumps({"CreationTime": f"2018-04-06T09:{number % 60:02}:02", "Id": f"r{number // 2}", "Operation": "New-InboxRule",
                    "UserId": "marc@ostrelune.example", "ClientIP": f"203.0.113.{number % 7}",
                    "Parameters": [{"Name": "Name", "Value": "."}, {"Name": "DeleteMessage", "Value": "True"}]}) + "\n"
        for number in range(30)))
    (folder / "mail.log").write_text("".join(
        f"2018-04-06T09:00:{number:02}Z mx1 postfix/cleanup[1]: ABCDEF{number:02}: message-id=<quoting{number}@mail.example>\n"
        f"2018-04-06T09:00:{number:02}Z mx1 postfix/smtp[1]: ABCDEF{number:02}: to=<marc@ostrelune.example>, relay=x[192.0.2.9]:25, "
        "delay=1, dsn=2.0.0, status=sent (ok)\n" for number in range(20)))


class Run:
    def __init__(self, program, store, folder):
        self.program, self.store, self.folder = program, store, folder
        self.output = folder / "together.jsonl"

    def threadline(self, *words, status=(0, 3)):
        done = subprocess.run([self.program, *map(str, words)], check=False, text=True, capture_output=True)
        assert done.returncode in status, f"{words}: {done.returncode} {done.stderr}"
        return done

    def judge(self, number, of, *options):
        return [self.program, "judge", "--quiet", "--memory", self.store, "--shard", f"{number}/{of}", *OWN, *options]

    def part(self, number, of):
        return pathlib.Path(f"{self.output}.{number}-of-{of}")

    def start(self, number, of, *options):
        return subprocess.Popen(self.judge(number, of, "-o", str(self.part(number, of)), *options))

    def joined(self, of, status=0):
        done = subprocess.run([JOIN, self.output, str(of)], check=False, text=True, capture_output=True)
        assert done.returncode == status, done.stderr
        return self.output.read_bytes() if status == 0 else done.stderr


def kill_at_work(started):
    """Kills it while it reads facts or judges: all of it takes longer."""
    time.sleep(0.1)
    started.send_signal(signal.SIGKILL)
    return started.wait() == -signal.SIGKILL


def check_shards(run, expected, of, is_long):
    numbers = list(range(of, 0, -1))
    if is_long:
        killed = run.start(numbers[0], of)
        assert kill_at_work(killed), "the shard was not there to be killed"
        assert not run.part(numbers[0], of).exists(), "a shard that was killed left an output"
        assert "not there" in run.joined(of, status=2)
    while numbers:
        both = [run.start(number, of, "--jobs", str(1 + number % 2)) for number in (numbers.pop(0), *numbers[:1])]
        del numbers[:1]
        assert {one.wait() for one in both} <= {0, 3}
    parts = [run.part(number, of).read_bytes() for number in range(1, of + 1)]
    assert sum(part.count(b"\n") for part in parts) == expected.count(b"\n")
    for part in parts:
        rows = [json.loads(line) for line in part.splitlines()]
        ids = {row["id"] for row in rows}
        assert [row["row"] for row in rows] == list(range(1, len(rows) + 1)), "numbers are those of the output"
        assert all(row.get("about") in ids for row in rows if row["kind"] in ("finding", "hop")), "a finding lies beside what it is about"
    assert run.joined(of) == expected, f"rows of {of} shards"
    assert run.start(of, of).wait() in (0, 3) and run.part(of, of).read_bytes() == parts[-1], "the same again"


def check_evidence(run, evidence, is_long, hops):
    options = ["--events", "hops"] if hops else []
    scan = ["scan", "--quiet", "--jobs", "2", *OWN, *options]
    alone = run.folder / "alone.jsonl"
    run.threadline(*scan, "--format", "jsonl", "-o", alone, evidence)
    expected = alone.read_bytes()
    for number in (1, 2):
        run.threadline("extract", "--quiet", "--jobs", "1", "--shard", f"{number}/2", "--memory", run.store, evidence)
    judge, run.judge = run.judge, lambda number, of, *more: judge(number, of, *options, *more)
    for of in (1, 3, 8):
        check_shards(run, expected, of, is_long)
    run.judge = judge
    kinds = sorted({json.loads(line)["kind"] for line in expected.splitlines()})
    return f"{expected.count(10)} rows ({', '.join(kinds)}) in 1, 3 and 8 shards"


def check_join(run):
    """What is no output of a shard, or is given twice, is told; the file of the last join stays as it was."""
    before = run.output.read_bytes()
    for content, why in ((run.part(1, 8).read_bytes(), "is in two shards"), (b"Date,Time\n", "no row"),
                         (b"".join(reversed(run.part(2, 8).read_bytes().splitlines(keepends=True))), "not in order")):
        kept = run.part(2, 8).read_bytes()
        run.part(2, 8).write_bytes(content)
        assert why in run.joined(8, status=2), why
        assert run.output.read_bytes() == before and not list(run.folder.glob(run.output.name + ".tmp*")), why
        run.part(2, 8).write_bytes(kept)
    assert run.joined(8) == before


def check_forms(run, evidence):
    """csv holds the rows of the shard, and --fail-on asks them alone."""
    lines, reached = [], []
    for number in range(1, 9):
        done = run.threadline(*run.judge(number, 8, "--format", "csv", "--fail-on", "critical")[1:], status=(0, 1, 3))
        rows = done.stdout.splitlines(keepends=True)
        lines += rows[1:]
        reached.append((done.returncode, any('"critical"' in line for line in run.part(number, 8).read_text().splitlines())))
    alone = run.threadline("scan", "--quiet", "--format", "csv", *OWN, evidence).stdout.splitlines(keepends=True)
    assert sorted(alone[1:]) == sorted(lines), "csv"
    assert {fails == 1 for fails, _ in reached} == {True, False}, reached
    assert all((fails == 1) == is_critical for fails, is_critical in reached), reached


def check_refusals(run, evidence):
    run.threadline("extract", "--quiet", "--shard", "1/2", "--memory", run.store, evidence)
    run.threadline(*run.judge(1, 2)[1:], status=(75,))  # a shard of extract is missing
    run.threadline("memory", "purge", "--facts", run.store)


def main():
    if "THREADLINE_TEST_POSTGRESQL" not in os.environ:
        print("skipped: run by tests/postgresql/throw_away")
        sys.exit(77)
    program, store = os.path.abspath(sys.argv[1]), os.environ["THREADLINE_TEST_POSTGRESQL"]
    folder = pathlib.Path(tempfile.mkdtemp(prefix="threadline_judge_"))
    os.environ["LC_ALL"] = "C.UTF-8"
    run = Run(program, store, folder)
    try:
        evidence = folder / "evidence"
        write_evidence(evidence)
        check_refusals(run, evidence)
        print("mailbox:", check_evidence(run, evidence, True, False))
        run.threadline("memory", "purge", "--facts", store)
        if CORPUS.exists():
            print("corpus:", check_evidence(run, CORPUS, False, True))  # too short to be killed at work
            run.threadline("memory", "purge", "--facts", store)
        else:
            print(f"not there: {CORPUS}")
        small = folder / "small"
        small.mkdir()
        shutil.copy(evidence / "box.mbox", small)
        print("small:", check_evidence(run, small, False, False))
        check_join(run)
        check_forms(run, small)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
