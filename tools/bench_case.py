#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Rows a second and peak memory of `case export` over a case of many rows, beside `wc -l` over the same journal in the same run.

bench_case.py [--rows N] [--formats xlsx,csv,jsonl] THREADLINE; needs about 3 KB a row in $TMPDIR. The journal is written here, by
docs/journal.md alone, so that verify judges a second implementation, too.
"""
import argparse
import datetime
import hashlib
import json
import os
import pathlib
import subprocess
import tempfile
import time


def entries(rows):
    yield "open", {"language": "fr", "own_domains": ["firm.example"], "title": "bench", "versions": {}, "zone": "Europe/Paris"}
    yield "import", {"evidence": [], "key": "k", "known": 0, "messages": rows // 2, "own_domains": [], "revisions": 0, "rows": rows,
                     "versions": {}}
    start = datetime.datetime(2018, 1, 1)
    for number in range(rows):
        at = start + datetime.timedelta(seconds=20 * number)
        digest = hashlib.sha256(str(number // 2).encode()).hexdigest()
        message = hashlib.sha256(b"message" + str(number // 2).encode()).hexdigest()[:32]
        is_finding = number % 2 == 1
        row = {"id": digest[:31] + "f" if is_finding else message, "kind": "finding" if is_finding else "message",
               "known_at": at.isoformat() + "Z", "message_id": f"<{digest[:20]}@firm.example>", "sha256": digest,
               "source": f"export/mailbox.mbox#{number * 5000}", "time": at.isoformat() + "+02:00", "time_basis": "border",
               "time_text": "Thu, 5 Apr 2018 10:37:00 +0200", "zone": "CEST", "zone_basis": "chosen"}
        if is_finding:
            row |= {"about": message, "code": "reply_to_mismatch", "confidence": 0.5, "severity": "low",
                    "evidence": {"because": [{"span": {"length": 0, "offset": 0, "part": "header"}, "text": "Reply-To: x@y.example"}]}}
        words = {"action": "Envoi du mail \u00e0 P. QuiDoitPayer", "actor": f"Personne {number % 5000}",
                 "comment": f"Sujet: facture {number} en retard, p\u00e9nalit\u00e9s\naucune anomalie relev\u00e9e"}
        yield "row", {"import": 2, "row": row, "words": {"en": words, "fr": words}}


def write_journal(path, rows):
    prev = "0" * 64
    with open(path, "wb") as out:
        for seq, (kind, body) in enumerate(entries(rows), 1):
            entry = {"at": "2018-04-05T12:35:00Z", "body": body, "by": "bench", "prev": prev, "seq": seq, "type": kind, "v": 1}
            line = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
            out.write(line + b"\n")
            prev = hashlib.sha256(b"threadline journal 1 line\n" + line).hexdigest()


def measured(command):
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{command}: status {status}")
    return time.monotonic() - begun, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--formats", default="xlsx,csv,jsonl")
    parser.add_argument("program")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        case = pathlib.Path(name)
        write_journal(case / "journal.jsonl", options.rows)
        size = (case / "journal.jsonl").stat().st_size / 1e6
        reference, _ = measured(["wc", "-l", case / "journal.jsonl"])
        print(f"{options.rows} rows, journal {size:.0f} MB; wc -l {reference:.2f} s")
        for verb in ["verify", *options.formats.split(",")]:
            command = [options.program, "case", "verify", case]
            if verb != "verify":
                command = [options.program, "case", "export", case, "--format", verb, "-o", case / f"out.{verb}"]
            seconds, peak = measured(command)
            print(f"{verb}: {seconds:.1f} s, {options.rows / seconds:.0f} rows/s, peak {peak:.0f} MB, {seconds / max(reference, 0.01):.0f} x wc -l")


if __name__ == "__main__":
    main()
