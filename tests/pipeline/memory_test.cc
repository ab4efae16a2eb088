// SPDX-License-Identifier: Apache-2.0
// What one run learnt, the next one starts from: runs over parts of the evidence find together what one run over all of it finds.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "memory/file_store.h"
#include "pipeline/analysis.h"
#include "run_folder.h"
#include "timeline/rows.h"
#include "timeline/write.h"

namespace threadline::pipeline {
namespace {

namespace fs = std::filesystem;
using Paths = std::vector<std::string>;

std::shared_ptr<memory::Store> opened(const std::string& path) {
  auto store = memory::open_file_store(path, {});
  if (!store) throw std::runtime_error(to_line(store.error()));
  return *std::move(store);
}

/// Rows of findings and events as JSON lines without their numbers, in the order of the text.
std::multiset<std::string> rows_of(const Paths& paths, const std::string& store, const std::string& own = {}) {
  RunSettings settings;
  if (!store.empty()) settings.memory = opened(store);
  if (!own.empty()) settings.policy.own.domains = {own};
  const auto run = analyse(paths, settings);
  if (!run) throw std::runtime_error(to_line(run.error()));
  std::ostringstream out;
  timeline::write_jsonl(out, timeline::rows_of(run->judged, run->remarks, {}));
  std::istringstream in(out.str());
  const std::regex number("\"row\": ?[0-9]+,? ?");
  std::multiset<std::string> rows;
  for (std::string line; std::getline(in, line);) {
    if (line.find("\"kind\":\"evidence\"") == std::string::npos && line.find("\"kind\": \"evidence\"") == std::string::npos)
      rows.insert(std::regex_replace(line, number, ""));
  }
  return rows;
}

std::multiset<std::string> together(std::multiset<std::string> one, const std::multiset<std::string>& other) {
  one.insert(other.begin(), other.end());
  return one;
}

bool has_code(const std::multiset<std::string>& rows, const std::string& code) {
  return std::ranges::any_of(rows, [&](const std::string& row) { return row.find('"' + code + '"') != std::string::npos; });
}

const std::string kCase = std::string(THREADLINE_SOURCE_DIR) + "/corpus/kit-de-survie/";

/// The honest mails of the case and how it goes on, in the order of time.
Paths story(const std::string& end) {
  Paths paths{kCase + "thread/1-facturation.eml", kCase + "thread/2-reponse.eml", kCase + "thread/3-ok.eml"};
  if (end == "reminder") paths.push_back(kCase + "fraud/4-transfert.eml");
  paths.push_back(kCase + end + "/" +
                  std::map<std::string, std::string>{{"fraud", "4-transfert.eml"},
                                                     {"honest", "4-meme-rib.eml"},
                                                     {"reminder", "5-relance.eml"},
                                                     {"same-account", "4-iban.eml"},
                                                     {"backdated", "4-antidate.eml"}}
                      .at(end));
  return paths;
}

class SplitStory : public testing::TestWithParam<const char*> {};

TEST_P(SplitStory, TwoRunsWithOneMemoryFindWhatOneRunFinds) {
  const Paths all = story(GetParam());
  const std::string own = "meridienne-groupe.example";
  const auto whole = rows_of(all, {}, own);
  for (std::size_t cut = 1; cut < all.size(); ++cut) {
    const RunFolder folder;
    const Paths monday(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(cut));
    const Paths tuesday(all.begin() + static_cast<std::ptrdiff_t>(cut), all.end());
    const auto first = rows_of(monday, folder.store(), own);
    const auto second = rows_of(tuesday, folder.store(), own);
    EXPECT_EQ(together(first, second), whole) << "cut at " << cut;
    EXPECT_EQ(rows_of(tuesday, folder.store(), own), second) << "the same evidence again, cut at " << cut;
    EXPECT_EQ(rows_of(all, folder.store(), own), whole) << "all of it again, cut at " << cut;
  }
}
INSTANTIATE_TEST_SUITE_P(KitDeSurvie, SplitStory, testing::Values("fraud", "honest", "reminder", "same-account", "backdated"),
                         [](const auto& story_info) {
                           std::string name = story_info.param;
                           std::erase(name, '-');
                           return name;
                         });

constexpr const char* kTrueIban = "FR76 1999 8004 1200 0123 4567 850";
constexpr const char* kOtherIban = "FR76 1988 7015 3000 0876 5432 118";

/// A mail without history that asks for a payment to that account.
std::string bill(const RunFolder& folder, const std::string& name, const std::string& from, int day, const std::string& iban) {
  const std::string path = folder.file(name);
  std::ofstream(path, std::ios::binary) << "From: Claire Fournier <" << from << ">\nTo: Marc Acheteur <marc@payer.example>\n"
                                        << "Subject: facture\nDate: " << day << " Mar 2018 10:00:00 +0100\nMessage-ID: <" << name
                                        << "@" << from.substr(from.find('@') + 1)
                                        << ">\n\nBonjour, merci de regler sur notre compte IBAN " << iban << "\n";
  return path;
}

TEST(RememberedRuns, TheFraudAloneIsJudgedByTheHonestMailOfMonday) {
  const RunFolder folder;
  const std::string honest = bill(folder, "1.eml", "claire@fournier-outillage.example", 5, kTrueIban);
  const std::string fraud = bill(folder, "2.eml", "claire@fournier-outi1lage.example", 6, kOtherIban);
  const auto alone = rows_of({fraud}, {}, "payer.example");
  EXPECT_FALSE(has_code(alone, "lookalike_domain") || has_code(alone, "bank_account_changed")) << "nobody is imitated yet";
  rows_of({honest}, folder.store(), "payer.example");
  const auto tuesday = rows_of({fraud}, folder.store(), "payer.example");
  EXPECT_TRUE(has_code(tuesday, "bank_account_changed"));
  EXPECT_TRUE(has_code(tuesday, "lookalike_domain"));
}

TEST(RememberedRuns, TheSuppliersNextBillOfTuesdayIsSilent) {
  const RunFolder folder;
  rows_of({bill(folder, "1.eml", "claire@fournier-outillage.example", 5, kTrueIban)}, folder.store(), "payer.example");
  const auto tuesday =
      rows_of({bill(folder, "2.eml", "claire@fournier-outillage.example", 6, kTrueIban)}, folder.store(), "payer.example");
  EXPECT_FALSE(has_code(tuesday, "bank_account_changed"));
  EXPECT_FALSE(has_code(tuesday, "bank_account_new"));
  EXPECT_FALSE(has_code(tuesday, "lookalike_domain"));
}

/// A reply without links whose quotation names nobody, with that account in what it quotes.
std::string nameless_reply(const RunFolder& folder, const std::string& name, const std::string& iban) {
  const std::string path = folder.file(name);
  std::ofstream(path, std::ios::binary)
      << "From: Claire Fournier <claire@fournier-outillage.example>\nTo: Marc Acheteur <marc@payer.example>\n"
      << "Subject: Re: facture\nDate: 6 Mar 2018 10:00:00 +0100\nMessage-ID: <" << name << "@fournier-outillage.example>\n\n"
      << "Je me permets de vous relancer.\n\n> Bonjour, merci de bien vouloir regler avant la fin du mois\n"
      << "> la livraison des outils de coupe sur notre compte IBAN\n> " << iban << " comme convenu avec Paul hier.\n";
  return path;
}

std::string long_bill(const RunFolder& folder) {
  const std::string path = folder.file("1.eml");
  std::ofstream(path, std::ios::binary)
      << "From: Claire Fournier <claire@fournier-outillage.example>\nTo: Marc Acheteur <marc@payer.example>\n"
      << "Subject: facture\nDate: 5 Mar 2018 10:00:00 +0100\nMessage-ID: <1@fournier-outillage.example>\n\n"
      << "Bonjour, merci de bien vouloir regler avant la fin du mois la livraison des outils de coupe sur notre compte IBAN "
      << kTrueIban << " comme convenu avec Paul hier.\n";
  return path;
}

TEST(RememberedRuns, AQuotationThatNamesNobodyIsKnownAgainByItsWords) {
  for (const auto& [iban, altered] : {std::pair{kOtherIban, true}, {kTrueIban, false}}) {
    const RunFolder folder;
    const std::string honest = long_bill(folder), reply = nameless_reply(folder, "2.eml", iban);
    const auto whole = rows_of({honest, reply}, {}, "payer.example");
    EXPECT_EQ(has_code(whole, "quoted_history_altered"), altered);
    EXPECT_FALSE(has_code(whole, "fake_reply"));
    const auto first = rows_of({honest}, folder.store(), "payer.example");
    EXPECT_EQ(together(first, rows_of({reply}, folder.store(), "payer.example")), whole);
  }
}

/// What was judged with less evidence is judged anew when the rest comes, in whatever order the parts came.
TEST(RememberedRuns, EvidenceThatComesLateChangesWhatWasLearntBefore) {
  const RunFolder folder;
  const Paths all = story("reminder");
  const auto whole = rows_of(all, {});
  Paths backwards(all.rbegin(), all.rend());
  for (const std::string& path : backwards) rows_of({path}, folder.store());
  EXPECT_EQ(rows_of(all, folder.store()), whole);
}

TEST(RememberedRuns, AStoreThatFailsEndsTheRunWithItsError) {
  const RunFolder folder;
  RunSettings settings;
  memory::StoreSettings impatient;
  impatient.busy_ms = 10;
  const auto holder = opened(folder.store());
  settings.memory = *memory::open_file_store(folder.store(), impatient);
  memory::Learnt learnt;
  learnt.disputed_domains = {"x.example"};
  holder->learn(learnt);
  const auto run = analyse({kCase + "thread"}, settings);
  ASSERT_FALSE(run);
  EXPECT_NE(run.error().what.find("locked"), std::string::npos);
}

}  // namespace
}  // namespace threadline::pipeline
