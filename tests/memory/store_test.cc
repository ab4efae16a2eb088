// SPDX-License-Identifier: Apache-2.0
// One suite for every store: whatever keeps a memory answers the same.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <stdexcept>

#include "memory/any_order.h"
#include "memory/file_store.h"
#include "memory/history.h"
#include "memory/memory.h"
#include "memory/store_folder.h"
#ifdef THREADLINE_POSTGRESQL
#include "memory/store_database.h"
#endif

namespace threadline::memory {
namespace {

using history::Message;

struct InThisProcess {
  static constexpr bool kAddsInPlace = false;  ///< what is known of a message can be added to and nothing is read again
  static std::unique_ptr<Store> open() { return in_memory_any_order(); }
  static void reopen(std::unique_ptr<Store>& /*store*/) {}
};

struct InAFile {
  static constexpr bool kAddsInPlace = true;
  std::unique_ptr<Store> open() {
    auto opened = open_file_store(folder_.file(), {});
    if (!opened) throw std::runtime_error(to_line(opened.error()));
    return *std::move(opened);
  }
  void reopen(std::unique_ptr<Store>& store) {
    store.reset();
    store = open();
  }
  StoreFolder folder_;
};

#ifdef THREADLINE_POSTGRESQL
struct InADatabase {
  static constexpr bool kAddsInPlace = true;
  std::unique_ptr<Store> open() {
    auto opened = open_file_store(database_.url(), {});
    if (!opened) throw std::runtime_error(to_line(opened.error()));
    return *std::move(opened);
  }
  void reopen(std::unique_ptr<Store>& store) {
    store.reset();
    store = open();
  }
  StoreDatabase database_;
};
#endif

template <class Kind>
class AnyStore : public testing::Test {
 protected:
  Kind kind_;
  std::unique_ptr<Store> store_ = kind_.open();
};
#ifdef THREADLINE_POSTGRESQL
using Kinds = testing::Types<InADatabase>;  // this file once more, in memory_postgresql_test
#else
using Kinds = testing::Types<InThisProcess, InAFile>;
#endif
TYPED_TEST_SUITE(AnyStore, Kinds);

/// A store of one run that was told what came before.
std::unique_ptr<Store> told_before(std::vector<Learnt> all, const Moment& moment) {
  std::ranges::stable_sort(all, {}, [](const Learnt& one) { return std::pair(one.known_at.seconds, one.facts->sha256); });
  auto store = in_memory();
  for (const Learnt& one : all) {
    if (std::pair(one.known_at.seconds, one.facts->sha256) < std::pair(moment.known_at.seconds, moment.sha256)) store->learn(one);
  }
  return store;
}

std::string truth(const std::vector<Learnt>& all, const Moment& moment) { return history::answers(*told_before(all, moment)); }
std::string truth_of_crowd(const std::vector<Learnt>& all, const Moment& moment) {
  return history::crowd_answers(*told_before(all, moment));
}

TYPED_TEST(AnyStore, AnswersTheSameForOneHistoryInAnyOrder) {
  for (std::uint32_t seed = 1; seed <= 8; ++seed) {
    TypeParam kind;
    auto all = history::made_up(seed, 120);
    auto store = kind.open();
    std::ranges::shuffle(all, std::mt19937(seed));
    for (const Learnt& one : all) store->learn(one);
    for (const std::int64_t second : {1'000, 1'010, 1'029, 1'030, 1'059, 2'000}) {
      store->as_of(history::at(second));
      EXPECT_EQ(history::answers(*store), truth(all, history::at(second))) << "seed " << seed << " as of " << second;
    }
    ASSERT_TRUE(store->commit());
  }
}

TYPED_TEST(AnyStore, OfTooManyThingsTheFirstAreKnownInWhateverOrderTheyCame) {
  auto all = history::crowd(120);
  std::ranges::shuffle(all, std::mt19937(5));
  for (const Learnt& one : all) this->store_->learn(one);
  for (const std::int64_t second : {1'010, 1'049, 1'050, 1'099, 1'119, 2'000}) {
    this->store_->as_of(history::at(second));
    EXPECT_EQ(history::crowd_answers(*this->store_), truth_of_crowd(all, history::at(second))) << second;
  }
}

TYPED_TEST(AnyStore, AnswersBetweenLearningWhatWasKnownBeforeEachMessage) {
  for (std::uint32_t seed = 11; seed <= 14; ++seed) {
    TypeParam kind;
    auto all = history::made_up(seed, 80);
    auto store = kind.open();
    std::ranges::shuffle(all, std::mt19937(seed));
    std::vector<Learnt> told;
    for (const Learnt& one : all) {
      store->as_of(history::before(one));
      EXPECT_EQ(history::answers(*store), truth(told, history::before(one)));
      store->learn(one);
      told.push_back(one);
    }
    ASSERT_TRUE(store->commit());
  }
}

TYPED_TEST(AnyStore, AnswersTheSameAfterItWasClosedAndOpenedAgain) {
  const auto all = history::made_up(21, 150);
  for (std::size_t at = 0; at < all.size(); ++at) {
    this->store_->learn(all[at]);
    if (at % 40 == 0) {
      ASSERT_TRUE(this->store_->commit());
      this->kind_.reopen(this->store_);
    }
  }
  ASSERT_TRUE(this->store_->commit());
  this->kind_.reopen(this->store_);
  for (const std::int64_t second : {1'040, 2'000, 1'000}) {
    this->store_->as_of(history::at(second));
    EXPECT_EQ(history::answers(*this->store_), truth(all, history::at(second))) << second;
  }
}

TYPED_TEST(AnyStore, AnswersTheSameWhereverItLetGoOfWhatItKept) {
  auto all = history::made_up(22, 120);
  std::ranges::shuffle(all, std::mt19937(22));
  std::vector<Learnt> told;
  for (const Learnt& one : all) {
    this->store_->as_of(history::before(one));
    if (told.size() % 7 == 3) {
      ASSERT_TRUE(this->store_->let_go());
    }
    EXPECT_EQ(history::answers(*this->store_), truth(told, history::before(one)));
    this->store_->learn(one);
    if (told.size() % 7 == 5) {
      ASSERT_TRUE(this->store_->let_go());
    }
    told.push_back(one);
  }
  this->store_->as_of_now({});
  ASSERT_TRUE(this->store_->let_go());
  EXPECT_EQ(history::answers(*this->store_), truth(all, {Instant{9'999, 0}, {}, {}}));
}

TYPED_TEST(AnyStore, AMessageThatIsLearntTwiceIsLearntOnce) {
  const auto all = history::made_up(31, 60);
  for (const Learnt& one : all) this->store_->learn(one);
  this->store_->as_of(history::at(2'000));
  const std::string once = history::answers(*this->store_);
  const auto sides = this->store_->sides_taking_part();
  for (const Learnt& one : all) this->store_->learn(one);
  this->store_->as_of(history::at(2'000));
  EXPECT_EQ(history::answers(*this->store_), once);
  EXPECT_EQ(this->store_->messages(), all.size());
  ASSERT_EQ(this->store_->sides_taking_part().size(), sides.size());
  for (std::size_t at = 0; at < sides.size(); ++at) EXPECT_EQ(this->store_->sides_taking_part()[at].messages, sides[at].messages);
}

TYPED_TEST(AnyStore, AJudgementThatChangedTakesThePlaceOfTheEarlierOne) {
  auto all = history::made_up(41, 100);
  for (const Learnt& one : all) this->store_->learn(one);
  this->store_->as_of(history::at(1'030));
  for (std::size_t at = 0; at < all.size(); at += 3) {
    all[at].disputed = !all[at].disputed;
    all[at].disputed_accounts.emplace_back("iban:FR000001");
    all[at].presented.clear();
    this->store_->learn(all[at]);
  }
  for (const std::int64_t second : {1'030, 2'000}) {
    this->store_->as_of(history::at(second));
    EXPECT_EQ(history::answers(*this->store_), truth(all, history::at(second)));
  }
  EXPECT_EQ(this->store_->messages(), all.size());
}

TYPED_TEST(AnyStore, TellsTheLatestOfAMailboxAndWhatWasCopied) {
  constexpr auto kMailbox = "bob@own.example";
  this->store_->learn(Message(3, 30, "ann@firm.example").mailbox(kMailbox).copied(kMailbox, "x@elsewhere.example").learnt());
  this->store_->learn(Message(1, 10, "ann@firm.example").mailbox(kMailbox).disputed().learnt());
  this->store_->learn(Message(2, 20, "ann@firm.example").mailbox("eve@own.example").learnt());
  this->store_->as_of(history::at(100));
  const auto latest = this->store_->latest_of_mailbox("Bob@own.example", 10);
  ASSERT_EQ(latest.size(), 2U);
  EXPECT_EQ(latest.front()->facts->message_id, "<3@mail.example>");
  const Copy copy{kMailbox, "x@elsewhere.example", "<3@mail.example>", false};
  EXPECT_EQ(latest.front()->copies, std::vector<Copy>{copy});
  EXPECT_EQ(this->store_->latest_of_mailbox(kMailbox, 1).size(), 1U);
  this->store_->as_of(history::at(15));
  EXPECT_EQ(this->store_->latest_of_mailbox(kMailbox, 10).size(), 1U);
}

TYPED_TEST(AnyStore, ACopyInAnotherFileIsTheSameMessage) {
  Learnt one = Message(1, 10, "ann@firm.example").account("X1").learnt();
  one.content = "the message";
  Learnt copy = Message(1, 10, "ann@firm.example").account("X1").learnt();
  auto other_bytes = std::make_shared<facts::Facts>(*copy.facts);
  other_bytes->sha256 = "0other";
  copy.facts = std::move(other_bytes);
  copy.content = "the message";
  this->store_->learn(one);
  this->store_->learn(copy);
  this->store_->as_of_now({});
  EXPECT_EQ(this->store_->correspondent("ann@firm.example")->messages, 1U);
  EXPECT_TRUE(this->store_->holds("the message"));
  EXPECT_FALSE(this->store_->holds("another"));
}

TYPED_TEST(AnyStore, AMessageDoesNotSpeakAboutItself) {
  const Learnt one = Message(1, 10, "ann@firm.example").thread("guid-0").subject("about matter 1").learnt();
  this->store_->learn(one);
  this->store_->as_of({Instant{20, 0}, "f", one.content});
  EXPECT_EQ(this->store_->by_message_id("<1@mail.example>"), nullptr);
  EXPECT_TRUE(this->store_->by_thread_guid("guid-0", 5).empty());
  EXPECT_TRUE(this->store_->by_subject("about matter 1", 5).empty());
  this->store_->as_of({Instant{20, 0}, "f", "another"});
  EXPECT_NE(this->store_->by_message_id("<1@mail.example>"), nullptr);
}

TYPED_TEST(AnyStore, WhatComesLaterIsNotKnownYet) {
  this->store_->learn(Message(1, 100, "ann@firm.example").account("X1").phone("+33199001234").learnt());
  this->store_->as_of(history::at(99));
  EXPECT_EQ(history::answers(*this->store_), truth({}, history::at(99)));
  EXPECT_TRUE(this->store_->accounts_of("domain:firm.example").empty());
  EXPECT_TRUE(this->store_->domains().empty());
  this->store_->as_of(history::at(100));
  EXPECT_EQ(this->store_->accounts_of("domain:firm.example").size(), 1U);
  EXPECT_EQ(this->store_->domains().size(), 1U);
}

TYPED_TEST(AnyStore, ANumberThatVeryManySignLaterIsKnownSinceTheFirst) {
  for (int first = 0; first < 5; ++first) {
    const std::string number = "+3319900100" + std::to_string(first);
    this->store_->learn(Message(first, 10, "first" + std::to_string(first) + "@firm.example").phone(number).learnt());
    for (int later = 0; later < 80; ++later) {
      const int one = 1'000 * (first + 1) + later;
      this->store_->learn(Message(one, 100 + later, "ann" + std::to_string(one) + "@firm.example").phone(number).learnt());
    }
  }
  this->store_->as_of(history::at(50));
  for (int first = 0; first < 5; ++first)
    EXPECT_TRUE(this->store_->knows_number("domain:firm.example", "+3319900100" + std::to_string(first))) << first;
  this->store_->as_of(history::at(9));
  EXPECT_FALSE(this->store_->knows_number("domain:firm.example", "+33199001000"));
}

TYPED_TEST(AnyStore, ADisputeSpeaksFromItsOwnMomentOn) {
  this->store_->learn(Message(1, 10, "ann@firm.example").account("X1").learnt());
  this->store_->learn(Message(2, 30, "bob@other.example").disputes("ann@firm.example", "firm.example", "iban:X1").learnt());
  this->store_->as_of(history::at(20));
  EXPECT_EQ(this->store_->accounts_of("domain:firm.example").size(), 1U);
  EXPECT_FALSE(this->store_->is_disputed_address("Ann@firm.example"));
  this->store_->as_of(history::at(40));
  EXPECT_TRUE(this->store_->accounts_of("domain:firm.example").empty());
  EXPECT_TRUE(this->store_->is_disputed_address("Ann@firm.example"));
  EXPECT_EQ(this->store_->correspondent("ann@firm.example"), nullptr);
  const auto domains = history::undisputed_domains(*this->store_);
  ASSERT_EQ(domains.size(), 1U);
  EXPECT_EQ(domains[0].domain, "other.example");
}

TYPED_TEST(AnyStore, ADomainThatBecomesDisputedStaysInItsPlaceAndNothingIsReadAgain) {
  this->store_->as_of(history::at(1));
  for (int number = 1; number < 4; ++number)
    this->store_->learn(Message(number, number, "ann@firm" + std::to_string(number) + ".example").learnt());
  this->store_->as_of(history::at(10));
  ASSERT_EQ(this->store_->domains().size(), 3U);
  const std::uint64_t number = this->store_->number();
  this->store_->learn(Message(9, 20, "bob@firm1.example").disputes({}, "firm2.example").learnt());
  this->store_->as_of(history::at(19));
  EXPECT_EQ(history::undisputed_domains(*this->store_).size(), 3U);
  this->store_->as_of(history::at(20));
  ASSERT_EQ(this->store_->domains().size(), 3U);
  EXPECT_TRUE(this->store_->domains()[1].disputed);
  EXPECT_EQ(history::undisputed_domains(*this->store_).size(), 2U);
  EXPECT_EQ(this->store_->number(), number);
  this->store_->as_of(history::at(19));
  EXPECT_EQ(history::undisputed_domains(*this->store_).size(), 3U);
}

TYPED_TEST(AnyStore, AnUndatedMessageIsKnownLastOfAll) {
  Message undated(1, std::numeric_limits<std::int64_t>::max(), "ann@firm.example");
  this->store_->learn(undated.learnt());
  this->store_->learn(Message(2, 10, "ann@firm.example").learnt());
  this->store_->as_of(history::at(4'000'000'000));
  EXPECT_EQ(this->store_->correspondent("ann@firm.example")->messages, 1U);
  this->store_->as_of_now({});
  EXPECT_EQ(this->store_->correspondent("ann@firm.example")->messages, 2U);
}

TYPED_TEST(AnyStore, OfNowTheLatestIsKnownAtOnce) {
  this->store_->as_of_now({});
  EXPECT_EQ(this->store_->correspondent("ann@firm.example"), nullptr);
  this->store_->learn(Message(1, 10, "ann@firm.example").learnt());
  this->store_->as_of_now({});
  EXPECT_EQ(this->store_->correspondent("ann@firm.example")->messages, 1U);
  this->store_->learn(Message(2, 5, "ann@firm.example").learnt());
  this->store_->as_of_now({});
  ASSERT_NE(this->store_->correspondent("ann@firm.example"), nullptr);
  EXPECT_EQ(this->store_->correspondent("ann@firm.example")->messages, 2U);
  EXPECT_EQ(this->store_->correspondent("ann@firm.example")->first.seconds, 5);
  EXPECT_EQ(this->store_->domains().at(0).messages, 2U);
}

TYPED_TEST(AnyStore, OfNowAHabitIsKnownSinceTheEarliestMessageThatShowsIt) {
  this->store_->as_of_now({});
  for (const auto& [number, seconds] : {std::pair(1, 10), std::pair(2, 5), std::pair(3, 20)}) {
    this->store_->learn(Message(number, seconds, "ann@firm.example").habit("client", "Mailer").learnt());
    this->store_->as_of_now({});
    ASSERT_NE(this->store_->correspondent("ann@firm.example"), nullptr);
  }
  const SenderHabits& habits = this->store_->correspondent("ann@firm.example")->habits;
  EXPECT_EQ(habits.first.seconds, 5);
  EXPECT_EQ(habits.known.at(0).first.seconds, 5);
}

/// The same bytes but for the last Received field.
Learnt again_at(const Learnt& learnt, std::int64_t seconds, const std::string& sha256) {
  Learnt again = learnt;
  auto facts = std::make_shared<facts::Facts>(*learnt.facts);
  facts->sha256 = sha256;
  again.facts = std::move(facts);
  again.known_at.seconds = seconds;
  return again;
}

TYPED_TEST(AnyStore, OfNowAMessageThatComesAgainIsKnownSinceTheFirstAndNothingIsReadAgain) {
  Learnt first = Message(1, 10, "ann@firm.example").mailbox("bob@own.example").learnt();
  first.content = "the message";
  this->store_->as_of_now({});
  this->store_->learn(first);
  this->store_->as_of_now({});
  ASSERT_EQ(this->store_->domains().size(), 1U);
  const std::uint64_t number = this->store_->number();
  this->store_->learn(again_at(first, 20, "0again"));
  Learnt to_other = again_at(first, 30, "1again");
  to_other.mailboxes = {"eve@own.example"};
  this->store_->learn(to_other);
  this->store_->as_of_now({});
  EXPECT_EQ(this->store_->domains().at(0).messages, 1U);
  EXPECT_EQ(this->store_->correspondent("ann@firm.example")->messages, 1U);
  EXPECT_EQ(this->store_->correspondent("ann@firm.example")->first.seconds, 10);
  EXPECT_EQ(this->store_->latest_of_mailbox("bob@own.example", 10).size(), 1U);
  EXPECT_EQ(this->store_->latest_of_mailbox("eve@own.example", 10).size(), 1U);
  if (TypeParam::kAddsInPlace) {
    EXPECT_EQ(this->store_->number(), number);
  }
}

std::string domain_names(const View& view) {
  std::string names;
  for (const View::KnownDomain& known : view.domains()) names += known.domain + " ";
  return names;
}

TYPED_TEST(AnyStore, DomainsOfAMessageThatComesLateAreKnownWhateverWasSummedUpBefore) {
  this->store_->as_of_now({});
  this->store_->learn(Message(1, 100, "ann@firm.example").learnt());
  this->kind_.reopen(this->store_);
  const Learnt late = Message(2, 50, "bob@other.example").learnt();
  this->store_->as_of(history::before(late));
  this->store_->learn(late);
  this->kind_.reopen(this->store_);
  this->store_->as_of_now({});
  EXPECT_EQ(domain_names(*this->store_), "other.example firm.example ");
}

TYPED_TEST(AnyStore, TheListOfDomainsGrowsAtItsEndWhileTimeGoesForward) {
  this->store_->as_of(history::at(1));
  const std::uint64_t number = this->store_->number();
  this->store_->learn(Message(1, 10, "ann@firm.example").learnt());
  this->store_->as_of(history::at(10));
  this->store_->learn(Message(2, 20, "bob@other.example").learnt());
  this->store_->as_of(history::at(20));
  ASSERT_EQ(this->store_->domains().size(), 2U);
  EXPECT_EQ(this->store_->number(), number);
  this->store_->as_of(history::at(10));
  EXPECT_EQ(this->store_->domains().size(), 1U);
  EXPECT_NE(this->store_->number(), number);
}

}  // namespace
}  // namespace threadline::memory
