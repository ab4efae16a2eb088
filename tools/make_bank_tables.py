#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes src/facts/bank/iban_registry.inc and bank_codes.inc from the fact files of a folder.

Usage: tools/make_bank_tables.py FOLDER DATE
FOLDER holds iban_registry.json (SWIFT IBAN registry v99 compared with public libraries) and bank_codes.tsv
(schwifty, MIT); DATE is written into the first line of the tables, so that the same input gives the same output.
"""
import csv
import json
import re
import sys
import unicodedata
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "src/facts/bank"


def pattern(bban):
    """One letter for each place of the BBAN: n digit, a letter, c either."""
    return "".join(kind * int(count) for count, kind in re.findall(r"(\d+)!([anc])", bban))


def bank_range(entry):
    match = re.match(r"(\d+)-(\d+)$", entry.get("bank_pos") or "")
    return (int(match[1]) - 1, int(match[2]) - int(match[1]) + 1) if match else (0, 0)


def registry(folder, date):
    entries = json.loads((folder / "iban_registry.json").read_text())
    lines = [f"// SPDX-License-Identifier: Apache-2.0 - made by tools/make_bank_tables.py on {date} from the SWIFT IBAN registry v99 (ISO 13616) and, where in_registry is"
             " false, from public libraries' experimental lists.",
             "// country, length, BBAN places (empty: not in the registry), bank code begin, bank code length, in_registry"]
    for code, entry in sorted(entries.items()):
        places = pattern(entry.get("bban", "")) if entry["swift_v99"] else ""
        assert not places or len(places) + 4 == entry["length"], code
        begin, length = bank_range(entry)
        lines.append(f'{{"{code}", {entry["length"]}, "{places}", {begin}, {length}, {str(entry["swift_v99"]).lower()}}},')
    (OUT / "iban_registry.inc").write_text("\n".join(lines) + "\n")


def ascii_name(name):
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if ord(c) < 128)
    return " ".join(plain.split()).replace("\\", "\\\\").replace('"', '\\"')


def bank_codes(folder, date):
    best = {}
    with open(folder / "bank_codes.tsv", newline="", encoding="utf-8") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if len(row) < 4 or not re.fullmatch(r"[A-Z]{2}", row[0]) or not re.fullmatch(r"[0-9A-Z]{2,10}", row[1]):
                continue
            key, bic = (row[0], row[1]), row[2].strip()
            bic = bic if re.fullmatch(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?", bic) else ""
            held = best.get(key)
            # Several branches under one code: the BIC that says "head office" wins, else what they have in common.
            if held is None:
                best[key] = (bic, row[3].strip())
            elif held[0] != bic:
                best[key] = (held[0][:8] if held[0][:8] == bic[:8] else "", held[1])
    lines = [f"// SPDX-License-Identifier: Apache-2.0 - made by tools/make_bank_tables.py on {date} from schwifty's bank registry (MIT): country + bank code, BIC, name."]
    for (country, code), (bic, name) in sorted(best.items()):
        lines.append(f'{{"{country}{code}", "{bic}", "{ascii_name(name)}"}},')
    (OUT / "bank_codes.inc").write_text("\n".join(lines) + "\n")


def main():
    folder, date = Path(sys.argv[1]), sys.argv[2]
    registry(folder, date)
    bank_codes(folder, date)


if __name__ == "__main__":
    main()
