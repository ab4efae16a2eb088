#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes src/text/confusables.def and src/text/keyboards.def: what a reader takes a letter for, and which keys are neighbours.

Usage: tools/make_resemblance_tables.py DATE
DATE is written into the first line of the tables, so that the same input gives the same output.
Sources: ICU's uspoof (Unicode UTS 39 confusables), ICU's uidna (UTS 46: which letters a domain name can hold), Python's unicodedata
(decompositions and letter names), xkb-data (the layouts fr, us and de), and the few rows of OWN below, each with its reason.
"""
import ctypes
import ctypes.util
import re
import sys
import unicodedata
from pathlib import Path

TEXT = Path(__file__).resolve().parent.parent / "src/text"
XKB = Path("/usr/share/X11/xkb/symbols")
LAYOUTS = ("us", "fr", "de")
KEY_ROWS = ("AE", "AD", "AC", "AB")
# Letters that look like another one beside plain letters, though neither Unicode table says so: lower case of scripts whose capital
# is the plain letter's twin, and phonetic letters.
OWN = {
    0x0433: "r", 0x043F: "n", 0x0442: "t", 0x043C: "m", 0x0432: "b", 0x043D: "h", 0x043A: "k", 0x0438: "u", 0x044C: "b", 0x0448: "w",
    0x0457: "i", 0x0491: "r", 0x0493: "f", 0x04CF: "l", 0x04BB: "h", 0x051B: "q", 0x051D: "w", 0x045C: "k", 0x0475: "v", 0x043E: "o",
    0x03B1: "a", 0x03B2: "b", 0x03B5: "e", 0x03B7: "n", 0x03B9: "i", 0x03BA: "k", 0x03BC: "u", 0x03BD: "v", 0x03C4: "t", 0x03C5: "u",
    0x03C7: "x", 0x03C9: "w", 0x03C2: "c", 0x03B3: "y", 0x0563: "q", 0x0570: "h", 0x0578: "n", 0x057D: "u", 0x0585: "o", 0x0581: "g",
    0x0259: "e", 0x01DD: "e", 0x025B: "e", 0x0269: "i", 0x0251: "a", 0x014B: "n", 0x0185: "b", 0x01BB: "2", 0x01BD: "5", 0x0292: "3",
    0x026A: "i", 0x0138: "k", 0x00DF: "b", 0x00FE: "p", 0x00F0: "d", 0x00E6: "ae", 0x0153: "oe", 0x017F: "f", 0x0283: "f", 0x01BF: "p",
}
NAME = re.compile(r"LATIN (?:SMALL LETTER|LETTER SMALL CAPITAL|SMALL LETTER SCRIPT|SMALL LETTER DOTLESS) ([A-Z])(?: WITH .*)?")
SMALLEST, LARGEST = 0x80, 0x1F000


def library(name):
    for version in range(80, 60, -1):
        try:
            return ctypes.CDLL(f"lib{name}.so.{version}"), version
        except OSError:
            continue
    sys.exit(f"lib{name} of ICU is not installed")


class Icu:
    """The three functions of ICU that are asked."""

    def __init__(self):
        self.i18n, self.version = library("icui18n")
        self.uc, _ = library("icuuc")
        self.checker = self.open("i18n", "uspoof_open")
        self.idna = self.open("uc", "uidna_openUTS46", ctypes.c_uint32(0x10 | 0x20))

    def function(self, name, which):
        return getattr(getattr(self, which), f"{name}_{self.version}")

    def open(self, which, name, *arguments):
        function, status = self.function(name, which), ctypes.c_int(0)
        function.restype = ctypes.c_void_p
        return ctypes.c_void_p(function(*arguments, ctypes.byref(status)))

    def skeleton(self, text):
        raw, out, status = text.encode(), ctypes.create_string_buffer(256), ctypes.c_int(0)
        length = self.function("uspoof_getSkeletonUTF8", "i18n")(self.checker, ctypes.c_uint32(0), raw, len(raw), out, 256,
                                                                 ctypes.byref(status))
        return out.raw[:length].decode() if status.value <= 0 else ""

    def is_in_names(self, text):
        """Whether UTS 46 leaves it as it is: what it maps or forbids cannot stand in a domain name."""
        raw, out, status = text.encode(), ctypes.create_string_buffer(256), ctypes.c_int(0)
        info = (ctypes.c_int16 * 16)()
        info[0] = 16
        length = self.function("uidna_labelToUnicodeUTF8", "uc")(self.idna, raw, len(raw), out, 256, info, ctypes.byref(status))
        errors = ctypes.cast(info, ctypes.POINTER(ctypes.c_uint32))[1]
        return status.value <= 0 and not errors and out.raw[:length] == raw


def plain(text):
    """Lower case without marks, where that is ASCII; else empty."""
    kept = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    kept = "m" if kept == "rn" else kept  # the prototype that UTS 39 gives to m
    return kept if kept.isascii() and kept.isalnum() else ""


def reading_of(icu, letter):
    """(kind, what it is read as), or None."""
    if read := plain(letter):
        return "accented", read
    if ord(letter) in OWN:
        return "confusable", OWN[ord(letter)]
    if match := NAME.fullmatch(unicodedata.name(letter, "")):
        return "confusable", match.group(1).lower()
    if read := plain(icu.skeleton(letter)):
        return "confusable", read
    return None


def write(name, lines):
    (TEXT / name).write_text("\n".join(lines) + "\n")
    print(f"{name}: {len(lines)} lines")


def write_confusables(date):
    icu = Icu()
    lines = [f"// SPDX-License-Identifier: Apache-2.0 - made by tools/make_resemblance_tables.py on {date} from ICU {icu.version} (UTS 39"
             f" confusables, UTS 46) and the letter names of Unicode {unicodedata.unidata_version}",
             "// THREADLINE_CONFUSABLE(letter, accented: a plain letter with marks; confusable: another one, what it is read as)"]
    for code in range(SMALLEST, LARGEST):
        letter = chr(code)
        if unicodedata.category(letter) not in ("Ll", "Lo", "Lm", "Nd") or not icu.is_in_names(letter):
            continue
        if found := reading_of(icu, letter):
            lines.append(f'THREADLINE_CONFUSABLE({code:#06x}, {found[0]}, "{found[1]}")  // {unicodedata.name(letter).lower()}')
    write("confusables.def", lines)


def keys_of(layout, section):
    """Key code -> letter or digit, with what the section includes."""
    source = (XKB / layout).read_text()
    begin = source.index(f'xkb_symbols "{section}"')
    body = source[begin:source.index("\n};", begin)]
    keys = {}
    for kind, first, second in re.findall(r'(include|key)\s+[<"]([\w()]+)[">]\s*(?:\{\s*\[([^\]]*)\])?', body):
        if kind == "include":
            name, _, inner = first.partition("(")
            if name in ("latin", "us", "fr", "de"):
                keys.update(keys_of(name, inner.rstrip(")") or "basic"))
        elif first[:2] in KEY_ROWS:
            plain_keys = [symbol.strip() for symbol in second.split(",")][:2]
            keys[first] = next((symbol for symbol in plain_keys if len(symbol) == 1 and symbol.isalnum()),
                               "-" if "minus" in plain_keys[:1] else "")
    return keys


def write_keyboards(date):
    lines = [f"// SPDX-License-Identifier: Apache-2.0 - made by tools/make_resemblance_tables.py on {date} from xkb-data, layouts"
             f" {', '.join(LAYOUTS)}",
             "// THREADLINE_KEYBOARD(layout, rows of keys from the top, each from its second key (1, q, a, z): a space is a key without"
             " letter or digit)"]
    for layout in LAYOUTS:
        keys = keys_of(layout, "basic")
        rows = ["".join((keys.get(f"{row}{number:02}") or " ")[0].lower() for number in range(1, 12)) for row in KEY_ROWS]
        lines.append(f'THREADLINE_KEYBOARD("{layout}", "{rows[0]}", "{rows[1]}", "{rows[2]}", "{rows[3]}")')
    write("keyboards.def", lines)


write_confusables(sys.argv[1])
write_keyboards(sys.argv[1])
