#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Made cases of a fixed seed are judged as docs/findings.md promises, and one seed makes the same bytes twice.

made_cases.py PROGRAM TOOLS
"""
import hashlib
import pathlib
import subprocess
import sys
import tempfile

SEED, COUNT = "20261129", "20"


def made(tools, directory):
    subprocess.run([sys.executable, tools / "make_cases.py", "--seed", SEED, "--count", COUNT, directory], check=True)
    return {path.relative_to(directory): hashlib.sha256(path.read_bytes()).digest() for path in sorted(directory.rglob("*")) if path.is_file()}


def main():
    program, tools = sys.argv[1], pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        first, second = (pathlib.Path(folder) / name for name in ("first", "second"))
        if made(tools, first) != made(tools, second):
            sys.exit("two runs of one seed differ")
        sys.exit(subprocess.run([sys.executable, tools / "case_score.py", "--at-least", "100", program, first], check=False).returncode)


if __name__ == "__main__":
    main()
