#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How tools/quote_score.py translates what explain says into the units of the fixtures' own programs."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import quote_score  # noqa: E402


def reading(source, new_text, blocks, is_html=False):
    """Blocks are (text, level); their spans are found in the source."""
    quoted = [{"text": text, "level": level, "span": {"part": "1", "offset": source.index(text), "length": len(text)}} for text, level in blocks]
    return quote_score.Reading({"conversation": {"new_text": new_text, "quoted": quoted}}, source, is_html)


def is_reply(wanted, read):
    checks = quote_score.Checks()
    quote_score.check_reply({"reply": wanted}, read, checks)
    return all(right for _, right, *_ in checks)


class WholeBody(unittest.TestCase):
    """A peer that never answers "nothing was written here" gives the whole body instead."""

    def test_all_words_quoted_are_the_whole_body(self):
        self.assertTrue(is_reply("FwdHello", reading("Fwd\nHello\n", "", [("Fwd\nHello\n", 1)])))

    def test_of_a_page_its_words_are_compared(self):
        self.assertTrue(is_reply("FwdHello", reading("<p>Fwd<p>Hello</p><style>p {}</style>", "", [("Fwd<p>Hello", 1)], True)))

    def test_words_that_no_block_holds_are_a_miss(self):
        self.assertFalse(is_reply("FwdHello", reading("Fwd\nHello\n", "", [("Hello\n", 1)])))

    def test_a_reply_that_is_part_of_the_body_is_a_miss(self):
        self.assertFalse(is_reply("Fwd", reading("Fwd\nHello\n", "", [("Fwd\nHello\n", 1)])))

    def test_nothing_read_at_all_is_a_miss(self):
        self.assertFalse(is_reply("FwdHello", reading("Fwd\nHello\n", "", [])))


class Pieces(unittest.TestCase):
    """A peer that cuts where a quoted message begins counts one piece more than cuts, unless nothing stands before the first."""

    def test_words_before_the_first_quote_are_a_piece(self):
        self.assertEqual(len(reading("Yes\n> Hello\n", "Yes", [("> Hello\n", 1)]).pieces()), 2)

    def test_blank_lines_before_it_are_none(self):
        self.assertEqual(len(reading("\n\n> Hello\n", "", [("> Hello\n", 1)]).pieces()), 1)

    def test_answers_between_and_behind_are_none(self):
        self.assertEqual(len(reading("> Hello\nYes\n", "Yes", [("> Hello\n", 1)]).pieces()), 1)

    def test_a_body_without_quotes_is_one(self):
        self.assertEqual(reading("Yes\n", "Yes", []).pieces(), ["Yes\n"])


if __name__ == "__main__":
    unittest.main()
