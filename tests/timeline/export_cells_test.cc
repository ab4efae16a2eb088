// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "timeline/exports/markdown_text.h"
#include "timeline/exports/workbook_cells.h"

namespace threadline::timeline {
namespace {

TEST(CellText, ControlBidiAndForbiddenCharactersAreShown) {
  EXPECT_EQ(cell_text("a\x01\u202Eb\uFFFE\uFFFF"), "a\\u{0001}\\u{202E}b\\u{FFFE}\\u{FFFF}");
}

TEST(CellText, IllegalUtf8NeverReachesTheLibrary) { EXPECT_EQ(cell_text("a\xFF\xC3(b"), "a\uFFFD\uFFFD(b"); }

TEST(CellText, AnEscapeOfTheFormatIsShownAsItIs) {
  EXPECT_EQ(cell_text("_x000D_"), "_x005F_x000D_");
  EXPECT_EQ(cell_text("_x00_ _xGGGG_"), "_x00_ _xGGGG_");
}

TEST(Pieces, CountUtf16UnitsAndCutNoCharacter) {
  const std::string wide = "\U0001F600\U0001F600\U0001F600";  // two units each
  EXPECT_EQ(pieces_of(wide, 4), (std::vector<std::string>{"\U0001F600\U0001F600", "\U0001F600"}));
  EXPECT_EQ(pieces_of("abc", 3), std::vector<std::string>{"abc"});
  EXPECT_EQ(pieces_of("", 3), std::vector<std::string>{""});
}

TEST(SheetTime, CountsDaysAsSpreadsheetsDo) {
  // 5 April 2018 is day 43195 in Excel and LibreOffice; 10:30 is 0.4375 of a day.
  EXPECT_EQ(sheet_time("2018-04-05T10:30:00+02:00").day, 43195);
  EXPECT_EQ(sheet_time("2018-04-05T10:30:00+02:00").clock, 0.4375);
  EXPECT_EQ(sheet_time("1899-04-05T10:30:00+02:00").day, -1);
  EXPECT_EQ(sheet_time("").day, -1);
}

TEST(MarkdownText, NothingOfTheEvidenceIsMarkupOrLink) {
  EXPECT_EQ(markdown_text("[x](http://a.example) <b>|`*_"), "\\[x\\](http\\://a.example) \\<b\\>\\|\\`\\*\\_");
  EXPECT_EQ(markdown_text("www.a.example a@b.example"), "www\\.a.example a\\@b.example");
  EXPECT_EQ(markdown_text("10:37\n- x"), "10:37<br>\\- x");
}

}  // namespace
}  // namespace threadline::timeline
