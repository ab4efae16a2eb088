// SPDX-License-Identifier: Apache-2.0
// What only a store in a file can do wrong: versions, damage, other programs, crashes.
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "memory/history.h"
#include "memory/opened_store.h"
#include "memory/upkeep.h"

namespace threadline::memory {
namespace {

using history::Message;

std::string error_of(const std::string& path, const StoreSettings& settings = {}) {
  const auto store = open_file_store(path, settings);
  return store ? "opened" : to_line(store.error());
}

void write_file(const std::string& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

void run_sql(const std::string& path, const char* sql) {
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &handle), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(handle);
  sqlite3_close(handle);
}

TEST(FileStore, IsReadableByItsOwnerAlone) {
  const StoreFolder folder;
  opened(folder.file());
  struct stat status {};
  ASSERT_EQ(::stat(folder.file().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

std::unique_ptr<Store> passing(const StoreFolder& folder) {
  auto store = open_passing_store(folder.file("").substr(0, folder.file("").size() - 1));
  EXPECT_TRUE(store) << (store ? "" : to_line(store.error()));
  return store ? *std::move(store) : nullptr;
}

TEST(FileStore, OneThatPassesHasNoNameInItsFolder) {
  const StoreFolder folder;
  {
    const auto store = passing(folder);
    for (int number = 1; number < 300; ++number) store->learn(Message(number, number, "ann@firm.example").learnt());
    ASSERT_TRUE(store->commit());
    store->as_of_now({});
    EXPECT_EQ(store->correspondent("ann@firm.example")->messages, 299U);
    EXPECT_TRUE(std::filesystem::is_empty(folder.file("")));
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.file("")));
}

TEST(FileStore, OneThatPassesAnswersAsOneInMemoryDoes) {
  for (std::uint32_t seed = 61; seed <= 66; ++seed) {
    const StoreFolder folder;
    auto all = history::made_up(seed, 120);
    std::ranges::stable_sort(all, {}, [](const Learnt& one) { return std::pair(one.known_at.seconds, one.facts->sha256); });
    const auto in_file = passing(folder), held = in_memory();
    for (const Learnt& one : all) {
      in_file->as_of(history::before(one));
      ASSERT_EQ(history::answers(*in_file), history::answers(*held)) << "seed " << seed << " before " << one.facts->message_id;
      in_file->learn(one);
      held->learn(one);
    }
    in_file->as_of_now({});
    EXPECT_EQ(history::answers(*in_file), history::answers(*held));
    EXPECT_TRUE(in_file->commit());
  }
}

TEST(FileStore, OneThatPassesKnowsTheFirstOfTooManyThingsAsOneInMemoryDoes) {
  const StoreFolder folder;
  auto all = history::crowd(120);
  std::ranges::stable_sort(all, {}, [](const Learnt& one) { return std::pair(one.known_at.seconds, one.facts->sha256); });
  const auto in_file = passing(folder), held = in_memory();
  for (std::size_t at = 0; at < all.size(); ++at) {
    if (at % 50 == 0) {
      ASSERT_EQ(history::crowd_answers(*in_file), history::crowd_answers(*held)) << at;
    }
    in_file->learn(all[at]);
    held->learn(all[at]);
  }
  EXPECT_EQ(history::crowd_answers(*in_file), history::crowd_answers(*held));
}

/// 20,000 people are in memory at once (people.cc).
TEST(FileStore, OneThatPassesKnowsWhomItNoLongerHolds) {
  constexpr int kPeople = 20'100;
  const StoreFolder folder;
  const auto store = passing(folder);
  const auto address = [](int number) { return "person" + std::to_string(number) + "@firm.example"; };
  for (int number = 1; number <= 2 * kPeople; ++number) {
    store->as_of(history::at(number - 1));
    store->learn(Message(number, number, address(number % kPeople)).habit("client", "Mailer").learnt());
  }
  store->as_of_now({});
  for (const int number : {0, 1, 7'000, kPeople - 1}) {
    const Correspondent* person = store->correspondent(address(number));
    ASSERT_NE(person, nullptr) << number;
    EXPECT_EQ(person->messages, 2U);
    EXPECT_EQ(person->habits.told.at("client"), 2U);
  }
}

TEST(FileStore, WhatSomebodyWaitsForIsCopiedIntoTheFileByAThread) {
  const StoreFolder folder;
  const auto store = opened(folder.file(), {.is_awaited = true});
  const auto before = bytes_of(folder.file()).size();
  for (const Learnt& one : history::made_up(53, 100)) learn(*store, one);
  EXPECT_EQ(bytes_of(folder.file()).size(), before);  // it is in the write-ahead log
  for (int tenth = 0; tenth < 600 && bytes_of(folder.file()).size() == before; ++tenth)
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_GT(bytes_of(folder.file()).size(), before);
}

TEST(FileStore, AForeignFileIsRefusedAndLeftAsItIs) {
  const StoreFolder folder;
  write_file(folder.file("text"), std::string(5'000, 'x'));
  EXPECT_NE(error_of(folder.file("text")).find(folder.file("text") + ": is no store of threadline"), std::string::npos);
  EXPECT_EQ(bytes_of(folder.file("text")), std::string(5'000, 'x'));
  run_sql(folder.file("other.db"), "CREATE TABLE mine (a); INSERT INTO mine VALUES (1)");
  const std::string before = bytes_of(folder.file("other.db"));
  EXPECT_NE(error_of(folder.file("other.db")).find("of another program"), std::string::npos);
  EXPECT_EQ(bytes_of(folder.file("other.db")), before);
  EXPECT_NE(error_of("/tmp").find("is no file"), std::string::npos);
}

/// As SQLite leaves a store that was killed within the commit of its tables, once the rollback journal is played back.
TEST(FileStore, AStoreThatWasKilledWhileItWasMadeIsMade) {
  const StoreFolder folder;
  run_sql(folder.file(), "PRAGMA application_id = 0x5448526d");
  EXPECT_EQ(opened(folder.file())->messages(), 0U);
  EXPECT_EQ(error_of(folder.file()), "opened");
}

TEST(FileStore, ANewerVersionIsRefusedWithBothNumbers) {
  const StoreFolder folder;
  opened(folder.file());
  run_sql(folder.file(), "PRAGMA user_version = 99");
  EXPECT_NE(error_of(folder.file()).find("the store is of version 99, this program knows 4"), std::string::npos);
  EXPECT_FALSE(migrate_file_store(folder.file(), {}));
}

TEST(FileStore, AnOlderVersionIsMigratedOnRequestAlone) {
  const StoreFolder folder;
  learn(*opened(folder.file()), Message(1, 10, "ann@firm.example").learnt());
  run_sql(folder.file(), "DROP TABLE access; DROP TABLE mailbox; PRAGMA user_version = 1");
  EXPECT_NE(error_of(folder.file()).find("threadline memory migrate"), std::string::npos);
  const auto steps = migrate_file_store(folder.file(), {"2024-01-01T00:00:00Z", "me", "memory migrate"});
  ASSERT_TRUE(steps) << to_line(steps.error());
  ASSERT_EQ(steps->size(), 3U);
  EXPECT_EQ(steps->front().substr(0, 8), "1 -> 2: ");
  EXPECT_EQ(steps->back().substr(0, 8), "3 -> 4: ");
  EXPECT_EQ(opened(folder.file())->messages(), 1U);
  EXPECT_TRUE(migrate_file_store(folder.file(), {})->empty());
}

TEST(FileStore, DamageIsToldWithTheFilesName) {
  const StoreFolder folder;
  {
    const auto store = opened(folder.file());
    for (const Learnt& one : history::made_up(61, 300)) store->learn(one);
    ASSERT_TRUE(store->commit());
  }
  std::string bytes = bytes_of(folder.file());
  for (std::size_t at = 4'096; at < bytes.size(); ++at) bytes[at] = '\x5a';
  write_file(folder.file(), bytes);
  EXPECT_NE(error_of(folder.file()).find(folder.file() + ": the store: "), std::string::npos);
  EXPECT_EQ(bytes_of(folder.file()), bytes);
}

TEST(FileStore, WhatIsNotThereIsNotMadeForAReader) {
  const StoreFolder folder;
  StoreSettings settings;
  settings.may_write = false;
  EXPECT_NE(error_of(folder.file(), settings).find("there is no such store"), std::string::npos);
  EXPECT_NE(error_of(folder.file("no/such/folder.db")).find("cannot be made"), std::string::npos);
}

TEST(FileStore, ACrashLeavesWhatTheLastCommitLeft) {
  const StoreFolder folder;
  learn(*opened(folder.file()), Message(1, 10, "ann@firm.example").learnt());
  const pid_t child = ::fork();
  if (child == 0) {
    const auto store = open_file_store(folder.file(), {});
    (*store)->learn(Message(2, 20, "ann@firm.example").learnt());
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
  const auto store = opened(folder.file());
  EXPECT_EQ(store->messages(), 1U);
  store->as_of_now({});
  EXPECT_EQ(store->correspondent("ann@firm.example")->messages, 1U);
}

TEST(FileStore, OneWritesWhileOthersReadAndSeeItAtTheirNextQuestion) {
  const StoreFolder folder;
  const auto writer = opened(folder.file()), reader = opened(folder.file());
  reader->as_of_now({});
  writer->learn(Message(1, 10, "ann@firm.example").learnt());
  reader->as_of_now({});
  EXPECT_EQ(reader->correspondent("ann@firm.example"), nullptr);
  ASSERT_TRUE(writer->commit());
  reader->as_of_now({});
  ASSERT_NE(reader->correspondent("ann@firm.example"), nullptr);
  EXPECT_EQ(reader->domains().size(), 1U);
  writer->learn(Message(2, 20, "ann@firm.example").disputes("ann@firm.example", "firm.example").learnt());
  ASSERT_TRUE(writer->commit());
  reader->as_of_now({});
  EXPECT_TRUE(reader->is_disputed_address("ann@firm.example"));
  EXPECT_TRUE(history::undisputed_domains(*reader).empty());
}

TEST(FileStore, WhoOnlyReadsIsToldOfMessagesThatComeLate) {
  const StoreFolder folder;
  {
    const auto store = opened(folder.file());
    store->as_of_now({});
    learn(*store, Message(1, 100, "ann@firm.example").learnt());
  }
  StoreSettings settings;
  settings.may_write = false;
  const auto reader = opened(folder.file(), settings);
  reader->as_of_now({});
  ASSERT_EQ(reader->domains().size(), 1U);
  learn(*opened(folder.file()), Message(2, 50, "bob@other.example").learnt());
  reader->as_of_now({});
  EXPECT_EQ(reader->domains().size(), 2U);
  EXPECT_TRUE(reader->commit());
}

TEST(FileStore, TwoThatSumUpDomainsInOtherOrdersLeaveTheSumsOfOne) {
  const StoreFolder folder;
  const auto of_firm = [](int firm, int number, std::int64_t seconds) {
    return Message(number, seconds, "ann@firm" + std::to_string(firm) + ".example").learnt();
  };
  {
    const auto store = opened(folder.file());
    store->as_of_now({});
    for (int firm = 1; firm < 5; ++firm) learn(*store, of_firm(firm, firm, 100 - firm));
  }
  auto one = opened(folder.file()), other = opened(folder.file());
  one->as_of_now({});
  other->as_of(history::at(1));  // before what was summed up: it sums up anew, in the order of dates
  other->as_of_now({});
  learn(*other, of_firm(9, 9, 1'500));
  other.reset();
  one->as_of_now({});
  learn(*one, of_firm(1, 20, 2'000));
  one.reset();
  const auto store = opened(folder.file());
  store->as_of_now({});
  std::vector<std::string> known;
  for (const View::KnownDomain& one_known : store->domains())
    known.push_back(one_known.domain + " " + std::to_string(one_known.messages));
  std::ranges::sort(known);
  const std::vector<std::string> expected{"firm1.example 2", "firm2.example 1", "firm3.example 1", "firm4.example 1",
                                          "firm9.example 1"};
  EXPECT_EQ(known, expected);
}

TEST(FileStore, AnAccountOfVeryManySidesIsAskedForAndTheStoreIsStillBroughtUpToDate) {
  constexpr int kSides = 70;
  const StoreFolder folder;
  const auto one = opened(folder.file()), other = opened(folder.file());
  for (int side = 0; side < kSides; ++side)
    one->learn(Message(side, 10 + side, "ann@firm" + std::to_string(side) + ".example").account("SHARED1").learnt());
  ASSERT_TRUE(one->commit());
  other->as_of_now({});
  EXPECT_EQ(other->accounts_with_key("iban:SHARED1").size(), 20U);
  learn(*one, Message(100, 100, "bob@other.example").learnt());
  other->as_of_now({});
  EXPECT_NE(other->correspondent("bob@other.example"), nullptr);
  learn(*other, Message(101, 101, "bob@other.example").learnt());
  EXPECT_EQ(other->messages(), kSides + 2U);
}

TEST(FileStore, ALockThatIsHeldTooLongIsAClearError) {
  const StoreFolder folder;
  StoreSettings impatient;
  impatient.busy_ms = 50;
  const auto writer = opened(folder.file());
  const auto other = opened(folder.file(), impatient);
  writer->learn(Message(1, 10, "ann@firm.example").learnt());
  other->learn(Message(2, 20, "ann@firm.example").learnt());
  const auto refused = other->commit();
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().what.find("locked by another program"), std::string::npos);
  EXPECT_TRUE(writer->commit());
  EXPECT_EQ(writer->messages(), 1U);
}

TEST(FileStore, WhatWasLearntWithoutAPolicyIsFoundUnderOne) {
  const StoreFolder folder;
  const auto store = opened(folder.file());
  store->learn(Message(1, 10, "ann@firm.example").account("X1").learnt());
  policy::Policy policy;
  policy::Party party;
  party.name = "The Firm";
  party.domains = {"thefirm.example", "firm.example"};
  policy.counterparties = {party};
  store->take_sides(policy);
  store->as_of_now({});
  const auto accounts = store->accounts_of("party:The Firm");
  ASSERT_EQ(accounts.size(), 1U);
  EXPECT_EQ(accounts[0].side, "party:The Firm");
  EXPECT_EQ(store->correspondent("ann@firm.example")->side, "party:The Firm");
  EXPECT_EQ(store->by_message_id("<1@mail.example>")->presented.at(0).second, "party:The Firm");
}

}  // namespace
}  // namespace threadline::memory
