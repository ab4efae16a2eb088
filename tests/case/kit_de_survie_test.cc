// SPDX-License-Identifier: Apache-2.0
// The case must tell itself: what the article says happened, told by the files of corpus/kit-de-survie alone.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "told.h"

namespace threadline::kit_de_survie {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kTrueIban = "FR7619998004120001234567850";  // tools/make_corpus.py computes it
constexpr std::string_view kFalseIban = "FR7619887015300008765432118";

enum class Ends { lf, crlf };

/// Where this process keeps its copies: ctest runs tests of this program side by side.
fs::path copies() { return fs::path(::testing::TempDir()) / fmt::format("kit_de_survie_{}", ::getpid()); }

/// The files of a folder with the line ends asked for, in a temporary folder.
std::string with_ends(const std::string& folder, Ends ends) {
  if (ends == Ends::lf) return (kCase / folder).string();
  const fs::path copy = copies() / folder;
  fs::create_directories(copy);
  for (const auto& entry : fs::directory_iterator(kCase / folder)) {
    std::ifstream in(entry.path(), std::ios::binary);
    std::string text;
    for (const char c : std::string{std::istreambuf_iterator<char>(in), {}}) {
      if (c == '\n') text += '\r';
      text += c;
    }
    std::ofstream(copy / entry.path().filename(), std::ios::binary) << text;
  }
  return copy.string();
}

Told told_of(const std::vector<std::string>& folders, Ends ends, unsigned jobs, const Reader& reader) {
  std::vector<std::string> paths;
  for (const auto& folder : folders) paths.push_back(with_ends(folder, ends));
  Told told = tell(paths, jobs, reader);
  fs::remove_all(copies());
  return told;
}

const std::vector<std::string> kStory{
    "2018-04-05T10:37 CEST | F. LeComptable | Envoi du mail \u00e0 P. QuiDoitPayer",
    "2018-04-05T10:50 CEST | P. QuiDoitPayer | R\u00e9ponse \u00e0 F. LeComptable",
    "2018-04-05T10:59 CEST | F. LeComptable | R\u00e9ponse depuis un smartphone",
    "2018-04-05T11:45 CEST | Attaquant pr\u00e9sum\u00e9 (se pr\u00e9sente comme F. LeComptable) | Demande de paiement sur un "
    "autre compte",
    "2018-04-05T14:20 CEST | F. LeComptable | Transfert \u00e0 M. S\u00e9curit\u00e9",
};

/// LF and CRLF, in this process and in one or four workers.
class KitDeSurvie : public ::testing::TestWithParam<std::tuple<Ends, unsigned>> {
 protected:
  static Told told(const std::vector<std::string>& folders, const Reader& reader = {}) {
    return told_of(folders, std::get<0>(GetParam()), std::get<1>(GetParam()), reader);
  }
};

void expect_the_fraud_found(const Told& told, const std::string& minute) {
  EXPECT_TRUE(told.has(minute, "lookalike_domain critical")) << ::testing::PrintToString(told.findings_at(minute));
  EXPECT_TRUE(told.has(minute, "thread_hijack critical")) << ::testing::PrintToString(told.findings_at(minute));
  EXPECT_TRUE(told.has(minute, "bank_account_changed critical")) << ::testing::PrintToString(told.findings_at(minute));
}

TEST_P(KitDeSurvie, TellsTheArticlesTableAndTheForward) {
  const Told story = told({"thread", "fraud"});
  EXPECT_EQ(story.story(), kStory);
  expect_the_fraud_found(story, "2018-04-05T11:45");
  EXPECT_EQ(story.of_kind("quoted").size(), 0U);
  for (const Row* row : story.of_kind("finding")) {
    if (row->severity != "high" && row->severity != "critical") continue;
    EXPECT_TRUE(row->time->starts_with("2018-04-05T11:45")) << row->code << *row->time;
  }
}

TEST_P(KitDeSurvie, ShowsBothAccountsSideBySide) {
  const Told story = told({"thread", "fraud"});
  const auto changed = std::ranges::find(story.rows, "bank_account_changed", &Row::code);
  ASSERT_NE(changed, story.rows.end());
  EXPECT_NE(changed->evidence_json.find(kTrueIban), std::string::npos);
  EXPECT_NE(changed->evidence_json.find(kFalseIban), std::string::npos);
  EXPECT_LT(changed->evidence_json.find("\"before\""), changed->evidence_json.find("\"after\""));
}

TEST_P(KitDeSurvie, WithOnlyTheFraudTheHistoryIsReadFromWhatItQuotes) {
  const Told story = told({"fraud"});
  ASSERT_EQ(story.of_kind("quoted").size(), 3U);
  const auto lines = story.story();
  ASSERT_EQ(lines.size(), 5U) << ::testing::PrintToString(lines);
  EXPECT_TRUE(lines[0].starts_with("2018-04-05T10:37 CEST | F. LeComptable (selon la citation) | ")) << lines[0];
  EXPECT_TRUE(lines[1].starts_with("2018-04-05T10:50 CEST | P. QuiDoitPayer (selon la citation) | ")) << lines[1];
  EXPECT_TRUE(lines[2].starts_with("2018-04-05T10:59 CEST | F. LeComptable (selon la citation) | ")) << lines[2];
  EXPECT_EQ(lines[3], kStory[3]);
  EXPECT_EQ(lines[4], kStory[4]);
  expect_the_fraud_found(story, "2018-04-05T11:45");
}

TEST_P(KitDeSurvie, AnHonestFourthMailIsSilent) { EXPECT_EQ(told({"thread", "honest"}).alarms(), std::vector<std::string>{}); }

TEST_P(KitDeSurvie, TheSameAccountAsRibAndAsIbanIsNoChange) {
  EXPECT_EQ(told({"thread", "same-account"}).alarms(), std::vector<std::string>{});
}

TEST_P(KitDeSurvie, TheSecondReminderFiresAgain) {
  const Told story = told({"thread", "fraud", "reminder"});
  expect_the_fraud_found(story, "2018-04-05T11:45");
  expect_the_fraud_found(story, "2018-04-05T16:06");
}

TEST_P(KitDeSurvie, BackdatingTheFraudByAYearChangesNothing) {
  const Told story = told({"thread", "backdated"});
  const auto fraud = std::ranges::find_if(story.rows, [](const Row& row) {
    return row.kind == "message" && row.actor == "Attaquant pr\u00e9sum\u00e9 (se pr\u00e9sente comme F. LeComptable)";
  });
  ASSERT_NE(fraud, story.rows.end());
  EXPECT_TRUE(fraud->time->starts_with("2018-04-05T11:45")) << *fraud->time;  // Date is a year off: the border's stamp counts
  expect_the_fraud_found(story, "2018-04-05T11:45");
}

TEST_P(KitDeSurvie, TheEnglishFormTellsItselfToo) {
  const Told story = told({"english/thread", "english/fraud"}, kEnglish);
  const std::vector<std::string> expected{
      "2018-04-05T09:37 BST | Fiona Ledger | Mail sent to Paul Payer",
      "2018-04-05T09:50 BST | Paul Payer | Reply to Fiona Ledger",
      "2018-04-05T09:59 BST | Fiona Ledger | Reply from a smartphone",
      "2018-04-05T10:45 BST | Presumed attacker (presents as Fiona Ledger) | Request for payment to another account",
      "2018-04-05T13:20 BST | Paul Payer | Forward to Mary Guard",
  };
  EXPECT_EQ(story.story(), expected);
  expect_the_fraud_found(story, "2018-04-05T10:45");
}

TEST_P(KitDeSurvie, TheEnglishFraudAloneShowsItsHistory) {
  const Told story = told({"english/fraud"}, kEnglish);
  EXPECT_EQ(story.of_kind("quoted").size(), 3U);
  expect_the_fraud_found(story, "2018-04-05T10:45");
}

TEST_P(KitDeSurvie, TheEnglishHonestTwinIsSilent) {
  EXPECT_EQ(told({"english/thread", "english/honest"}, kEnglish).alarms(), std::vector<std::string>{});
}

INSTANTIATE_TEST_SUITE_P(Forms, KitDeSurvie,
                         ::testing::Values(std::tuple{Ends::lf, 0U}, std::tuple{Ends::lf, 1U}, std::tuple{Ends::lf, 4U},
                                           std::tuple{Ends::crlf, 0U}, std::tuple{Ends::crlf, 4U}),
                         [](const auto& form) {
                           return std::string(std::get<0>(form.param) == Ends::lf ? "Lf" : "Crlf") +
                                  std::to_string(std::get<1>(form.param));
                         });

TEST(KitDeSurvieRows, AreTheSameWhateverTheNumberOfWorkers) {
  const auto ids = [](const Told& told) {
    std::vector<std::string> found;
    for (const Row& row : told.rows) found.push_back(row.id + row.comment + row.evidence_json);
    return found;
  };
  const std::vector<std::string> all{"thread", "fraud", "reminder", "backdated"};
  EXPECT_EQ(ids(told_of(all, Ends::lf, 0, {})), ids(told_of(all, Ends::lf, 1, {})));
  EXPECT_EQ(ids(told_of(all, Ends::lf, 0, {})), ids(told_of(all, Ends::lf, 4, {})));
}

}  // namespace
}  // namespace threadline::kit_de_survie
