#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A run that is stopped at any moment goes on as if nothing had been: killed 20 times, interrupted in each of its steps, on a full disk.

    tests/apps/batch_test.py PROGRAM kill|interrupt|full
Exit status 77: cannot be tried here (no tmpfs may be mounted).
"""
import os
import pathlib
import random
import re
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
MAKER = HERE.parent.parent / "tools" / "make_mailbox.py"
PROGRAM = sys.argv[1]
OWN = ["--own-domain", "ostrelune.example"]


def scan(*words, folder=None, **more):
    environment = {**os.environ, "LC_ALL": "C", **({"TMPDIR": str(folder)} if folder else {})}
    return subprocess.Popen([PROGRAM, "scan", "--jobs", "2", *OWN, *map(str, words)], env=environment, stdout=subprocess.DEVNULL,
                            stderr=subprocess.PIPE, text=True, **more)


def done(process):
    _, said = process.communicate(timeout=300)
    return process.returncode, said


def rows(path):
    return path.read_bytes()


def left_over(folder):
    """Files that a run should not leave behind."""
    return [entry.name for entry in folder.iterdir() if "unfinished" in entry.name or entry.name.startswith("threadline-")]


def kill(work, box):
    began = time.monotonic()
    status, said = done(scan("--memory", work / "whole.memory", "-o", work / "whole.jsonl", box))
    took = time.monotonic() - began
    assert status == 0, said
    expected = rows(work / "whole.jsonl")
    rng = random.Random(12)
    resumed = 0
    for round_ in range(20):
        store, out = work / f"{round_}.memory", work / f"{round_}.jsonl"
        process = scan("--memory", store, "-o", out, box)
        time.sleep(took * rng.random() * 0.98)
        process.kill()
        process.wait()
        assert not out.exists() or rows(out) == expected, "half a file of rows was left"
        status, said = done(scan("--memory", store, "-o", out, box))
        assert status == 0, said
        resumed += "resumes" in said
        assert rows(out) == expected, f"round {round_}: other rows than those of an undisturbed run"
        assert not (work / f"{round_}.memory.unfinished").exists()
    assert resumed > 5, resumed
    print(f"20 runs were killed within {took:.1f} s, {resumed} resumed what had been read")


def interrupt(work, box):
    began = time.monotonic()
    status, said = done(scan("--memory", work / "whole.memory", "-o", work / "whole.jsonl", box))
    took = time.monotonic() - began
    assert status == 0, said
    for part in (0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95):
        store, out = work / f"{part}.memory", work / f"{part}.jsonl"
        process = scan("--memory", store, "-o", out, box)
        time.sleep(took * part)
        process.send_signal(signal.SIGINT)
        status, said = done(process)
        assert status == 130 or rows(out) == rows(work / "whole.jsonl"), (status, said)
        assert status == 0 or not out.exists(), "an interrupted run wrote its file"
        status, said = done(scan("--memory", store, "-o", out, box))
        assert status == 0 and rows(out) == rows(work / "whole.jsonl"), (part, said)
        assert not left_over(work) and not re.findall(r"\.jsonl\.\w{6}$", "\n".join(map(str, work.iterdir())), re.M)
    process = scan("-o", work / "twice.jsonl", box)
    time.sleep(took * 0.3)
    process.send_signal(signal.SIGINT)
    time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    assert done(process)[0] == 130 and not (work / "twice.jsonl").exists()
    print("interrupted in each step: exit status 130, nothing half-written, and the next run ends as if nothing had been")


def mounted(folder, kilobytes):
    folder.mkdir()
    tried = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", folder], capture_output=True)
    if tried.returncode != 0:
        print("skipped: no tmpfs can be mounted here:", tried.stderr.decode().strip())
        sys.exit(77)
    return folder


def full(work, box):
    places = []
    try:
        small = mounted(work / "small", 100)
        places.append(small)
        whole = work / "whole.jsonl"
        assert done(scan("-o", whole, box))[0] == 0
        cases = {
            "output": (["-o", small / "rows.jsonl", box], {}),
            "memory": (["--memory", small / "store", "-o", work / "m.jsonl", box], {}),
            "shelf": (["--memory", small / "store", "-o", work / "m.jsonl", box], {}),
        }
        for name, (words, more) in cases.items():
            for entry in small.iterdir():
                entry.unlink()
            size = {"output": 100, "memory": 64, "shelf": 600}[name]  # of the last the store is made, and the shelf does not fit
            subprocess.run(["mount", "-o", f"remount,size={size}k", small], check=True)
            status, said = done(scan(*words, **more))
            assert status == 4, (name, status, said)
            assert str(small) in said and "space" in said.lower(), (name, said)
            assert not (small / "rows.jsonl").exists() and not list(work.glob("m.jsonl*")), name
            assert name in ("memory", "shelf") or not list(small.iterdir()), (name, list(small.iterdir()))
        subprocess.run(["mount", "-o", "remount,size=100m", small], check=True)
        status, said = done(scan("--memory", small / "store", "-o", small / "rows.jsonl", box))
        assert status == 0, said
        assert rows(small / "rows.jsonl") == rows(whole)
        print("full disk: exit status 4 with the file's name; with more space the next run ends as if nothing had been")
    finally:
        for place in places:
            subprocess.run(["umount", place], check=False)


def main():
    what = {"kill": (kill, 1_500), "interrupt": (interrupt, 1_500), "full": (full, 400)}[sys.argv[2]]
    with tempfile.TemporaryDirectory(prefix="threadline_batch_") as folder:
        work = pathlib.Path(folder)
        box = work / "box.mbox"
        subprocess.run([sys.executable, MAKER, "--messages", str(what[1]), "--seed", "3", box], check=True, stdout=subprocess.DEVNULL)
        what[0](work, box)


main()
