# SPDX-License-Identifier: Apache-2.0
"""Text as a C++ string literal in ASCII, for the tools that generate tables."""


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
