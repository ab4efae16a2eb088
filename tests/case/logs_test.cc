// SPDX-License-Identifier: Apache-2.0
// The day of the case with its logs: who signed in, which rule hid what, which mails were read, and the answer that is gone.
#include <gtest/gtest.h>

#include <algorithm>

#include "pipeline/analysis.h"
#include "timeline/log_story.h"
#include "told.h"

namespace threadline::kit_de_survie {
namespace {

std::string folder(const std::string& name) { return (kCase / name).string(); }

/// "09:06 action | code severity" of log rows and their findings, in the rows' order.
std::vector<std::string> told_by_logs(const Told& told) {
  std::vector<std::string> lines;
  for (const Row& row : told.rows) {
    const bool is_of_log = row.kind == "log" || (row.kind == "finding" && row.time_basis == "log");
    if (!is_of_log || !row.time) continue;
    lines.push_back(row.time->substr(11, 5) + " " + (row.kind == "log" ? row.action : row.code + " " + row.severity));
  }
  return lines;
}

bool in_order(const std::vector<std::string>& lines, const std::vector<std::string>& expected) {
  auto from = lines.begin();
  for (const std::string& one : expected) {
    from = std::find(from, lines.end(), one);
    if (from == lines.end()) {
      ADD_FAILURE() << "missing, or out of order: " << one << "\n" << ::testing::PrintToString(lines);
      return false;
    }
  }
  return true;
}

class LogsOfTheDay : public ::testing::TestWithParam<unsigned> {};

TEST_P(LogsOfTheDay, TellOneStoryWithTheMails) {
  const Told told = tell({folder("thread"), folder("fraud"), folder("logs/attack")}, GetParam());
  const auto lines = told_by_logs(told);
  in_order(lines, {"11:03 Connexion", "11:06 R\u00e8gle de messagerie cr\u00e9\u00e9e ou modifi\u00e9e : \u00ab . \u00bb",
                   "11:08 Consultation de 1 mail(s)", "11:09 Consultation de 2 mail(s)",
                   "11:45 Mail remis \u00e0 p.quidoitpayer@meridienne-groupe.example (de f.lecomptable@meridiene-groupe.example)",
                   "11:52 Consultation de 1 mail(s)", "12:05 Envoi d'un mail", "12:21 Suppression de mail(s) (HardDelete)"});
  for (const char* code :
       {"11:03 login_new_place high", "11:03 login_bruteforce_then_success high", "11:06 inbox_rule_hides high",
        "11:08 thread_read_by high", "11:45 delivered_elsewhere high", "12:05 mail_absent low"})
    EXPECT_NE(std::ranges::find(lines, code), lines.end()) << code;
  EXPECT_EQ(std::ranges::count_if(told.rows, [](const Row& row) { return row.kind == "message"; }), 5) << "logs change no mail";
}

TEST_P(LogsOfTheDay, FourMailsOfTheConversationWereReadFromTheForeignAddress) {
  const Told told = tell({folder("thread"), folder("fraud"), folder("logs/attack")}, GetParam());
  const auto reading =
      std::ranges::find_if(told.rows, [](const Row& row) { return row.code == "thread_read_by" && row.severity == "high"; });
  ASSERT_NE(reading, told.rows.end());
  EXPECT_NE(reading->comment.find("4 mail(s)"), std::string::npos) << reading->comment;
  EXPECT_NE(reading->comment.find("203.0.113.77"), std::string::npos) << reading->comment;
  EXPECT_NE(reading->actor.find("utilisateur \u00e0 \u00e9tablir"), std::string::npos)
      << "an account is named, not a person: " << reading->actor;
  EXPECT_TRUE(std::ranges::any_of(told.rows, [&](const Row& row) { return row.kind == "log" && row.id == reading->about; }));
}

TEST_P(LogsOfTheDay, AnAccountantWhoTravelsRaisesNothingAboveLow) {
  const Told told = tell({folder("thread"), folder("honest"), folder("logs/travel")}, GetParam());
  for (const Row& row : told.rows) {
    if (row.kind == "finding") {
      EXPECT_TRUE(row.severity == "info" || row.severity == "low") << row.code << " " << row.severity << " " << row.comment;
    }
  }
  const auto lines = told_by_logs(told);
  EXPECT_NE(std::ranges::find(lines, "08:31 login_new_place low"), lines.end());
  EXPECT_EQ(std::ranges::count_if(lines, [](const std::string& line) { return line.find("inbox_rule") != std::string::npos; }),
            0);
}

TEST(LogsOfTheDayStory, ASessionIsFollowedInOrder) {
  pipeline::RunSettings settings;
  settings.policy.own.domains = {Reader{}.own_domain};
  const auto run = pipeline::analyse({folder("thread"), folder("fraud"), folder("logs/attack")}, settings);
  ASSERT_TRUE(run);
  const std::string story = timeline::session_stories(run->logged, timeline::Language::en);
  std::size_t at = 0;
  for (const char* words : {"Session of p.quidoitpayer@meridienne-groupe.example", "203.0.113.77", "Sign-in",
                            "Inbox rule created", "Reading of 1 mail(s)", "Deletion of mail(s)"}) {
    const std::size_t found = story.find(words, at);
    EXPECT_NE(found, std::string::npos) << words << "\n" << story;
    if (found != std::string::npos) at = found;
  }
  const auto travel = pipeline::analyse({folder("thread"), folder("honest"), folder("logs/travel")}, settings);
  ASSERT_TRUE(travel);
  EXPECT_EQ(timeline::session_stories(travel->logged, timeline::Language::en), "");
}

INSTANTIATE_TEST_SUITE_P(HereAndInWorkers, LogsOfTheDay, ::testing::Values(0U, 2U));

}  // namespace
}  // namespace threadline::kit_de_survie
