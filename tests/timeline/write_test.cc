// SPDX-License-Identifier: Apache-2.0
#include "timeline/write.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "timeline/visible.h"

namespace threadline::timeline {
namespace {

Row row_saying(const std::string& comment) {
  Row row;
  row.id = "00112233445566778899aabbccddeeff";
  row.row = 1;
  row.kind = "message";
  row.time = "2018-04-05T10:37:00+02:00";
  row.known_at = "2018-04-05T08:37:00Z";
  row.time_basis = "header";
  row.zone = "CEST";
  row.source = "a.eml";
  row.actor = "F. LeComptable";
  row.action = "Envoi du mail \u00e0 P. QuiDoitPayer";
  row.comment = comment;
  return row;
}

std::string csv_of(const std::string& comment, Language language = Language::fr) {
  std::ostringstream out;
  write_csv(out, {row_saying(comment)}, language);
  return out.str();
}

std::string table_of(const std::vector<Row>& rows, unsigned columns) {
  std::ostringstream out;
  write_table(out, rows, Language::fr, columns, false);
  return out.str();
}

TEST(Csv, HasTheColumnsOfTheSpreadsheetInFrench) {
  const std::string csv = csv_of("Sujet: x");
  EXPECT_TRUE(csv.starts_with(
      "\xEF\xBB\xBF\"Date\",\"Heure\",\"Fuseau\",\"Source\",\"Acteur\",\"Action\",\"Commentaires\",\"Gravit\u00e9\""))
      << csv;
  EXPECT_NE(csv.find("\r\n\"05/04/2018\",\"10:37\",\"CEST\",\"a.eml\""), std::string::npos) << csv;
  EXPECT_NE(csv_of("x", Language::en).find("\"2018-04-05\""), std::string::npos);
}

TEST(Csv, CellsThatASpreadsheetWouldRunAreNeutralised) {
  for (const char* formula : {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\uFF1D1"}) {
    EXPECT_NE(csv_of(formula).find("\"'"), std::string::npos) << formula;
  }
  EXPECT_EQ(csv_of("1=1, a-b, x@y.example").find("\"'"), std::string::npos);
}

TEST(Csv, QuotesAreDoubledAndSeparatorsStayInside) {
  EXPECT_NE(csv_of("a \"b\"; c, d").find("\"a \"\"b\"\"; c, d\""), std::string::npos);
}

TEST(Visible, ControlAndBidiCharactersAreShownNotObeyed) {
  EXPECT_EQ(visible("facture\u202Efdp.exe"), "facture\\u{202E}fdp.exe");
  EXPECT_EQ(visible("a\x1b[31mb"), "a\\u{001B}[31mb");
  EXPECT_EQ(visible("\u200Bx"), "\\u{200B}x");
  EXPECT_EQ(visible("\u00e9t\u00e9 \u4e2d"), "\u00e9t\u00e9 \u4e2d");
}

TEST(Visible, WideCharactersTakeTwoColumnsAndMarksNone) {
  EXPECT_EQ(width_of("\u4e2d\u6587"), 4U);
  EXPECT_EQ(width_of("e\u0301"), 1U);
  EXPECT_EQ(width_of("\u00e9"), 1U);
}

TEST(Visible, LinesAreBrokenAtSpacesAndNeverWider) {
  EXPECT_EQ(wrapped("aaa bbb cc", 7), (std::vector<std::string>{"aaa bbb", "cc"}));
  EXPECT_EQ(wrapped("abcdef", 4), (std::vector<std::string>{"abcd", "ef"}));
  EXPECT_EQ(wrapped("", 4), (std::vector<std::string>{""}));
}

TEST(OneLine, LineEndsCannotForgeASecondLine) { EXPECT_EQ(one_line("a\nCompte\r\n  ok ", 100), "a Compte ok"); }

TEST(Table, NoLineIsWiderThanTheTerminal) {
  const auto rows = {row_saying("Sujet: facturation en retard, p\u00e9nalit\u00e9s " + std::string(300, 'x') + " \u4e2d\u6587")};
  for (const unsigned columns : {80U, 200U}) {
    for (const std::string& line : wrapped(table_of(rows, columns), 0)) EXPECT_LE(width_of(line), columns) << line;
  }
}

TEST(Table, QuotedRowsStandByTheirOwnTimeBeforeTheirCarrierAndFindingsUnderTheirMessage) {
  Row carrier = row_saying("Sujet: fraude");
  Row late = row_saying("Sujet: deux");
  late.kind = "quoted";
  late.id = "0a";
  late.time = "2018-04-05T10:36:00+02:00";
  Row early = late;
  early.comment = "Sujet: un";
  early.id = "0b";
  early.time = "2018-04-05T10:30:00+02:00";
  Row finding = row_saying("Compte chang\u00e9");
  finding.kind = "finding";
  finding.id = "0c";
  finding.about = carrier.id;
  finding.code = "bank_account_changed";
  finding.severity = "critical";
  const std::string table = table_of({finding, carrier, late, early}, 0);
  const auto one = table.find("Sujet: un");
  const auto two = table.find("Sujet: deux");
  const auto three = table.find("Sujet: fraude");
  const auto four = table.find("[critique] bank_account_changed");
  EXPECT_TRUE(one < two && two < three && three < four && four != std::string::npos) << table;
}

TEST(Jsonl, IsOneObjectALineInTheSchemasOrderWithNullsForWhatIsUnknown) {
  Row row = row_saying("a\nb \xFF");
  row.known_at.reset();
  std::ostringstream out;
  write_jsonl(out, {row});
  const std::string line = out.str();
  EXPECT_EQ(std::ranges::count(line, '\n'), 1);
  const auto json = nlohmann::json::parse(line);
  EXPECT_TRUE(json.at("known_at").is_null());
  EXPECT_TRUE(json.at("message_id").is_null());
  EXPECT_EQ(json.at("comment"), "a\nb \uFFFD");
  EXPECT_FALSE(json.contains("code"));
}

}  // namespace
}  // namespace threadline::timeline
