// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "base/limits.h"
#include "timeline/exports/exports.h"
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

TEST(Page, ShowsDetailedMessagesOfLimitsAndCountsTheRest) {
  const std::size_t bound = Limits{}.detailed_messages;
  for (const std::size_t count : {bound, bound + 1}) {
    std::vector<Row> rows(count);
    Details details;
    for (std::size_t at = 0; at < count; ++at) {
      rows[at].id = std::to_string(at);
      rows[at].kind = "message";
      details.emplace(rows[at].id, "{}");
    }
    std::ostringstream out;
    export_html(out, exhibit_of(rows, details, Language::en));
    const bool is_said = out.str().find("1 more message(s) with findings are not shown in detail") != std::string::npos;
    EXPECT_EQ(is_said, count > bound);
    std::size_t sections = 0;
    for (std::size_t at = out.str().find("<section"); at != std::string::npos; at = out.str().find("<section", at + 1))
      ++sections;
    EXPECT_EQ(sections, bound);
  }
}

TEST(SheetTime, CountsDaysAsSpreadsheetsDo) {
  // 5 April 2018 is day 43195 in Excel and LibreOffice; 10:30 is 0.4375 of a day.
  EXPECT_EQ(sheet_time("2018-04-05T10:30:00+02:00").day, 43195);
  EXPECT_EQ(sheet_time("2018-04-05T10:30:00+02:00").clock, 0.4375);
  EXPECT_EQ(sheet_time("1899-04-05T10:30:00+02:00").day, -1);
  EXPECT_EQ(sheet_time("").day, -1);
}

/// A workbook of that many rows in sheets of ten lines, the first of which is the header; answers its bytes.
std::string workbook_of(std::size_t count, Workbook& counted) {
  std::vector<Row> rows(count);
  for (std::size_t at = 0; at < count; ++at) {
    rows[at].row = at + 1;
    rows[at].comment = std::string(at == 0 ? 250 : 1, 'x');
  }
  const Details details;
  const Exhibit exhibit = exhibit_of(rows, details, Language::fr);
  const auto path = std::filesystem::path(::testing::TempDir()) / (std::to_string(::getpid()) + "split.xlsx");
  const auto written =
      write_workbook(path.string(), exhibit, {.cell_units = 200, .sheet_rows = 10, .temporary_folder = ::testing::TempDir()});
  EXPECT_TRUE(written);
  counted = written.value_or(Workbook{});
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  std::filesystem::remove(path);
  return bytes;
}

TEST(WorkbookForm, WhatIsBeyondTheBoundsOfASheetGoesOnAndIsCounted) {
  Workbook counted;
  // 25 rows and two more lines for the cell of 250 units: sheets of 9, 9 and 9 lines
  const std::string bytes = workbook_of(25, counted);
  EXPECT_EQ(counted.split_cells, 1U);
  EXPECT_EQ(counted.more_sheets, 2U);
  EXPECT_NE(bytes.find("xl/worksheets/sheet6.xml"), std::string::npos);  // synthesis, three of the timeline, actions, evidence
  EXPECT_EQ(bytes.find("xl/worksheets/sheet7.xml"), std::string::npos);
}

TEST(WorkbookForm, TheSameRowsGiveTheSameBytes) {
  Workbook counted;
  EXPECT_EQ(workbook_of(3, counted), workbook_of(3, counted));
}

TEST(MarkdownText, NothingOfTheEvidenceIsMarkupOrLink) {
  EXPECT_EQ(markdown_text("[x](http://a.example) <b>|`*_"), "\\[x\\](http\\://a.example) \\<b\\>\\|\\`\\*\\_");
  EXPECT_EQ(markdown_text("www.a.example a@b.example"), "www\\.a.example a\\@b.example");
  EXPECT_EQ(markdown_text("10:37\n- x"), "10:37<br>\\- x");
}

}  // namespace
}  // namespace threadline::timeline
