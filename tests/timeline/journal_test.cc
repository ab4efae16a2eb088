// SPDX-License-Identifier: Apache-2.0
// The journal as docs/journal.md promises it: whatever is done to its lines, verify names the first broken entry.
#include "timeline/journal/journal.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include "base/sha256.h"
#include "timeline/journal/case.h"
#include "timeline/journal/record.h"
#include "timeline/journal/verify.h"

namespace threadline::timeline::journal {
namespace {

namespace fs = std::filesystem;

const Stamp kStamp{"2018-04-05T12:35:00Z", "M. S\u00e9curit\u00e9"};

/// A case of an opening and five actions: six entries.
class Journal : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = (fs::path(::testing::TempDir()) / (std::to_string(::getpid()) + test->name())).string();
    fs::remove_all(folder_);
    ASSERT_TRUE(open_case(folder_, {"RIB", {"firm.example"}, Language::fr, "Europe/Paris"}, {{"threadline", "1"}}, kStamp));
    for (int number = 1; number <= 5; ++number) add("action " + std::to_string(number));
  }
  void TearDown() override { fs::remove_all(folder_); }

  void add(const std::string& action) const {
    Written written;
    written.action = action;
    ASSERT_TRUE(write_row(folder_, written, kStamp));
  }

  [[nodiscard]] std::string bytes() const {
    std::ifstream in(journal_path(folder_), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  [[nodiscard]] std::vector<std::string> lines() const {
    std::vector<std::string> found;
    std::ifstream in(journal_path(folder_), std::ios::binary);
    for (std::string line; std::getline(in, line);) found.push_back(line);
    return found;
  }
  void write_lines(const std::vector<std::string>& all) const {
    std::ofstream out(journal_path(folder_), std::ios::binary | std::ios::trunc);
    for (const std::string& line : all) out << line << '\n';
  }
  [[nodiscard]] Verified verified(const std::string& head = {}) const {
    auto result = verify(folder_, head);
    EXPECT_TRUE(result);
    return result.value_or(Verified{});
  }
  /// The first broken entry after that was done to the lines; 0: none.
  [[nodiscard]] std::uint64_t broken_after(const std::function<void(std::vector<std::string>&)>& change) const {
    auto all = lines();
    change(all);
    write_lines(all);
    const Verified found = verified();
    return found.first ? found.first->entry : 0;
  }
  [[nodiscard]] std::vector<std::string> actions() const {
    std::vector<std::string> texts;
    const auto known = Case::read(folder_);
    EXPECT_TRUE(known);
    if (known) known->each_row(Tab::actions, Language::fr, [&](const ShownRow& shown) { texts.push_back(shown.row.action); });
    return texts;
  }

  std::string folder_;
};

void replace(std::string& text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, from.size(), to);
}

TEST_F(Journal, AnUntouchedChainIsWhole) {
  const Verified found = verified();
  EXPECT_FALSE(found.first);
  EXPECT_EQ(found.head.seq, 6U);
  EXPECT_EQ(found.head.hash, sha256_hex("threadline journal 1 line\n" + lines().back()));
}

TEST_F(Journal, ALineIsSortedJsonWithoutBlanksThatCarriesTheHashOfTheLineBefore) {
  const auto all = lines();
  const std::string prev = sha256_hex("threadline journal 1 line\n" + all[0]);
  EXPECT_EQ(all[1], R"({"at":"2018-04-05T12:35:00Z","body":{"action":"action 1","tab":"actions"},"by":")" + kStamp.by +
                        R"(","prev":")" + prev + R"(","seq":2,"type":"add","v":1})");
}

TEST_F(Journal, AnEmptiedOneIsNotWhole) {
  const auto all = lines();
  write_lines({});
  const Verified found = verified();
  ASSERT_TRUE(found.first) << "case init writes an entry";
  EXPECT_EQ(found.first->what, Fault::What::empty);
  EXPECT_NE(sentence_of(*found.first, Language::en).find("has no entry"), std::string::npos);
  write_lines({all.front()});
  EXPECT_FALSE(verified().first) << "the entry of case init alone is a whole chain";
}

