# SPDX-License-Identifier: Apache-2.0
"""What tools/bench and tools/bench_exports share: the release build, one run's seconds and memory, a mail of a size."""
import collections
import os
import pathlib
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "release"


def build():
    quiet = {"stdout": subprocess.DEVNULL, "cwd": ROOT, "check": True}
    subprocess.run(["cmake", "--preset", "release", "-DTHREADLINE_TESTS=ON"], **quiet)
    subprocess.run(["cmake", "--build", str(BUILD), "--target", "threadline", "bare_gmime_loop"], **quiet)


Measured = collections.namedtuple("Measured", "seconds cpu rss")  # rss in KiB


def measured(command):
    """One run: its seconds, those of processor time with all that it started, peak RSS."""
    before = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    return Measured(time.monotonic() - before, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


def run(command):
    """Seconds and peak RSS in KiB of one run."""
    one = measured(command)
    return one.seconds, one.rss


def scan(path, jobs=0):
    return [str(BUILD / "src/apps/threadline"), "scan", "--jobs", str(jobs), "--quiet", "--format", "jsonl", "--own-domain", "firm.example", str(path)]


def bare(path):
    return [str(BUILD / "tests/bench/bare_gmime_loop"), str(path)]


def mail(number, padding):
    return (f"From: A{number} <a{number}@firm{number % 50}.example>\nTo: b@firm.example\nSubject: s {number}\nMessage-ID: <{number}@firm.example>\n"
            f"Date: Thu, 05 Apr 2018 10:00:00 +0200\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhello {number}\n"
            f"--b\nContent-Type: application/octet-stream\n\n{padding}\n--b--\n")
