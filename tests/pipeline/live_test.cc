// SPDX-License-Identifier: Apache-2.0
#include "pipeline/live.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <map>

namespace threadline::pipeline {
namespace {

using findings::Direction;

Arrival arrival(std::uint64_t ticket, const std::string& to, std::optional<Direction> session = std::nullopt) {
  Arrival made;
  made.ticket = ticket;
  made.item.source = "Q" + std::to_string(ticket);
  made.item.format = "eml";
  made.item.sha256 = std::string(64, static_cast<char>('a' + static_cast<char>(ticket % 6)));
  made.item.bytes = "From: bob@own.example\r\nTo: " + to + "\r\nDate: Thu, 5 Apr 2018 10:37:00 +0200\r\nMessage-ID: <" +
                    std::to_string(ticket) + "@own.example>\r\nSubject: order\r\n\r\nGood morning.\r\n";
  made.item.envelope = evidence::Envelope{"bob@own.example", {to}, "Q", {}};
  made.session = session;
  made.arrived = {1'600'000'000, 0};
  return made;
}

RunSettings settings() {
  RunSettings made;
  made.policy.own.domains = {"own.example"};
  made.policy.counterparties = {{.name = "S", .domains = {"bigsupplier.example"}, .addresses = {}, .people = {}, .accounts = {}}};
  made.jobs = 2;
  return made;
}

/// What became of the messages, by ticket.
std::map<std::uint64_t, Run> judged(std::vector<Arrival> arrivals, const RunSettings& how, bool learns = true) {
  std::map<std::uint64_t, Run> runs;
  auto live = Live::start(how, [&](std::uint64_t ticket, Run&& run) {
    runs[ticket] = std::move(run);
    return learns;
  });
  const std::size_t count = arrivals.size();
  for (Arrival& one : arrivals) EXPECT_TRUE((*live)->submit(std::move(one)));
  while (runs.size() < count) {
    EXPECT_TRUE((*live)->turn({}, 1'000));
    while ((*live)->next()) (*live)->judge_next();
  }
  return runs;
}

std::string codes(const Run& run) {
  std::string text;
  for (const auto& one : run.judged) {
    for (const auto& finding : one.findings) text += finding.code + " ";
  }
  return text;
}

TEST(Live, JudgesEachMessageOfWhichASessionTellsTheDirection) {
  const std::string lookalike = "ann@bigsuppiier.example";
  auto runs = judged(
      {arrival(1, lookalike), arrival(2, lookalike, Direction::outbound), arrival(3, lookalike, Direction::inbound)}, settings());
  EXPECT_NE(codes(runs[1]).find("outbound_to_lookalike"), std::string::npos);
  EXPECT_NE(codes(runs[2]).find("outbound_to_lookalike"), std::string::npos);
  EXPECT_EQ(codes(runs[3]).find("outbound_to_lookalike"), std::string::npos);
  EXPECT_EQ(runs[3].judged.front().direction, Direction::inbound);
}

TEST(Live, ReadsAFewMessagesBeforeTheyAreJudged) {
  std::size_t done = 0;
  auto live = Live::start(settings(), [&](std::uint64_t, const auto&) { return ++done > 0; });
  ASSERT_TRUE(live);
  std::uint64_t submitted = 0;
  for (const std::size_t judged : {0U, 1U}) {  // as many as there are readers, and one for each that is judged
    const std::uint64_t most = 2 + judged;
    for (int turn = 0; turn < 50; ++turn) {
      if ((*live)->has_room()) {
        ASSERT_TRUE((*live)->submit(arrival(++submitted, "a@x.example")));
      }
      ASSERT_TRUE((*live)->turn({}, 20));
    }
    EXPECT_GE(submitted, most);
    EXPECT_LE(submitted, most + 1) << "one reader may have got another before the last was read";
    EXPECT_EQ(done, judged);
    ASSERT_TRUE((*live)->next());
    (*live)->judge_next();
  }
}

TEST(Live, AMessageIsKnownAtItsArrivalWhateverItsDateSays) {
  auto runs = judged({arrival(1, "ann@bigsupplier.example")}, settings());
  const auto& dates = runs[1].judged.front().facts->dates;
  EXPECT_EQ(dates.known_at->seconds, 1'600'000'000);
  EXPECT_EQ(dates.basis, facts::TimeBasis::border);
}

TEST(Live, TheEnvelopeReachesTheFacts) {
  auto runs = judged({arrival(1, "ann@bigsupplier.example")}, settings());
  EXPECT_EQ(runs[1].judged.front().facts->envelope_sender, "bob@own.example");
  EXPECT_EQ(runs[1].judged.front().facts->envelope_recipients, std::vector<std::string>{"ann@bigsupplier.example"});
}

TEST(Live, AReaderThatCrashesCostsItsMessageAndSaysSo) {
  RunSettings how = settings();
  how.fault = [](const evidence::Item& item) {
    if (item.source == "Q2") std::raise(SIGKILL);
  };
  auto runs = judged({arrival(1, "a@x.example"), arrival(2, "a@x.example"), arrival(3, "a@x.example")}, how);
  EXPECT_TRUE(runs[2].judged.empty());
  ASSERT_EQ(runs[2].remarks.size(), 1U);
  EXPECT_EQ(runs[2].remarks.front().notes.front().code, "worker_crashed");
  EXPECT_EQ(runs[1].judged.size(), 1U);
  EXPECT_EQ(runs[3].judged.size(), 1U);
}

TEST(Live, LearnsWhatIsDecidedAndNotWhatWillComeAgain) {
  for (const bool learns : {true, false}) {
    RunSettings how = settings();
    how.memory = memory::in_memory();
    judged({arrival(1, "ann@bigsupplier.example")}, how, learns);
    EXPECT_EQ(how.memory->by_message_id("<1@own.example>") != nullptr, learns);
  }
}

/// A file that fails at its n-th commit.
class FailingStore : public memory::Store {
 public:
  explicit FailingStore(int at) : at_(at) {}

  void learn(memory::Learnt learnt) override { store_->learn(std::move(learnt)); }
  [[nodiscard]] Result<void> commit() override {
    if (++commits_ < at_) return {};
    return tl::unexpected(Error{"the disk is gone", {}, {}});
  }
  [[nodiscard]] const memory::Record* by_message_id(std::string_view id) const override { return store_->by_message_id(id); }
  [[nodiscard]] std::vector<const memory::Record*> by_thread_guid(std::string_view guid, std::size_t most) const override {
    return store_->by_thread_guid(guid, most);
  }
  [[nodiscard]] std::vector<const memory::Record*> by_subject(std::string_view base, std::size_t most) const override {
    return store_->by_subject(base, most);
  }
  [[nodiscard]] std::vector<const memory::Record*> latest_of_mailbox(std::string_view address, std::size_t most) const override {
    return store_->latest_of_mailbox(address, most);
  }
  [[nodiscard]] std::vector<memory::KnownAccount> accounts_of(const policy::Side& side) const override {
    return store_->accounts_of(side);
  }
  [[nodiscard]] std::vector<memory::KnownAccount> accounts_with_key(std::string_view key) const override {
    return store_->accounts_with_key(key);
  }
  [[nodiscard]] std::vector<memory::KnownAccount> disputed_accounts_of(const policy::Side& side) const override {
    return store_->disputed_accounts_of(side);
  }
  [[nodiscard]] std::vector<memory::KnownPhone> phones_of(const policy::Side& side, std::string_view address) const override {
    return store_->phones_of(side, address);
  }
  [[nodiscard]] bool knows_number(const policy::Side& side, std::string_view number) const override {
    return store_->knows_number(side, number);
  }
  [[nodiscard]] std::vector<memory::BilledAccount> accounts_of_invoice(const policy::Side& side,
                                                                       std::string_view number) const override {
    return store_->accounts_of_invoice(side, number);
  }
  [[nodiscard]] const memory::Correspondent* correspondent(std::string_view address) const override {
    return store_->correspondent(address);
  }
  [[nodiscard]] const std::vector<KnownDomain>& domains() const override { return store_->domains(); }
  [[nodiscard]] std::vector<const memory::Correspondent*> named(std::string_view key) const override {
    return store_->named(key);
  }
  [[nodiscard]] bool is_disputed_address(std::string_view address) const override { return store_->is_disputed_address(address); }
  [[nodiscard]] bool is_disputed_domain(std::string_view domain) const override { return store_->is_disputed_domain(domain); }
  [[nodiscard]] bool is_disputed_account(std::string_view key) const override { return store_->is_disputed_account(key); }

 private:
  std::unique_ptr<memory::Store> store_ = memory::in_memory();
  int at_, commits_ = 0;
};

TEST(Live, AMemoryThatFailsIsGivenUpAndTheMessageIsJudgedWithoutIt) {
  RunSettings how = settings();
  how.memory = std::make_shared<FailingStore>(1);
  auto runs = judged({arrival(1, "ann@bigsuppiier.example")}, how);
  EXPECT_TRUE(runs[1].memory_failed);
  EXPECT_NE(codes(runs[1]).find("outbound_to_lookalike"), std::string::npos);
  how.memory = std::make_shared<FailingStore>(2);
  runs = judged({arrival(1, "ann@bigsuppiier.example")}, how);
  EXPECT_FALSE(runs[1].memory_failed) << "what could not be written was already decided";
}

TEST(Live, AReaderHasNothingOpenOfWhoStartedIt) {
  RunSettings how = settings();
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  how.fault = [&](const evidence::Item&) {
    if (write(ends[1], "x", 1) == 1) std::raise(SIGKILL);
  };
  auto runs = judged({arrival(1, "a@x.example")}, how);
  EXPECT_EQ(runs[1].judged.size(), 1U);
  close(ends[0]);
  close(ends[1]);
}

}  // namespace
}  // namespace threadline::pipeline