TEST_F(Journal, AnEditedLineIsNamed) {
  EXPECT_EQ(broken_after([](auto& all) { replace(all[2], "action 2", "action X"); }), 3U);
}

TEST_F(Journal, ADeletedLineIsNamed) {
  EXPECT_EQ(broken_after([](auto& all) { all.erase(all.begin() + 2); }), 3U);
}

TEST_F(Journal, TheFirstLineDeletedIsNamed) {
  EXPECT_EQ(broken_after([](auto& all) { all.erase(all.begin()); }), 1U);
}

TEST_F(Journal, SwappedLinesAreNamed) {
  EXPECT_EQ(broken_after([](auto& all) { std::swap(all[2], all[3]); }), 3U);
}

TEST_F(Journal, ATruncatedLineIsNamed) {
  EXPECT_EQ(broken_after([](auto& all) { all[2].resize(all[2].size() / 2); }), 3U);
}

TEST_F(Journal, ALineWithBlanksIsNotCanonical) {
  EXPECT_EQ(broken_after([](auto& all) { replace(all[4], "\"seq\":5", "\"seq\": 5"); }), 5U);
}

TEST_F(Journal, ALineThatIsInsertedIsNamed) {
  EXPECT_EQ(broken_after([](auto& all) { all.insert(all.begin() + 3, all[3]); }), 5U);
}

TEST_F(Journal, DeepNestingInALineIsAFaultNotACrash) {
  EXPECT_EQ(broken_after([](auto& all) { all[3] = std::string(1'000'000, '[') + std::string(1'000'000, ']'); }), 4U);
}

TEST_F(Journal, ACutTailIsSeenOnlyAgainstAHeadThatWasWrittenDown) {
  const std::string head = verified().head.hash;
  EXPECT_EQ(verified(head).noted_at, 6U);
  EXPECT_EQ(broken_after([](auto& all) { all.resize(4); }), 0U);
  EXPECT_FALSE(verified(head).noted_at);
}

TEST_F(Journal, AHeadWrittenDownEarlierStillHoldsWhenEntriesWereAdded) {
  const std::string head = verified().head.hash;
  add("later");
  const Verified found = verified(head);
  EXPECT_EQ(found.noted_at, 6U);
  EXPECT_EQ(found.head.seq, 7U);
}

TEST_F(Journal, ATornLastLineIsReportedThenKeptAsideAndSaid) {
  const std::string whole = bytes();
  const std::string torn = whole.substr(whole.rfind('\n', whole.size() - 2) + 1, 40);
  std::ofstream(journal_path(folder_), std::ios::binary | std::ios::app) << torn;
  EXPECT_EQ(verified().torn_bytes, torn.size());
  EXPECT_FALSE(verified().first);
  add("after the crash");
  const Verified found = verified();
  EXPECT_FALSE(found.first);
  EXPECT_EQ(found.torn_bytes, 0U);
  EXPECT_EQ(found.head.seq, 8U);  // what was put aside, and the action
  EXPECT_TRUE(found.bad_files.empty());
  std::ifstream kept(folder_ + "/torn/" + sha256_hex(torn) + ".bin", std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(kept), {}), torn);
  EXPECT_TRUE(bytes().starts_with(whole));
}

TEST_F(Journal, NothingIsAddedBehindALastLineThatIsNoEntry) {
  std::ofstream(journal_path(folder_), std::ios::binary | std::ios::app) << "{}\n";
  const std::string before = bytes();
  Written written;
  written.action = "x";
  EXPECT_FALSE(write_row(folder_, written, kStamp));
  EXPECT_EQ(bytes(), before);
}

