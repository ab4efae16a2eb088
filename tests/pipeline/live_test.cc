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
std::map<std::uint64_t, Run> judged(std::vector<Arrival> arrivals, const RunSettings& how, memory::Store* store = nullptr,
                                    bool learns = true) {
  std::map<std::uint64_t, Run> runs;
  auto live = Live::start(how, store, [&](std::uint64_t ticket, Run&& run) {
    runs[ticket] = std::move(run);
    return learns;
  });
  const std::size_t count = arrivals.size();
  for (Arrival& one : arrivals) EXPECT_TRUE((*live)->submit(std::move(one)));
  while (runs.size() < count) EXPECT_TRUE((*live)->turn({}, 1'000));
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
  const auto learnt = memory::in_memory(), deferred = memory::in_memory();
  judged({arrival(1, "ann@bigsupplier.example")}, settings(), learnt.get(), true);
  judged({arrival(1, "ann@bigsupplier.example")}, settings(), deferred.get(), false);
  EXPECT_NE(learnt->by_message_id("<1@own.example>"), nullptr);
  EXPECT_EQ(deferred->by_message_id("<1@own.example>"), nullptr);
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
