// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

#include "base/limits.h"
#include "memory/history.h"
#include "memory/memory.h"

namespace threadline::memory {
namespace {

facts::Account iban(const std::string& value, std::int32_t block = -1) {
  facts::Account account;
  account.kind = "iban";
  account.value = value;
  account.block = block;
  account.level = block < 0 ? 0 : 1;
  return account;
}

/// What a message from `address` teaches, that presents `account` for `side`.
Learnt learnt(const std::string& id, const std::string& address, const facts::Account& account) {
  auto facts = std::make_shared<facts::Facts>();
  facts->message_id = id;
  facts->from = {{"Ann Example", address}};
  facts->accounts = {account};
  Learnt learnt;
  learnt.known_at = Instant{1'000, 0};
  learnt.side = "domain:firm.example";
  if (account.block < 0)
    learnt.presented = {{account_key(account), learnt.side}};
  else
    learnt.presented_quoted = {{0, learnt.side}};
  learnt.took_part = {{address, "firm.example", false}};
  learnt.sender_name_key = "ann example";
  learnt.facts = std::move(facts);
  return learnt;
}

TEST(Memory, AMessageIsFoundByItsId) {
  const auto store = in_memory();
  store->learn(learnt("<1@firm.example>", "ann@firm.example", iban("X1")));
  ASSERT_NE(store->by_message_id("<1@firm.example>"), nullptr);
  EXPECT_EQ(store->by_message_id("<2@firm.example>"), nullptr);
}

TEST(Memory, AnAccountBelongsToTheSideItWasPresentedFor) {
  const auto store = in_memory();
  store->learn(learnt("<1@firm.example>", "ann@firm.example", iban("X1")));
  const auto accounts = store->accounts_of("domain:firm.example");
  ASSERT_EQ(accounts.size(), 1U);
  EXPECT_EQ(accounts[0].key, "iban:X1");
  EXPECT_EQ(accounts[0].message_id, "<1@firm.example>");
  EXPECT_TRUE(store->accounts_of("domain:other.example").empty());
}

TEST(Memory, ARealMessageReplacesWhatAQuotedCopyShowedAndNeverTheOtherWayRound) {
  const auto store = in_memory();
  store->learn(learnt("<1@firm.example>", "ann@firm.example", iban("X1", 0)));
  EXPECT_TRUE(store->accounts_of("domain:firm.example").at(0).from_quote);
  store->learn(learnt("<2@firm.example>", "ann@firm.example", iban("X1")));
  store->learn(learnt("<3@firm.example>", "ann@firm.example", iban("X1", 0)));
  const auto accounts = store->accounts_of("domain:firm.example");
  ASSERT_EQ(accounts.size(), 1U);
  EXPECT_FALSE(accounts[0].from_quote);
  EXPECT_EQ(accounts[0].message_id, "<2@firm.example>");
}

TEST(Memory, ADisputedMessageTeachesNothingButItself) {
  const auto store = in_memory();
  Learnt fraud = learnt("<1@firm.example>", "ann@firm.example", iban("X1"));
  fraud.disputed = true;
  store->learn(std::move(fraud));
  EXPECT_NE(store->by_message_id("<1@firm.example>"), nullptr);
  EXPECT_TRUE(store->accounts_of("domain:firm.example").empty());
  EXPECT_EQ(store->correspondent("ann@firm.example"), nullptr);
  EXPECT_TRUE(store->domains().empty());
}

TEST(Memory, WhatBecomesDisputedLaterIsNoLongerKnown) {
  const auto store = in_memory();
  store->learn(learnt("<1@firm.example>", "ann@firm.example", iban("X1")));
  const std::uint64_t before = store->number();
  Learnt dispute;
  dispute.disputed_addresses = {"Ann@firm.example"};
  dispute.disputed_domains = {"firm.example"};
  dispute.disputed_accounts = {"iban:X1"};
  store->learn(std::move(dispute));
  EXPECT_TRUE(store->accounts_of("domain:firm.example").empty());
  EXPECT_EQ(store->correspondent("ann@firm.example"), nullptr);
  EXPECT_TRUE(store->named("ann example").empty());
  EXPECT_TRUE(history::undisputed_domains(*store).empty());
  EXPECT_EQ(store->number(), before);
}

TEST(Memory, CountsTheMessagesOfACorrespondent) {
  const auto store = in_memory();
  store->learn(learnt("<1@firm.example>", "ann@firm.example", iban("X1")));
  store->learn(learnt("<2@firm.example>", "Ann@Firm.example", iban("X1")));
  ASSERT_NE(store->correspondent("ANN@firm.example"), nullptr);
  EXPECT_EQ(store->correspondent("ann@firm.example")->messages, 2U);
  EXPECT_EQ(store->named("ann example").size(), 1U);
  EXPECT_EQ(store->domains().size(), 1U);
}

Learnt with_habits(const std::string& id, std::int64_t at, std::vector<facts::Habit> habits) {
  Learnt one = learnt(id, "ann@firm.example", iban("X1"));
  auto facts = std::make_shared<facts::Facts>(*one.facts);
  facts->habits = std::move(habits);
  one.facts = std::move(facts);
  one.known_at = Instant{at, 0};
  return one;
}

TEST(Memory, ASendersHabitsAreCountedSinceWhenTheyWereFirstSeen) {
  const auto store = in_memory();
  store->learn(learnt("<0@firm.example>", "ann@firm.example", iban("X1")));
  store->learn(with_habits("<1@firm.example>", 10, {{"client", "outlook"}, {"zone", "120"}}));
  store->learn(with_habits("<2@firm.example>", 20, {{"client", "outlook"}, {"client", "exchange"}}));
  const SenderHabits& habits = store->correspondent("Ann@firm.example")->habits;
  EXPECT_EQ(habits.messages, 2U);
  EXPECT_EQ(habits.first.seconds, 10);
  EXPECT_EQ(habits.told.at("client"), 2U);
  EXPECT_EQ(habits.told.at("zone"), 1U);
  ASSERT_EQ(habits.known.size(), 3U);
  EXPECT_EQ(habits.known[0].messages, 2U);
  EXPECT_EQ(habits.known[2].first.seconds, 20);
}

TEST(Memory, ADisputedMessageTeachesNoHabit) {
  const auto store = in_memory();
  store->learn(with_habits("<1@firm.example>", 10, {{"client", "outlook"}}));
  Learnt fraud = with_habits("<2@firm.example>", 20, {{"client", "gmail"}});
  fraud.disputed = true;
  store->learn(std::move(fraud));
  EXPECT_EQ(store->correspondent("ann@firm.example")->habits.known.size(), 1U);
}

/// What a store answers that learnt so many messages of a crowd.
std::unique_ptr<Store> crowded(std::uint32_t count) {
  auto store = in_memory();
  for (const Learnt& one : history::crowd(static_cast<int>(count))) store->learn(one);
  return store;
}

constexpr auto kFirm = "domain:firm0.example";

TEST(Limits, known_accounts) {
  const std::uint32_t most = Limits{}.known_accounts;
  for (const std::uint32_t count : {most, most + 1}) {
    const auto accounts = crowded(count)->accounts_of(kFirm);
    EXPECT_EQ(std::ranges::count(accounts, false, &KnownAccount::from_quote), most);
    EXPECT_EQ(std::ranges::count(accounts, true, &KnownAccount::from_quote), most);
    EXPECT_EQ(accounts.front().since.seconds, 1'000);
    EXPECT_EQ(accounts.back().since.seconds, 1'000 + most - 1);
    EXPECT_EQ(crowded(count)->disputed_accounts_of(kFirm).size(), most);
  }
}

TEST(Limits, billed_accounts) {
  const std::uint32_t most = Limits{}.billed_accounts;
  for (const std::uint32_t count : {most, most + 1}) {
    const auto billed = crowded(count)->accounts_of_invoice(kFirm, "F20180");
    ASSERT_EQ(billed.size(), most);
    EXPECT_EQ(billed.back().since.seconds, 1'000 + most - 1);
  }
}

TEST(Limits, known_numbers) {
  const std::uint32_t most = Limits{}.known_numbers;
  for (const std::uint32_t count : {most, most + 1}) {
    const auto phones = crowded(count)->phones_of(kFirm, "Ann@firm0.example");
    ASSERT_EQ(phones.size(), most);
    EXPECT_EQ(phones.back().since.seconds, 1'000 + most - 1);
  }
}

TEST(Limits, known_namesakes) {
  const std::uint32_t most = Limits{}.known_namesakes;
  for (const std::uint32_t count : {most - 1, most}) {  // she herself is one
    const auto store = crowded(count);
    const auto people = store->named("ann example");
    ASSERT_EQ(people.size(), most);
    EXPECT_EQ(people.back()->first.seconds, 1'000 + most - 2);
  }
}

TEST(Memory, TooManyHabitsAreSaidToBeFull) {
  const auto store = in_memory();
  for (int i = 0; i < 200; ++i) store->learn(with_habits("<" + std::to_string(i) + ">", i, {{"network", std::to_string(i)}}));
  EXPECT_FALSE(store->correspondent("ann@firm.example")->habits.is_full);
  store->learn(with_habits("<x>", 300, {{"network", "x"}}));
  EXPECT_TRUE(store->correspondent("ann@firm.example")->habits.is_full);
  EXPECT_EQ(store->correspondent("ann@firm.example")->habits.known.size(), 200U);
}

}  // namespace
}  // namespace threadline::memory
