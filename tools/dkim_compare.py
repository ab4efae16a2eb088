#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the DKIM body hashes of `threadline explain` with those of python3-dkim (Debian), over mails in files.

usage: tools/dkim_compare.py THREADLINE PATH...     (run with /usr/bin/python3, where Debian's module is)
python3-dkim takes every line end for CR LF: it agrees with "as is" and "bare LF restored"; readings beyond are ours alone and are
counted apart. Exit status 1: the two disagree about a signature.
"""
import base64
import collections
import hashlib
import json
import pathlib
import subprocess
import sys

import dkim
from dkim.canonicalization import CanonicalizationPolicy
from dkim.util import parse_tag_value

PLAIN = ("as is", "bare LF restored")


def theirs(raw):
    """For each signature whether its body hash matches, None where the module cannot tell."""
    answers = []
    fields, body = dkim.rfc822_parse(raw)
    for name, value in fields:
        if name.lower() != b"dkim-signature":
            continue
        try:
            tags = parse_tag_value(value)
            form = CanonicalizationPolicy.from_c_value(tags.get(b"c", b"simple/simple")).canonicalize_body(body)
            if b"l" in tags:
                form = form[:int(tags[b"l"])]
            kind = {b"sha256": hashlib.sha256, b"sha1": hashlib.sha1}[tags[b"a"].strip().split(b"-")[1]]
            answers.append(kind(form).digest() == base64.b64decode(b"".join(tags[b"bh"].split())))
        except Exception:  # a tag list that the module refuses
            answers.append(None)
    return answers


def ours(program, path):
    run = subprocess.run([program, "explain", "--format", "jsonl", "--jobs", "0", "--quiet", str(path)], capture_output=True, check=False)
    first = run.stdout.split(b"\n")[0]
    return json.loads(first)["dkim"] if first else []


def main():
    program, *paths = sys.argv[1:]
    counts, disagree = collections.Counter(), 0
    files = [file for path in map(pathlib.Path, paths) for file in ([path] if path.is_file() else sorted(path.rglob("*")))]
    for file in files:
        if not file.is_file() or b"dkim-signature:" not in (raw := file.read_bytes()).lower():
            continue
        try:
            expected = theirs(raw)
        except (dkim.MessageFormatError, IndexError):  # it trips over headers that begin with a blank
            counts["not read by python3-dkim"] += 1
            continue
        for told, match in zip(ours(program, file), expected):
            plain = told["body_hash"] == "match" and told["reading"] in PLAIN
            counts[f"{told['body_hash']} ({told['reading']}), python3-dkim: {match}"] += 1
            if match is not None and plain != match:
                disagree += 1
                print(f"{file}: {told['domain']} {told['selector']}: {told['body_hash']} ({told['reading']}), python3-dkim: {match}")
    for what, count in counts.most_common():
        print(f"{count:7} {what}")
    return 1 if disagree else 0


if __name__ == "__main__":
    sys.exit(main())