class BrokenJournal : public Journal {
 protected:
  /// Entry 3 is no longer what the line behind it saw.
  void SetUp() override {
    Journal::SetUp();
    edit(2);
  }
  void edit(std::size_t line) const {
    auto all = lines();
    replace(all[line], "action ", "Action ");
    write_lines(all);
  }
  [[nodiscard]] Result<Head> note(bool despite) const {
    Stamp stamp = kStamp;
    stamp.despite_broken_chain = despite;
    return note_row(folder_, 2, "a note", stamp);
  }
};

TEST_F(BrokenJournal, IsNotWrittenToAndTheErrorNamesTheEntryAndTheWayOut) {
  const std::string before = bytes();
  const auto refused = note(false);
  ASSERT_FALSE(refused);
  EXPECT_EQ(bytes(), before);
  EXPECT_NE(refused.error().what.find("broken at entry 3"), std::string::npos) << refused.error().what;
  EXPECT_NE(refused.error().hint.find("--despite-broken-chain"), std::string::npos);
}

TEST_F(BrokenJournal, IsWrittenToWhenAskedAndSaysSoOnce) {
  ASSERT_TRUE(note(true));
  EXPECT_NE(lines()[6].find(R"("type":"broken")"), std::string::npos) << lines()[6];
  EXPECT_NE(lines()[7].find(R"("type":"note")"), std::string::npos);
  ASSERT_TRUE(note(false)) << "what is recorded needs no flag again";
  const Verified found = verified();
  ASSERT_TRUE(found.first) << "it stays broken";
  EXPECT_EQ(found.first->entry, 3U);
  EXPECT_EQ(found.known_since, 7U);
  EXPECT_EQ(found.head.seq, 9U);
  EXPECT_EQ(found.more, 0U);
}

TEST_F(BrokenJournal, AFaultThatCameLaterIsNotThatOne) {
  ASSERT_TRUE(note(true));
  edit(4);
  EXPECT_FALSE(note(false));
  ASSERT_TRUE(note(true));
  EXPECT_TRUE(note(false));
  EXPECT_EQ(verified().more, 1U);
}

TEST_F(BrokenJournal, ALastLineThatIsNoEntryCanBeWrittenBehindToo) {
  std::ofstream(journal_path(folder_), std::ios::binary | std::ios::app) << "{}\n";
  EXPECT_FALSE(note(false));
  ASSERT_TRUE(note(true));
  EXPECT_EQ(verified().head.seq, 10U);  // six, the line that is none, two that say what was found, the note
  EXPECT_EQ(verified().more, 1U);
}

TEST_F(Journal, ACaseIsNeverBegunAnew) {
  const std::string before = bytes();
  EXPECT_FALSE(open_case(folder_, {}, {}, kStamp));
  EXPECT_EQ(bytes(), before);
}

TEST_F(Journal, TwoWritersAtOnceBothKeepAllTheirEntries) {
  constexpr int kWriters = 4;
  constexpr int kEach = 50;
  for (int writer = 0; writer < kWriters; ++writer) {
    if (::fork() != 0) continue;
    bool all = true;
    for (int number = 0; number < kEach; ++number)
      all = note_row(folder_, 2, std::to_string(writer) + "/" + std::to_string(number), kStamp).has_value() && all;
    ::_exit(all ? 0 : 1);
  }
  for (int writer = 0; writer < kWriters; ++writer) {
    int status = 1;
    ::wait(&status);
    EXPECT_EQ(status, 0);
  }
  const Verified found = verified();
  EXPECT_FALSE(found.first);
  EXPECT_EQ(found.head.seq, 6U + kWriters * kEach);
}

TEST_F(Journal, AStruckRowStaysAndTheReasonIsAnActionOfItsOwn) {
  ASSERT_TRUE(strike_row(folder_, 3, "doublon", kStamp));
  const auto known = Case::read(folder_);
  ASSERT_TRUE(known);
  std::string why;
  known->each_row(Tab::actions, Language::fr, [&](const ShownRow& shown) {
    if (shown.row.row == 3 && shown.struck) why = shown.struck->text;
  });
  EXPECT_EQ(why, "doublon");
  EXPECT_EQ(actions().back(), "Ligne 3 barr\u00e9e");
}

