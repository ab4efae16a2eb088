# SPDX-License-Identifier: Apache-2.0
"""Text for the tools that generate tables: folded as the program folds it, and as a C++ string literal in ASCII."""
import unicodedata

# Letters with a stroke, which Unicode does not decompose; invisible letters that the tables' sources have. As src/text/fold.cc.
STROKES = {0xF8: "o", 0x111: "d", 0x127: "h", 0x131: "i", 0x142: "l", 0x167: "t", 0x180: "b", 0x1B6: "z", 0x19A: "l", 0x268: "i"}
INVISIBLE = {0xAD, 0x34F, 0x61C, *range(0x180B, 0x1810), *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070),
             *range(0xFE00, 0xFE10), 0xFEFF}


def is_diacritic(char):
    combining = unicodedata.combining(char)
    return combining >= 200 or combining == 1 or 10 <= combining <= 35


def folded(text):
    """What text::fold makes of it: NFKC case fold (UAX 31) without diacritics, blanks squeezed."""
    before = None
    while text != before:
        before = text
        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        text = "".join(char for char in text if ord(char) not in INVISIBLE)
    plain = (STROKES.get(ord(char), char) for char in unicodedata.normalize("NFD", text) if not is_diacritic(char))
    return " ".join(unicodedata.normalize("NFC", "".join(plain)).split())


def quoted(text):
    out = ""
    for char in text:
        code = ord(char)
        if char in '"\\':
            out += "\\" + char
        elif 32 <= code < 127:
            out += char
        else:
            out += "\\u%04x" % code if code < 0x10000 else "\\U%08x" % code
    return '"' + out + '"'
