#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes src/facts/contact/phone_plans.def from the metadata of libphonenumber (Debian: python3-phonenumbers).

Usage: tools/make_phone_plans.py DATE
DATE is written into the first line of the table, so that the same input gives the same output.
"""
import random
import re
import sys
from pathlib import Path

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberType
from phonenumbers.phonemetadata import PhoneMetadata

OUT = Path(__file__).resolve().parent.parent / "src/facts/contact/phone_plans.def"
FIXED = {PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
SAMPLES = 150  # numbers tried for each beginning


def types_of(region, code, beginning, lengths):
    """What kinds of valid numbers begin so: seeded samples, so that the table is the same in every run."""
    rng = random.Random(f"{region}{beginning}")
    found = set()
    for _ in range(SAMPLES):
        length = rng.choice(lengths)
        digits = beginning + "".join(rng.choice("0123456789") for _ in range(length - len(beginning)))
        number = PhoneNumber(country_code=code, national_number=int(digits), italian_leading_zero=digits.startswith("0") or None)
        if phonenumbers.is_valid_number_for_region(number, region):
            found.add(phonenumbers.number_type(number))
    return found


def mobile_beginnings(region, meta):
    """Beginnings of one or two digits that mobile numbers have and fixed lines have not."""
    lengths = [n for n in meta.mobile.possible_length if n > 4] if meta.mobile else []
    if not lengths:
        return []
    all_lengths = sorted(set(lengths) | {n for n in meta.fixed_line.possible_length if n > 4})

    def is_mobile(beginning):
        found = types_of(region, meta.country_code, beginning, all_lengths)
        return PhoneNumberType.MOBILE in found and not found & FIXED

    found = []
    for first in "0123456789":
        if is_mobile(first):
            found.append(first)
        else:
            found += [first + second for second in "0123456789" if is_mobile(first + second)]
    return found


def groups(region, kind):
    """How an example of that kind is written within the country: the sizes of its groups of digits."""
    number = phonenumbers.example_number_for_type(region, kind)
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL) if number else ""
    return "-".join(str(len(group)) for group in re.findall(r"\d+", written))


def row(region):
    meta = PhoneMetadata.metadata_for_region(region)
    lengths = [n for n in meta.general_desc.possible_length if 5 <= n <= 15]
    mask = sum(1 << n for n in lengths)
    prefix = meta.national_prefix if meta.national_prefix and meta.national_prefix.isdigit() else ""
    exit_code = meta.international_prefix if re.fullmatch(r"\d+", meta.international_prefix or "") else "00"
    is_main = phonenumbers.region_code_for_country_code(meta.country_code) == region
    mobile = " ".join(mobile_beginnings(region, meta))
    written = " ".join(sorted({groups(region, kind) for kind in (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE)} - {""}))
    return (f'THREADLINE_PHONE_PLAN("{region}", "{meta.country_code}", "{prefix}", "{exit_code}", {mask:#06x},'
            f' {str(is_main).lower()}, "{mobile}", "{written}")')


def main():
    date = sys.argv[1]
    lines = [f"// SPDX-License-Identifier: Apache-2.0 - made by tools/make_phone_plans.py on {date} from the metadata of libphonenumber"
             f" {phonenumbers.__version__} (ITU-T E.164 national numbering plans)",
             "// THREADLINE_PHONE_PLAN(country, calling code, national prefix, prefix of calls abroad, lengths of national significant"
             " numbers (bit n: n digits), first of its calling code, beginnings that mobile numbers have"
             " and fixed lines have not, sizes of the groups in which examples are written)"]
    lines += [row(region) for region in sorted(phonenumbers.SUPPORTED_REGIONS)]
    OUT.write_text("\n".join(lines) + "\n")


main()