TEST_F(Journal, AFileIsKeptUnderItsDigestAndAChangeOfItIsNamed) {
  const std::string path = folder_ + "/mail.eml";
  std::ofstream(path, std::ios::binary) << "From: a@firm.example\n\n";
  const auto kept = keep_file(folder_, path);
  ASSERT_TRUE(kept);
  ASSERT_TRUE(attach_file(folder_, *kept, kStamp));
  const std::string copy = folder_ + "/evidence/" + kept->sha256;
  struct stat status {};
  ASSERT_EQ(::stat(copy.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0444U);
  EXPECT_TRUE(verified().bad_files.empty());
  ::chmod(copy.c_str(), 0644);
  std::ofstream(copy, std::ios::app) << "x";
  EXPECT_EQ(verified().bad_files, std::vector<std::string>{"evidence/" + kept->sha256});
}

TEST_F(Journal, WhoWritesDownAnEventDidNotDoIt) {
  Written event;
  event.tab = Tab::timeline;
  event.payment = Payment{"48 650,00 EUR", {}, {}, {}, {}};
  ASSERT_TRUE(write_row(folder_, event, kStamp));
  const auto known = Case::read(folder_);
  ASSERT_TRUE(known);
  known->each_row(Tab::timeline, Language::en, [&](const ShownRow& shown) {
    EXPECT_EQ(shown.row.actor, "(actor not stated)");
    EXPECT_EQ(shown.row.source, "entered by " + kStamp.by);
  });
}

TEST_F(Journal, APaymentTellsItsAmountAndAccountsWhereverTheyAreNotInTheAction) {
  Written made;
  made.tab = Tab::timeline;
  made.payment = Payment{"48 650,00 EUR", "FR7630006000011234567890189", "PL61109010140000071219812874", "VIR-118", "no match"};
  ASSERT_TRUE(write_row(folder_, made, kStamp));
  made.action = "Virement ex\u00e9cut\u00e9";
  ASSERT_TRUE(write_row(folder_, made, kStamp));
  std::vector<std::pair<std::string, std::string>> rows;
  const auto known = Case::read(folder_);
  ASSERT_TRUE(known);
  known->each_row(Tab::timeline, Language::en,
                  [&](const ShownRow& shown) { rows.emplace_back(shown.row.action, shown.row.comment); });
  ASSERT_EQ(rows.size(), 2U);
  for (const std::string fact : {"48 650,00 EUR", "FR7630006000011234567890189", "PL61109010140000071219812874"}) {
    EXPECT_NE(rows[0].first.find(fact), std::string::npos) << fact;
    EXPECT_EQ(rows[0].second.find(fact), std::string::npos) << "once";
    EXPECT_NE(rows[1].second.find(fact), std::string::npos) << fact;
  }
}

TEST_F(Journal, AnEventWithoutATimeStandsLastAndHasNone) {
  Written event;
  event.tab = Tab::timeline;
  event.action = "undated";
  ASSERT_TRUE(write_row(folder_, event, kStamp));
  event.action = "dated";
  event.time = "2018-04-05T10:37:00+02:00";
  event.known_at = "2018-04-05T08:37:00Z";
  ASSERT_TRUE(write_row(folder_, event, kStamp));
  std::vector<std::pair<std::string, bool>> rows;
  const auto known = Case::read(folder_);
  ASSERT_TRUE(known);
  known->each_row(Tab::timeline, Language::en,
                  [&](const ShownRow& shown) { rows.emplace_back(shown.row.action, shown.row.time.has_value()); });
  EXPECT_EQ(rows, (std::vector<std::pair<std::string, bool>>{{"dated", true}, {"undated", false}}));
}

}  // namespace
}  // namespace threadline::timeline::journal
