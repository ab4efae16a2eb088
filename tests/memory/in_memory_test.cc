// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

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
  EXPECT_TRUE(store->domains().empty());
  EXPECT_NE(store->number(), before);
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

}  // namespace
}  // namespace threadline::memory
