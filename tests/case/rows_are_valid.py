#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""rows_are_valid.py PROGRAM SCHEMA FOLDER...: scan --format jsonl over the folders; each line must be valid by the schema (python3-jsonschema,
not our code), and each file of the folders must have a row. A folder that is not there is skipped with a message."""
import json
import pathlib
import subprocess
import sys

import jsonschema


def rows_of(program, folder):
    done = subprocess.run([program, "scan", "--format", "jsonl", "--quiet", "--events", "hops", folder], capture_output=True, timeout=550, check=False)
    if done.returncode not in (0, 3):
        sys.exit(f"{folder}: exit {done.returncode}: {done.stderr.decode(errors='replace')}")
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def check(program, validator, folder):
    rows = rows_of(program, folder)
    for row in rows:
        error = jsonschema.exceptions.best_match(validator.iter_errors(row))
        if error:
            sys.exit(f"{folder}: row {row.get('row')}: {error.message} at {list(error.path)}")
    named = set()
    for row in rows:
        for source in [row["source"], *row.get("sources", [])]:
            named.add(source.split("#")[0].split("!")[0])
            named.add(source)
    files = [str(p) for p in sorted(pathlib.Path(folder).rglob("*")) if p.is_file()]
    silent = [f for f in files if f not in named and not any(n.startswith(f) for n in named)]
    if silent:
        sys.exit(f"{folder}: {len(silent)} files without a row, first {silent[0]}")
    if [row["row"] for row in rows] != list(range(1, len(rows) + 1)):
        sys.exit(f"{folder}: rows are not numbered from 1")
    print(f"{folder}: {len(rows)} rows over {len(files)} files, all valid")


def main():
    program, schema, *folders = sys.argv[1:]
    validator = jsonschema.Draft202012Validator(json.loads(pathlib.Path(schema).read_text()))
    for folder in folders:
        if pathlib.Path(folder).is_dir():
            check(program, validator, folder)
        else:
            print(f"{folder}: not there, skipped")


if __name__ == "__main__":
    main()
