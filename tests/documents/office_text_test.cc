// SPDX-License-Identifier: Apache-2.0
#include "documents/office_text.h"

#include <gtest/gtest.h>

namespace threadline::documents {
namespace {

void add_cell(OfficeText& text, std::string_view words, std::uint64_t times = 1) {
  text.begin_cell();
  if (!words.empty()) text.add(words);
  text.end_cell(times);
}

TEST(OfficeText, PiecesOfAParagraphAreJoinedAndParagraphsAreLines) {
  OfficeText text(100);
  text.begin_paragraph();
  text.add("FR76");
  text.add("3000");
  text.end_paragraph();
  text.begin_paragraph();
  text.add("BIC");
  text.end_paragraph();
  EXPECT_EQ(text.text(), "FR763000\nBIC\n");
}

TEST(OfficeText, AParagraphInsideOfAnotherDoesNotPartItsWords) {
  OfficeText text(100);
  text.begin_paragraph();
  text.add("FR76");
  text.begin_paragraph();
  text.add("box");
  text.end_paragraph();
  text.add("3000");
  text.end_paragraph();
  EXPECT_EQ(text.text(), "box\nFR763000\n");
}

TEST(OfficeText, CellsOfARowArePartedByTabsAndEmptyOnesCount) {
  OfficeText text(100);
  text.begin_row();
  add_cell(text, "a");
  add_cell(text, "");
  add_cell(text, "b");
  add_cell(text, "");
  text.end_row();
  text.begin_row();
  add_cell(text, "", 2);
  add_cell(text, "c");
  text.end_row();
  EXPECT_EQ(text.text(), "a\t\tb\n\t\tc\n");
}

TEST(OfficeText, CellsAndRowsAreRepeated) {
  OfficeText text(100);
  text.begin_row();
  add_cell(text, "0", 3);
  add_cell(text, "x");
  text.end_row(2);
  EXPECT_EQ(text.text(), "0\t0\t0\tx\n0\t0\t0\tx\n");
}

TEST(OfficeText, WhatAChangedParagraphSaidBeforeIsKept) {
  OfficeText text(100);
  text.begin_paragraph();
  text.add("unchanged");
  text.end_paragraph();
  text.begin_paragraph();
  text.add("IBAN ");
  text.add("old", Shown::before);
  text.add("new", Shown::now);
  text.add(" BIC");
  text.end_paragraph();
  text.begin_paragraph();
  text.add("all new", Shown::now);
  text.end_paragraph();
  EXPECT_EQ(text.text(), "unchanged\nIBAN new BIC\nall new\n");
  EXPECT_EQ(text.text_before(), "IBAN old BIC\n");
}

TEST(OfficeText, NoMoreThanItsBytesAndOneAreKept) {
  OfficeText text(4);
  text.begin_paragraph();
  text.add("1234");
  EXPECT_FALSE(text.is_full());
  text.add("56789");
  EXPECT_TRUE(text.is_full());
  text.end_paragraph();
  EXPECT_EQ(text.text(), "12345\n");
}

}  // namespace
}  // namespace threadline::documents
