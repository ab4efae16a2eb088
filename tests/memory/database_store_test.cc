// SPDX-License-Identifier: Apache-2.0
// What only a store in a PostgreSQL database can do wrong: other schemas, other programs, lost connections, passwords.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <sstream>
#include <thread>
#include <vector>

#include "memory/any_order.h"
#include "memory/fact_store.h"
#include "memory/file_store.h"
#include "memory/history.h"
#include "memory/postgresql_database.h"
#include "memory/store_database.h"
#include "memory/upkeep.h"

namespace threadline::memory {
namespace {

using history::Message;

std::unique_ptr<FileStore> opened(const std::string& url, const StoreSettings& settings = {}) {
  auto store = open_file_store(url, settings);
  EXPECT_TRUE(store) << (store ? "" : to_line(store.error()));
  return store ? *std::move(store) : nullptr;
}

std::string error_of(const std::string& url, const StoreSettings& settings = {}) {
  const auto store = open_file_store(url, settings);
  return store ? "opened" : to_line(store.error());
}

void learn(Store& store, const Learnt& learnt) {
  store.learn(learnt);
  ASSERT_TRUE(store.commit());
}

TEST(DatabaseStore, ItsNameIsShownWithoutThePassword) {
  EXPECT_EQ(shown_name("postgresql://ann:s3cret@db.example:5433/mail?sslmode=require"), "postgresql://ann@db.example:5433/mail");
  EXPECT_EQ(shown_name("postgresql://db.example/mail?password=s3cret"), "postgresql://db.example/mail");
  EXPECT_EQ(shown_name("postgresql://ann:s3c%@db.example/mail"), "postgresql://");
  EXPECT_EQ(shown_name("postgresql://ann:s3/cret@db.example/mail"), "postgresql://");
  EXPECT_EQ(shown_name("firm.memory"), "firm.memory");
}

TEST(DatabaseStore, NoMessageHoldsThePassword) {
  for (const char* url :
       {"postgresql://ann:s3cret@/mail?host=/nowhere", "postgresql://ann:s3cret@/mail?host=/nowhere&colour=s3cret",
        "postgresql://ann:s3cret@localhost:s3cret/mail", "postgresql://ann:12/s3cret@localhost/mail"}) {
    const std::string error = error_of(url);
    EXPECT_NE(error, "opened");
    EXPECT_EQ(error.find("s3cret"), std::string::npos) << error;
  }
}

TEST(DatabaseStore, WhatIsNotThereIsNotMadeForAReader) {
  const StoreDatabase database;
  StoreSettings settings;
  settings.may_write = false;
  EXPECT_NE(error_of(database.url(), settings).find("there is no such store"), std::string::npos);
  EXPECT_FALSE(summary_of(database.url(), {}));
  opened(database.url());
  EXPECT_EQ(error_of(database.url(), settings), "opened");
}

TEST(DatabaseStore, AForeignSchemaIsRefusedAndLeftAsItIs) {
  const StoreDatabase database;
  database.run("CREATE SCHEMA threadline; CREATE TABLE threadline.mine (a int)");
  EXPECT_NE(error_of(database.url()).find("of another program"), std::string::npos);
  EXPECT_EQ(database.run("SELECT count(*) FROM pg_tables WHERE schemaname = 'threadline'"), "1");
}

TEST(DatabaseStore, ANewerVersionIsRefusedWithBothNumbers) {
  const StoreDatabase database;
  opened(database.url());
  database.run("UPDATE threadline.setting SET value = 99 WHERE name = 'version'");
  EXPECT_NE(error_of(database.url()).find("the store is of version 99, this program knows"), std::string::npos);
  EXPECT_FALSE(migrate_file_store(database.url(), {}));
}

TEST(DatabaseStore, OneOfThisVersionNeedsNoMigration) {
  const StoreDatabase database;
  opened(database.url());
  const auto steps = migrate_file_store(database.url(), {"2024-01-01T00:00:00Z", "me", "memory migrate"});
  ASSERT_TRUE(steps) << to_line(steps.error());
  EXPECT_TRUE(steps->empty());
}

TEST(DatabaseStore, AnOlderVersionIsMigratedOnRequestAlone) {
  const StoreDatabase database;
  learn(*opened(database.url()), Message(1, 10, "ann@firm.example").learnt());
  database.run("DROP TABLE threadline.mailbox; UPDATE threadline.setting SET value = 2 WHERE name = 'version'");
  EXPECT_NE(error_of(database.url()).find("threadline memory migrate"), std::string::npos);
  const auto steps = migrate_file_store(database.url(), {"2024-01-01T00:00:00Z", "me", "memory migrate"});
  ASSERT_TRUE(steps) << to_line(steps.error());
  ASSERT_EQ(steps->size(), 2U);
  EXPECT_EQ(steps->front().substr(0, 8), "2 -> 3: ");
  EXPECT_EQ(steps->back().substr(0, 8), "3 -> 4: ");
  EXPECT_EQ(opened(database.url())->messages(), 1U);
}

TEST(DatabaseStore, IsMadeOnceByManyThatComeAtTheSameMoment) {
  const StoreDatabase database;
  std::vector<std::string> errors(8);
  std::vector<std::thread> programs;
  for (std::string& error : errors) programs.emplace_back([&] { error = error_of(database.url()); });
  for (std::thread& program : programs) program.join();
  for (const std::string& error : errors) EXPECT_EQ(error, "opened");
}

TEST(DatabaseStore, OneWritesWhileOthersReadAndSeeItAtTheirNextQuestion) {
  const StoreDatabase database;
  const auto writer = opened(database.url()), reader = opened(database.url());
  reader->as_of_now({});
  writer->learn(Message(1, 10, "ann@firm.example").learnt());
  reader->as_of_now({});
  EXPECT_EQ(reader->correspondent("ann@firm.example"), nullptr);
  ASSERT_TRUE(writer->commit());
  reader->as_of_now({});
  ASSERT_NE(reader->correspondent("ann@firm.example"), nullptr);
  EXPECT_EQ(reader->domains().size(), 1U);
  learn(*writer, Message(2, 20, "ann@firm.example").disputes("ann@firm.example", "firm.example").learnt());
  reader->as_of_now({});
  EXPECT_TRUE(reader->is_disputed_address("ann@firm.example"));
  EXPECT_TRUE(history::undisputed_domains(*reader).empty());
}

/// Lines in one order: gateways list domains as they came.
std::vector<std::string> sorted_answers(const View& view) {
  std::istringstream lines(history::answers(view));
  std::vector<std::string> all;
  for (std::string line; std::getline(lines, line);) all.push_back(line);
  std::ranges::sort(all);
  return all;
}

/// A fleet of gateways: each learns messages of its own and some that others learn, too.
TEST(DatabaseStore, ManyThatWriteAtOnceLearnEachMessageOnce) {
  const StoreDatabase database;
  auto all = history::made_up(81, 160);
  for (Learnt& one : all) {  // sums of what arrives out of order are right where nothing is disputed: docs/memory.md
    one.disputed = false;
    one.disputed_addresses.clear(), one.disputed_domains.clear(), one.disputed_accounts.clear();
  }
  constexpr std::size_t kGateways = 4;
  std::vector<std::thread> gateways;
  std::atomic<int> failures = 0;
  for (std::size_t gateway = 0; gateway < kGateways; ++gateway) {
    gateways.emplace_back([&, gateway] {
      const auto store = open_file_store(database.url(), {});
      if (!store) {
        ++failures;
        return;
      }
      for (std::size_t at = 0; at < all.size(); ++at) {
        if (at % kGateways != gateway && at % kGateways != (gateway + 1) % kGateways) continue;
        (*store)->as_of_now({});
        (*store)->learn(all[at]);
        if (!(*store)->commit()) ++failures;
      }
    });
  }
  for (std::thread& gateway : gateways) gateway.join();
  EXPECT_EQ(failures, 0);
  const auto alone = in_memory_any_order();
  for (const Learnt& one : all) alone->learn(one);
  alone->as_of(history::at(2'000));
  const auto store = opened(database.url());
  store->as_of(history::at(2'000));
  EXPECT_EQ(store->messages(), all.size());
  EXPECT_EQ(sorted_answers(*store), sorted_answers(*alone));
}

TEST(DatabaseStore, ALockThatIsHeldTooLongIsAClearError) {
  const StoreDatabase database;
  StoreSettings impatient;
  impatient.busy_ms = 50;
  const auto writer = opened(database.url());
  const auto other = opened(database.url(), impatient);
  writer->learn(Message(1, 10, "ann@firm.example").learnt());
  other->learn(Message(2, 20, "ann@firm.example").learnt());
  const auto refused = other->commit();
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().what.find("locked by another program"), std::string::npos) << to_line(refused.error());
  EXPECT_TRUE(writer->commit());
  EXPECT_EQ(writer->messages(), 1U);
}

TEST(DatabaseStore, AConnectionThatIsLostIsAFailureAndLeavesTheLastCommit) {
  const StoreDatabase database;
  const auto store = opened(database.url());
  learn(*store, Message(1, 10, "ann@firm.example").learnt());
  store->learn(Message(2, 20, "ann@firm.example").learnt());
  database.run(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()");
  store->learn(Message(3, 30, "ann@firm.example").learnt());
  const auto lost = store->commit();
  ASSERT_FALSE(lost);
  EXPECT_NE(to_line(lost.error()).find("the connection to the store was lost"), std::string::npos) << to_line(lost.error());
  store->as_of_now({});
  EXPECT_EQ(store->correspondent("ann@firm.example"), nullptr);  // it answers nothing, and does not wait
  EXPECT_EQ(opened(database.url())->messages(), 1U);
}

TEST(DatabaseStore, TheServerKeepsAStatementOnceHoweverOftenItIsPrepared) {
  const StoreDatabase database;
  const auto connection = open_postgresql(database.url(), Database::Mode::write, 1'000);
  ASSERT_TRUE(connection) << to_line(connection.error());
  for (std::int64_t time = 0; time < 20; ++time) {
    Statement two(**connection, "SELECT ?1 + 2");
    ASSERT_TRUE(two(time).step());
    EXPECT_EQ(two.number(0), time + 2);
  }
  EXPECT_LE((*connection)->number("SELECT count(*) FROM pg_prepared_statements"), 2);
}

TEST(DatabaseStore, WhoMayNotWriteIsToldSo) {
  const StoreDatabase database;
  opened(database.url());
  database.run(
      "CREATE ROLE reader LOGIN; GRANT USAGE ON SCHEMA threadline TO reader; "
      "GRANT SELECT ON ALL TABLES IN SCHEMA threadline TO reader");
  std::string url = database.url();
  url.replace(url.find("threadline@"), 10, "reader");
  StoreSettings settings;
  settings.may_write = false;
  EXPECT_EQ(error_of(url, settings), "opened");
  settings.may_write = true;
  const auto store = opened(url, settings);
  store->learn(Message(1, 10, "ann@firm.example").learnt());
  const auto refused = store->commit();
  ASSERT_FALSE(refused);
  EXPECT_NE(to_line(refused.error()).find("may this user write the schema threadline?"), std::string::npos)
      << to_line(refused.error());
  database.run("DROP OWNED BY reader; DROP ROLE reader");
}

TEST(DatabaseStore, PurgeOfAPersonLeavesNoRowOfHer) {
  const StoreDatabase database;
  {
    const auto store = opened(database.url());
    learn(*store, Message(1, 10, "ann@firm.example", "Ann Zebrowski").to("bob@other.example").account("ANNS1").learnt());
    learn(*store, Message(2, 20, "bob@other.example", "Bob").to("ann@firm.example").account("BOBS1").learnt());
  }
  const std::string bodies = "SELECT count(*) FROM threadline.message WHERE position('ann@firm.example'::bytea in body) > 0";
  EXPECT_EQ(database.run(bodies), "2");
  const auto purged = purge_store(database.url(), {{"ann@firm.example", {}}, {}}, {"now", "me", "memory purge --person"});
  ASSERT_TRUE(purged) << to_line(purged.error());
  EXPECT_EQ(purged->messages, 1U);
  EXPECT_EQ(purged->redacted, 1U);
  EXPECT_EQ(database.run(bodies), "0");
  const auto store = opened(database.url());
  store->as_of_now({});
  EXPECT_EQ(store->messages(), 1U);
  EXPECT_EQ(store->accounts_of("domain:other.example").size(), 1U);
}

TEST(DatabaseStore, CountsWhatItHoldsAndWhoOpenedIt) {
  const StoreDatabase database;
  StoreSettings settings;
  settings.access = {"2024-01-01T00:00:00Z", "me@here", "scan"};
  settings.today = 19'723;
  learn(*opened(database.url(), settings), Message(1, 10, "ann@firm.example").to("bob@other.example").account("X1").learnt());
  const auto summary = summary_of(database.url(), {"2024-01-02T00:00:00Z", "you@here", "memory show"});
  ASSERT_TRUE(summary) << to_line(summary.error());
  EXPECT_EQ(summary->messages, 1U);
  EXPECT_EQ(summary->domains, 2U);
  EXPECT_EQ(summary->accounts, 1U);
  EXPECT_EQ(summary->first->seconds, 10);
  EXPECT_EQ(summary->first_day, 19'723);
  EXPECT_GT(summary->bytes, 0U);
  ASSERT_EQ(summary->accesses.size(), 2U);
  EXPECT_EQ(summary->accesses[0].verb, "scan");
  EXPECT_EQ(summary->accesses[1].who, "you@here");
  std::size_t kept = 0;
  ASSERT_TRUE(for_each_kept(database.url(), {}, [&](const Learnt& learnt) { kept += learnt.facts->accounts.size(); }));
  EXPECT_EQ(kept, 1U);
}

std::unique_ptr<FactStore> facts_in(const std::string& url) {
  auto store = open_fact_store(url, true, {});
  EXPECT_TRUE(store) << (store ? "" : to_line(store.error()));
  return store ? *std::move(store) : nullptr;
}

KeptFacts item(int number, std::int64_t known_at) {
  const std::string digits = std::to_string(100'000 + number);
  return {.key = "key-of-it-" + digits,
          .conversation = static_cast<std::uint64_t>(number) * 0x9e3779b97f4a7c15U,
          .place = static_cast<std::uint64_t>(number),
          .known_at = known_at,
          .sha256 = digits,
          .body = std::string("a\0b", 3) + digits};
}

std::string bodies(FactStore& store) {
  std::string all;
  EXPECT_TRUE(store.for_each([&](std::string_view body) {
    all += std::string(body.substr(3)) + ' ';
    return true;
  }));
  return all;
}

TEST(FactStore, AnswersInTheOrderOfJudgementWhateverTheOrderAndHoweverOften) {
  const StoreDatabase database;
  for (int time = 0; time < 2; ++time) {
    const auto store = facts_in(database.url());
    ASSERT_TRUE(store->enter({1, 1}, "evidence", "reading"));
    for (const int number : {3, 1, 2, 4}) store->keep(item(number, number == 4 ? 5 : 100 - number / 3));
    ASSERT_TRUE(store->finish({1, 1}));
  }
  const auto store = facts_in(database.url());
  EXPECT_EQ(bodies(*store), "100004 100003 100001 100002 ");
  EXPECT_TRUE(store->holds("key-of-it-100002"));
  EXPECT_FALSE(store->holds("key-of-it-100009"));
}

TEST(FactStore, ManyAreReadAndTheReadingCanBeStopped) {
  const StoreDatabase database;
  const auto store = facts_in(database.url());
  ASSERT_TRUE(store->enter({1, 1}, "evidence", "reading"));
  for (int number = 0; number < 1'000; ++number) store->keep(item(number, number));
  ASSERT_TRUE(store->commit());
  int read = 0;
  ASSERT_TRUE(store->for_each([&](std::string_view) { return ++read < 300; }));
  EXPECT_EQ(read, 300);
  read = 0;
  ASSERT_TRUE(store->for_each([&](std::string_view) { return ++read > 0; }));
  EXPECT_EQ(read, 1'000);
}

TEST(FactStore, KnowsWhichShardsAreUnfinished) {
  const StoreDatabase database;
  const auto store = facts_in(database.url());
  EXPECT_TRUE(store->unfinished().empty());
  EXPECT_EQ(*store->enter({2, 3}, "evidence", "reading"), false);
  ASSERT_TRUE(store->finish({2, 3}));
  ASSERT_TRUE(store->enter({3, 3}, "evidence", "reading"));
  EXPECT_EQ(store->unfinished(), (std::vector<Shard>{{1, 3}, {3, 3}}));
  EXPECT_EQ(*store->enter({3, 3}, "evidence", "reading"), true);
  ASSERT_TRUE(store->enter({1, 1}, "evidence", "reading"));  // all of it once more, by one
  ASSERT_TRUE(store->finish({1, 1}));
  EXPECT_TRUE(store->unfinished().empty());
}

TEST(FactStore, FactsOfOtherEvidenceOrMadeOtherwiseAreRefusedUntilTheyAreDropped) {
  const StoreDatabase database;
  const auto store = facts_in(database.url());
  ASSERT_TRUE(store->enter({1, 2}, "evidence", "reading"));
  const auto other = store->enter({2, 2}, "other evidence", "reading");
  ASSERT_FALSE(other);
  EXPECT_NE(to_line(other.error()).find("facts of other evidence"), std::string::npos) << to_line(other.error());
  const auto otherwise = store->enter({2, 2}, "evidence", "other reading");
  ASSERT_FALSE(otherwise);
  EXPECT_NE(to_line(otherwise.error()).find("other options"), std::string::npos) << to_line(otherwise.error());
  ASSERT_TRUE(store->enter({2, 2}, "evidence", "reading"));
  ASSERT_TRUE(store->drop());
  EXPECT_TRUE(store->enter({2, 2}, "other evidence", "reading"));
}

TEST(FactStore, ARowThatIsNoShardIsPassedOver) {
  const StoreDatabase database;
  const auto store = facts_in(database.url());
  ASSERT_TRUE(store->enter({1, 2}, "evidence", "reading"));
  database.run("INSERT INTO threadline.shard VALUES (0, 2, 'evidence', 'reading', 1), (900000, 2, 'evidence', 'reading', 1)");
  EXPECT_EQ(store->unfinished(), (std::vector<Shard>{{1, 2}, {2, 2}}));
}

TEST(FactStore, OneThatWasRefusedLeavesNothingForThoseWhoComeLater) {
  const StoreDatabase database;
  ASSERT_TRUE(facts_in(database.url())->enter({1, 2}, "evidence", "reading"));
  ASSERT_FALSE(facts_in(database.url())->enter({2, 2}, "other evidence", "reading"));
  const auto store = facts_in(database.url());
  EXPECT_EQ(*store->enter({1, 2}, "evidence", "reading"), true);
  EXPECT_EQ(*store->enter({2, 2}, "evidence", "reading"), false);
}

TEST(FactStore, ARemarkGoesWhenTheItemIsReadAfterAll) {
  const StoreDatabase database;
  const auto remarks = [](FactStore& store) {
    std::string all;
    EXPECT_TRUE(store.for_each_remark(
        [&](std::uint64_t place, std::string_view body) { all += std::to_string(place) + ':' + std::string(body) + ' '; }));
    return all;
  };
  const auto store = facts_in(database.url());
  ASSERT_TRUE(store->enter({1, 1}, "evidence", "reading"));
  store->keep_remark(item(7, 0).key, 7, "crashed");
  store->keep_remark("another", 3, "empty");
  ASSERT_TRUE(store->commit());
  EXPECT_EQ(remarks(*store), "3:empty 7:crashed ");
  ASSERT_TRUE(store->enter({1, 1}, "evidence", "reading"));
  store->keep(item(7, 0));
  ASSERT_TRUE(store->commit());
  EXPECT_EQ(remarks(*store), "3:empty ");
}

TEST(FactStore, APurgeDropsFactsSinceTheyHoldWholeMails) {
  const StoreDatabase database;
  const auto store = facts_in(database.url());
  for (const bool only_facts : {true, false}) {
    ASSERT_TRUE(store->enter({1, 1}, "evidence", "reading"));
    store->keep(item(1, 1));
    store->keep_log("mail.log", 5);
    ASSERT_TRUE(store->commit());
    EXPECT_EQ(summary_of(database.url(), {})->facts, 1U);
    Purge purge;
    purge.only_facts = only_facts;
    if (!only_facts) purge.whom.person = "ann@firm.example";
    const auto purged = purge_store(database.url(), purge, {});
    ASSERT_TRUE(purged) << to_line(purged.error());
    EXPECT_EQ(purged->facts, 1U);
    EXPECT_EQ(bodies(*store), "");
    EXPECT_EQ(store->reading(), "");
  }
}

TEST(FactStore, AFileIsNoStoreForManyMachines) {
  const auto store = open_fact_store("firm.memory", true, {});
  ASSERT_FALSE(store);
  EXPECT_NE(to_line(store.error()).find("a file is no store for many machines"), std::string::npos);
}

}  // namespace
}  // namespace threadline::memory
