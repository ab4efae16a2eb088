#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes src/facts/conversation/locales.inc.

usage: generate_quote_tables.py locales.json OUTPUT_FOLDER
locales.json: strings that clients print around quoted history, each entry with its source and status; `unverified` ones are
left out. Names of months and weekdays are the work of generate_date_names.py.
"""
import datetime
import json
import re
import sys

from cpp_text import quoted

FIELDS = {"from": "from", "sender": "sender", "to": "to", "cc": "cc", "date": "date", "subject": "subject", "reply-to": "reply_to"}
# From the attributions of Gmail, Apple and Outlook in the same file, which are sentences or patterns there.
MORE_VERBS = {("geschreven", "nl"), ("napisa\u0142", "pl"), ("\u043d\u0430\u043f\u0438\u0441\u0430\u043b", "ru"),
              ("\u043f\u0438\u0448\u0435", "uk"), ("\uc791\uc131", "ko"), ("\uc4f4", "ko"), ("escribi\u00f3", "gl")}
UNSPACED = re.compile(r"[\u0e00-\u0e7f\u1780-\u17ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")


def language(locale):
    short = re.split("[-_]", locale)[0].lower()
    return {"*": "en", "nb": "no", "nn": "no"}.get(short, short)


def first_line(source):
    return "// Made by tools/generate_quote_tables.py on %s from %s. Do not edit.\n// SPDX-License-Identifier: Apache-2.0\n" % (
        datetime.date.today().isoformat(), source)


def clean_label(text):
    return text.strip().rstrip(":\uff1a\u055d").strip()


# Seen in the samples of the shared corpus (Mail.ru).
MORE_LABELS = {("\u041e\u0442 \u043a\u043e\u0433\u043e", "from", "ru")}


def labels(entries):
    rows = set(MORE_LABELS)
    for entry in entries:
        if entry["kind"] == "label" and entry["field"] in FIELDS and clean_label(entry["text"]):
            rows.add((clean_label(entry["text"]), FIELDS[entry["field"]], language(entry["locale"])))
    return ["THREADLINE_LABEL(%s, %s, \"%s\")" % (quoted(t), f, l) for t, f, l in sorted(rows)]


def separators(entries):
    rows = {}
    for entry in entries:
        if entry["kind"] == "separator":
            words = entry["text"].strip(" -_:")
            if words:
                words = re.sub(r"\s*-{2,}\s*", " ", words)
                rows.setdefault(words, "forward" if entry["field"] == "forward" and "riginal" not in words else "original")
    return ["THREADLINE_SEPARATOR(%s, %s)" % (quoted(t), f) for t, f in sorted(rows.items())]


def constants(template):
    rest = re.sub(r"#\s?[123]|\{[a-z]+\}|%s|<|>|#", " ", template)
    return [w for w in re.split(r"[\s,.:;\u060c\u055d\u17d6\u2026()/\u200b\u202b\uff0c\uff1a\u05be-]+", rest) if w]


def attributions(entries):
    verbs, words = set(), set()
    for entry in entries:
        if entry["kind"] != "attribution" or "pattern" in entry["status"]:
            continue
        found = constants(entry["text"])
        words.update(found)
        if entry["field"] == "author" and found:
            verbs.add((max(found, key=len), language(entry["locale"])))
    verbs.discard(("\uc774", "ko"))
    verbs.update(MORE_VERBS)
    rows = ["THREADLINE_VERB(%s, %s, \"%s\")" % (quoted(v), "true" if UNSPACED.search(v) else "false", l) for v, l in sorted(verbs)]
    return rows + ["THREADLINE_CONNECTOR(%s)" % quoted(w) for w in sorted(words)]


def forms(entries):
    """Whole attributions: #1 is the author, #2 the date with its time."""
    rows = set()
    for entry in entries:
        if entry["kind"] != "attribution" or "pattern" in entry["status"]:
            continue
        text = entry["text"].replace("{name} <{addr}>", "#1").replace("{name}", "#1").replace("{date}", "#2").replace("{time}", "#3")
        text = re.sub("# 1|%s|#\u058a", "#1", text).strip(" :\uff1a\u17d6\u00a0.")
        rows.add((re.sub("#[23].*#[23]", "#2", text).replace("#3", "#2"), language(entry["locale"])))
    return ["THREADLINE_ATTRIBUTION(%s, \"%s\")" % (quoted(t), l) for t, l in sorted(rows)]


def write(path, source, rows):
    with open(path, "w", encoding="ascii") as out:
        out.write(first_line(source) + "\n".join(rows) + "\n")


def main():
    entries = [e for e in json.load(open(sys.argv[1], encoding="utf-8"))["entries"] if e["status"] != "unverified"]
    write(sys.argv[2] + "/locales.inc", "locales.json (Thunderbird's localisation, parsers' tables, counted mail; 79 locales)",
          labels(entries) + separators(entries) + attributions(entries) + forms(entries))


main()
