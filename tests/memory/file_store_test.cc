// SPDX-License-Identifier: Apache-2.0
// What only a store in a file can do wrong: versions, damage, other programs, crashes, bytes that stay behind.
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <thread>

#include "memory/any_order.h"
#include "memory/file_store.h"
#include "memory/history.h"
#include "memory/kept_message.h"
#include "memory/keyed_hash.h"
#include "memory/store_folder.h"
#include "memory/upkeep.h"

namespace threadline::memory {
namespace {

using history::Message;

std::unique_ptr<FileStore> opened(const std::string& path, const StoreSettings& settings = {}) {
  auto store = open_file_store(path, settings);
  EXPECT_TRUE(store) << (store ? "" : to_line(store.error()));
  return store ? *std::move(store) : nullptr;
}

std::string error_of(const std::string& path, const StoreSettings& settings = {}) {
  const auto store = open_file_store(path, settings);
  return store ? "opened" : to_line(store.error());
}

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const std::string& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

void run_sql(const std::string& path, const char* sql) {
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &handle), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(handle);
  sqlite3_close(handle);
}

/// Whether the words stand anywhere in the file or beside it.
bool holds_bytes(const std::string& path, const std::string& words) {
  for (const std::string& file : {path, path + "-wal", path + "-journal"}) {
    if (bytes_of(file).find(words) != std::string::npos) return true;
  }
  return false;
}

void learn(Store& store, const Learnt& learnt) {
  store.learn(learnt);
  ASSERT_TRUE(store.commit());
}

/// The reference vectors of SipHash-2-4 (Aumasson and Bernstein 2012, appendix A): key 00 01 ... 0f, input 00 01 ... 0e.
TEST(KeyedHash, IsSipHash) {
  KeyedHash::Key key;
  std::string input;
  for (std::size_t at = 0; at < key.size(); ++at) key[at] = static_cast<std::uint8_t>(at);
  for (char at = 0; at < 15; ++at) input.push_back(at);
  EXPECT_EQ(KeyedHash(key).of(input), 0xa129ca6149be45e5ULL);
  EXPECT_EQ(KeyedHash(key).of(""), 0x726fdb47dd0e0e31ULL);
}

TEST(KeptMessage, ReadsBackWhatItWrote) {
  const auto all = history::made_up(51, 40);
  const KeyedHash hash({});
  for (const Learnt& one : all) {
    const std::string bytes = encode_learnt(one);
    const auto read = decode_learnt(bytes, &hash);
    ASSERT_TRUE(read);
    EXPECT_EQ(encode_learnt(*read), bytes);
    EXPECT_TRUE(is_same_judgement(*read, one));
  }
}

TEST(KeptMessage, BytesThatItDidNotWriteAreNothing) {
  const KeyedHash hash({});
  const std::string bytes = encode_learnt(history::made_up(52, 1).front());
  for (std::size_t size = 0; size < bytes.size(); ++size) EXPECT_FALSE(decode_learnt(std::string(bytes, 0, size), &hash)) << size;
  EXPECT_FALSE(decode_learnt(bytes + "x", &hash));
  EXPECT_FALSE(decode_learnt(std::string(1, '\x7f') + bytes.substr(1), &hash));
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    (void)decode_learnt(damaged, &hash);  // no byte beyond its end is read, and nothing is made that it does not hold
  }
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

TEST(FileStore, ANewerVersionIsRefusedWithBothNumbers) {
  const StoreFolder folder;
  opened(folder.file());
  run_sql(folder.file(), "PRAGMA user_version = 99");
  EXPECT_NE(error_of(folder.file()).find("the store is of version 99, this program knows 3"), std::string::npos);
  EXPECT_FALSE(migrate_file_store(folder.file(), {}));
}

TEST(FileStore, AnOlderVersionIsMigratedOnRequestAlone) {
  const StoreFolder folder;
  learn(*opened(folder.file()), Message(1, 10, "ann@firm.example").learnt());
  run_sql(folder.file(), "DROP TABLE access; DROP TABLE mailbox; PRAGMA user_version = 1");
  EXPECT_NE(error_of(folder.file()).find("threadline memory migrate"), std::string::npos);
  const auto steps = migrate_file_store(folder.file(), {"2024-01-01T00:00:00Z", "me", "memory migrate"});
  ASSERT_TRUE(steps) << to_line(steps.error());
  ASSERT_EQ(steps->size(), 2U);
  EXPECT_EQ(steps->front().substr(0, 8), "1 -> 2: ");
  EXPECT_EQ(steps->back().substr(0, 8), "2 -> 3: ");
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

TEST(FileStore, HoldsNoTextAndNoSubject) {
  const StoreFolder folder;
  Message message(1, 10, "ann@firm.example");
  message.subject("quarterly zebra figures");
  message.facts.subject = "Re: quarterly zebra figures";
  message.facts.conversation.new_text = "confidential giraffe numbers";
  message.facts.body_text = message.facts.conversation.new_text;
  message.facts.headers = {{"X-Secret", "walrus", "walrus", 0, 0}};
  learn(*opened(folder.file()), message.learnt());
  EXPECT_TRUE(holds_bytes(folder.file(), "ann@firm.example"));
  for (const char* words : {"zebra", "giraffe", "walrus"}) EXPECT_FALSE(holds_bytes(folder.file(), words)) << words;
}

TEST(FileStore, ForgetsWhatWasLearntLongerAgoThanItMayKeep) {
  const StoreFolder folder;
  StoreSettings settings;
  settings.today = 20'000;
  settings.retention_days = 30;
  learn(*opened(folder.file(), settings), Message(1, 10, "ann@firm.example").account("X1").learnt());
  settings.today = 20'020;
  learn(*opened(folder.file(), settings), Message(2, 20, "ann@firm.example").account("X1").learnt());
  settings.today = 20'031;
  const auto store = opened(folder.file(), settings);
  EXPECT_EQ(store->messages(), 1U);
  store->as_of_now({});
  EXPECT_EQ(store->accounts_of("domain:firm.example").at(0).message_id, "<2@mail.example>");
  EXPECT_EQ(*store->expire(20'051), 1U);
  store->as_of_now({});
  EXPECT_EQ(store->messages(), 0U);
  EXPECT_TRUE(store->accounts_of("domain:firm.example").empty());
  EXPECT_EQ(store->correspondent("ann@firm.example"), nullptr);
  EXPECT_TRUE(store->domains().empty());
}

/// Ann writes to Bob, Bob to Ann; a third quotes both.
void fill(const std::string& path) {
  const auto store = opened(path);
  store->learn(Message(1, 10, "ann@firm.example", "Ann Zebrowski")
                   .to("bob@other.example")
                   .account("ANNS1")
                   .phone("+33199001111")
                   .learnt());
  store->learn(Message(2, 20, "bob@other.example", "Bob").to("ann@firm.example").account("BOBS1").learnt());
  Message third(3, 30, "carl@third.example", "Carl");
  facts::QuotedBlock block;
  block.from = {"Ann Zebrowski", "ann@firm.example"};
  third.facts.conversation.quoted = {block};
  third.facts.thread.references = {"<77@firm.example>"};
  third.account_for("ANNS1", "domain:firm.example", 0).disputes("ann@firm.example");
  store->learn(third.learnt());
  ASSERT_TRUE(store->commit());
}

TEST(FileStore, OfWhatItMayNotKeepNoNameStaysBehind) {
  const StoreFolder folder;
  StoreSettings settings;
  settings.today = 20'000;
  settings.retention_days = 30;
  Learnt one = Message(1, 10, "ann@firm.example").to("bob@other.example").account("X1").learnt();
  one.taking_part = {"address:ann@firm.example"};
  learn(*opened(folder.file(), settings), one);
  ASSERT_TRUE(holds_bytes(folder.file(), "firm.example"));
  settings.today = 20'031;
  (void)opened(folder.file(), settings);
  EXPECT_FALSE(holds_bytes(folder.file(), "firm.example"));
  EXPECT_FALSE(holds_bytes(folder.file(), "other.example"));
}

TEST(Purge, OfAPersonLeavesNoByteOfHer) {
  const StoreFolder folder;
  fill(folder.file());
  ASSERT_TRUE(holds_bytes(folder.file(), "ann@firm.example"));
  const auto purged = purge_store(folder.file(), {{"ann@firm.example", {}}, {}}, {"now", "me", "memory purge --person"});
  ASSERT_TRUE(purged) << to_line(purged.error());
  EXPECT_EQ(purged->messages, 1U);
  EXPECT_EQ(purged->redacted, 2U);
  for (const char* words : {"ann@firm.example", "Zebrowski", "ANNS1", "9900111"})
    EXPECT_FALSE(holds_bytes(folder.file(), words)) << words;
  const auto store = opened(folder.file());
  store->as_of_now({});
  EXPECT_EQ(store->messages(), 2U);
  EXPECT_EQ(store->accounts_of("domain:other.example").size(), 1U);
  EXPECT_TRUE(store->accounts_of("domain:firm.example").empty());
  EXPECT_FALSE(store->is_disputed_address("ann@firm.example"));
}

TEST(Purge, SaysSoWhereAProgramThatReadsKeepsTheBytes) {
  const StoreFolder folder;
  fill(folder.file());
  sqlite3* reader = nullptr;
  ASSERT_EQ(sqlite3_open(folder.file().c_str(), &reader), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(reader, "BEGIN; SELECT count(*) FROM message", nullptr, nullptr, nullptr), SQLITE_OK);
  const Purge purge{.whom = {"ann@firm.example", {}}, .before = {}, .busy_ms = 50};
  const auto kept = purge_store(folder.file(), purge, {});
  ASSERT_FALSE(kept);
  EXPECT_NE(to_line(kept.error()).find("the bytes are still there"), std::string::npos) << to_line(kept.error());
  sqlite3_close(reader);
  EXPECT_EQ(opened(folder.file())->messages(), 2U);
  ASSERT_TRUE(purge_store(folder.file(), purge, {}));
  EXPECT_FALSE(holds_bytes(folder.file(), "ann@firm.example"));
}

TEST(Purge, OfADomainTakesItsIdsAndItsNameToo) {
  const StoreFolder folder;
  fill(folder.file());
  const auto purged = purge_store(folder.file(), {{{}, "firm.example"}, {}}, {});
  ASSERT_TRUE(purged) << to_line(purged.error());
  EXPECT_EQ(purged->messages, 1U);
  EXPECT_FALSE(holds_bytes(folder.file(), "firm.example"));
  const auto store = opened(folder.file());
  store->as_of_now({});
  for (const View::KnownDomain& known : store->domains()) EXPECT_NE(known.domain, "firm.example");
  EXPECT_EQ(store->correspondent("bob@other.example")->messages, 1U);
}

TEST(Purge, OfWhatIsOldIsAsIfItHadNeverBeenLearnt) {
  const StoreFolder folder;
  const auto all = history::made_up(71, 200);
  {
    const auto store = opened(folder.file());
    for (const Learnt& one : all) store->learn(one);
  }
  const auto purged = purge_store(folder.file(), {{}, Instant{1'050, 0}}, {});
  ASSERT_TRUE(purged) << to_line(purged.error());
  const auto rest = in_memory_any_order();
  for (const Learnt& one : all) {
    if (one.known_at.seconds >= 1'050) rest->learn(one);
  }
  EXPECT_EQ(purged->messages, all.size() - rest->messages());
  rest->as_of(history::at(2'000));
  const auto store = opened(folder.file());
  store->as_of(history::at(2'000));
  EXPECT_EQ(history::answers(*store), history::answers(*rest));
}

TEST(Purge, OfADomainThatNobodyUsesAnyMoreLeavesItsNumberToNobody) {
  const StoreFolder folder;
  const auto one = opened(folder.file()), other = opened(folder.file());
  one->as_of(history::at(5));
  learn(*one, Message(1, 10, "ann@firm.example").learnt());
  learn(*one, Message(1, 10, "ann@firm.example").disputed().learnt());
  ASSERT_TRUE(purge_store(folder.file(), {{}, Instant{1, 0}}, {}));
  learn(*other, Message(2, 20, "bob@other.example").learnt());
  learn(*one, Message(3, 30, "ann@firm.example").learnt());
  const auto later = opened(folder.file());
  later->as_of_now({});
  std::string known;
  for (const View::KnownDomain& domain : later->domains()) known += domain.domain + " ";
  EXPECT_EQ(known, "other.example firm.example ");
}

TEST(Upkeep, CountsWhatItHoldsAndWhoOpenedIt) {
  const StoreFolder folder;
  StoreSettings settings;
  settings.access = {"2024-01-01T00:00:00Z", "me@here", "scan"};
  settings.today = 19'723;
  learn(*opened(folder.file(), settings), Message(1, 10, "ann@firm.example").to("bob@other.example").account("X1").learnt());
  const auto summary = summary_of(folder.file(), {"2024-01-02T00:00:00Z", "you@here", "memory show"});
  ASSERT_TRUE(summary) << to_line(summary.error());
  EXPECT_EQ(summary->messages, 1U);
  EXPECT_EQ(summary->domains, 2U);
  EXPECT_EQ(summary->accounts, 1U);
  EXPECT_EQ(summary->first->seconds, 10);
  EXPECT_EQ(summary->first_day, 19'723);
  ASSERT_EQ(summary->accesses.size(), 2U);
  EXPECT_EQ(summary->accesses[0].verb, "scan");
  EXPECT_EQ(summary->accesses[1].who, "you@here");
  std::size_t kept = 0;
  ASSERT_TRUE(for_each_kept(folder.file(), {}, [&](const Learnt& learnt) { kept += learnt.facts->accounts.size(); }));
  EXPECT_EQ(kept, 1U);
}

}  // namespace
}  // namespace threadline::memory
