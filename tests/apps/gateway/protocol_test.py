#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Edges of the milter protocol by Debian's miltertest: protocol_test.py PROGRAM. Exit status 77: it is not installed."""
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import postfix_peer as peer  # noqa: E402

POLICY = {"version": 1, "own": {"domains": ["own.example"]}, "counterparties": [{"name": "Supplier", "domains": ["bigsupplier.example"]}]}


def main():
    if not shutil.which("miltertest"):
        print("skipped: miltertest is not installed (Debian: miltertest)")
        return 77
    base = pathlib.Path(tempfile.mkdtemp(prefix="tl-protocol-"))
    try:
        for name in ("log", "queue"):
            (base / name).mkdir()
        gateway = peer.Gateway(sys.argv[1], base, POLICY)
        gateway.start()
        script = pathlib.Path(__file__).parent / "protocol.lua"
        done = subprocess.run(["miltertest", "-D", f"place=unix:{base}/queue/threadline/milter.sock", "-s", str(script)], check=False)
        status = gateway.stop()
        if done.returncode or status:
            print(gateway.log_file.read_text())
        return 1 if done.returncode or status else 0
    finally:
        shutil.rmtree(base, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
