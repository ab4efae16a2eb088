// SPDX-License-Identifier: Apache-2.0
#include "pipeline/missing.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "memory/memory.h"

namespace threadline::pipeline {
namespace {

constexpr std::int64_t kStart = 1'522'917'420, kStep = 10'007;

policy::Policy own() {
  policy::Policy policy;
  policy.own.domains = {"own.example"};
  return policy;
}

/// What a run does with them, for messages that are all in memory.
void find_missing(std::vector<timeline::Judged>& judged, const policy::Policy& policy, const memory::View* memory) {
  MissingSearch search(policy, memory, [&](std::uint32_t rank) { return judged[rank].facts; });
  for (const timeline::Judged& one : judged) search.add(*one.facts);
  search.finish();
  std::vector<std::vector<MissingSearch::Claim>> claims;
  for (const timeline::Judged& one : judged) claims.push_back(search.claims_of(static_cast<std::uint32_t>(claims.size()), one));
  for (std::uint32_t rank = 0; rank < judged.size(); ++rank)
    std::ranges::move(search.findings_of(rank, *judged[rank].facts, claims[rank]), std::back_inserter(judged[rank].findings));
}

/// An export of one folder: Bob sends and receives in turn, one message a step.
class Export {
 public:
  explicit Export(int messages, std::string folder = "bob.mbox") : folder_(std::move(folder)) {
    for (int number = 0; number < messages; ++number) {
      const bool sent = number % 2 == 0;
      add(number, sent ? "bob@own.example" : "ann@firm.example", sent ? "ann@firm.example" : "bob@own.example");
    }
  }

  facts::Facts& add(int number, const std::string& from, const std::string& to) {
    auto facts = std::make_shared<facts::Facts>();
    facts->message_id = id_of(number);
    facts->sha256 = "sha" + std::to_string(number);
    facts->source = folder_ + "#" + std::to_string(number);
    facts->sources = {facts->source};
    facts->from = {{"", from}};
    facts->to = {{"", to}};
    facts->dates.known_at = at(number);
    facts->dates.header = Stamp{.at = at(number), .zone_name = {}, .text = {}};
    facts::Facts& added = *facts;
    judged_.push_back({std::move(facts), findings::Direction::unknown, {}, {}, {}, {}});
    return added;
  }

  /// A message that quotes one of Bob, sent at that step.
  void add_quoting(int number, int step) {
    facts::QuotedBlock block;
    block.from = {"Bob", "bob@own.example"};
    block.to = {{"", "ann@firm.example"}};
    block.subject = "lost";
    block.date = Stamp{.at = {at(step).seconds + 1'234, 0}, .zone_name = {}, .text = {}};
    add(number, "ann@firm.example", "bob@own.example").conversation.quoted = {block};
    judged_.back().originals = {nullptr};
  }

  /// A message of a thread: its references as numbers, the last the one it answers.
  facts::Facts& add_reply(int number, const std::string& from, const std::string& to, const std::vector<int>& references) {
    facts::Facts& facts = add(number, from, to);
    for (const int one : references) facts.thread.references.push_back(id_of(one));
    facts.thread.in_reply_to = facts.thread.references.back();
    return facts;
  }

  /// How many missing messages the run tells of.
  int missing(const policy::Policy& policy = own(), const memory::View* memory = nullptr) {
    find_missing(judged_, policy, memory);
    int count = 0;
    for (const auto& one : judged_)
      count += static_cast<int>(std::ranges::count(one.findings, "message_missing", &findings::Finding::code));
    return count;
  }

  /// How many the message at that place tells of.
  [[nodiscard]] std::ptrdiff_t missing_of(std::size_t place) const {
    return std::ranges::count(judged_[place].findings, "message_missing", &findings::Finding::code);
  }

  /// A bounce, and the message of Bob's that it carries.
  facts::Facts& add_bounced() {
    facts::Facts& bounce = add(100, "mailer-daemon@own.example", "bob@own.example");
    bounce.kind = facts::MessageKind::bounce;
    const std::string carrier = bounce.sha256;
    facts::Facts& original = add(101, "bob@own.example", "x@firm.example");
    original.carrier = carrier;
    return original;
  }

  /// By what the first finding of the message at that place names what is missing.
  [[nodiscard]] std::string words_of(std::size_t place) const { return judged_[place].findings.at(0).because.at(0).text; }

  static std::string id_of(int number) { return "<" + std::to_string(number) + "@mx.example>"; }
  static Instant at(int number) { return {kStart + number * kStep, 0}; }

 private:
  std::string folder_;
  std::vector<timeline::Judged> judged_;
};

TEST(Missing, IsSilentForASmallExportAndBeyondItsEnds) {
  Export small(2), early(30), late(30), elsewhere(30);
  small.add_quoting(100, 0);
  early.add_quoting(100, -50);
  late.add_quoting(100, 60);
  EXPECT_EQ(small.missing(), 0);
  EXPECT_EQ(early.missing(), 0);
  EXPECT_EQ(late.missing(), 0);
}

TEST(Missing, IsSilentWhereTheMessageIsThereThoughItsCopyDiffers) {
  Export whole(30);
  facts::Facts& original = whole.add(101, "bob@own.example", "ann@firm.example");
  original.base_subject = "lost";
  original.dates.header->at.seconds = Export::at(15).seconds + 1'234 + 3'600;  // the client lost the zone
  whole.add_quoting(100, 15);
  EXPECT_EQ(whole.missing(), 0);
}

TEST(Missing, IsSilentWhereNoOwnSideIsKnownAndWhereThePolicySaysSo) {
  Export unknown(30), off(30);
  unknown.add_quoting(100, 15);
  off.add_quoting(100, 15);
  EXPECT_EQ(unknown.missing({}), 0);
  policy::Policy policy = own();
  policy.severity["message_missing"] = std::nullopt;
  EXPECT_EQ(off.missing(policy), 0);
}

TEST(Missing, AQuotedMessageInTheMiddleOfTheExportIsToldOnce) {
  Export cut(30);
  cut.add_quoting(100, 15);
  cut.add_quoting(102, 15);
  EXPECT_EQ(cut.missing(), 1);
}

TEST(Missing, AnAnsweredMessageOfTheOwnSideIsTold) {
  Export cut(30), foreign(30);
  cut.add(15, "ann@firm.example", "bob@own.example").thread.in_reply_to = "<lost@own.example>";
  foreign.add(15, "ann@firm.example", "bob@own.example").thread.in_reply_to = "<lost@firm.example>";
  EXPECT_EQ(cut.missing(), 1);
  EXPECT_EQ(foreign.missing(), 0);
}

const std::string kBob = "bob@own.example", kAnn = "ann@firm.example";

TEST(Missing, AThreadIsSilentWhereItsGapIsNobodysOfTheOwnSide) {
  Export before_it_began(0), internal(0), list(0), whole(0);
  before_it_began.add_reply(3, kBob, kAnn, {1, 2});
  internal.add(1, kBob, kAnn);
  internal.add_reply(3, kAnn, kBob, {1, 2});  // Ann asked a colleague first
  list.add(1, kBob, "list@lists.example");
  list.add_reply(3, kAnn, "list@lists.example", {1, 2}).is_list = true;
  list.add_reply(4, kBob, "list@lists.example", {1, 2}).is_list = true;
  whole.add(1, kAnn, kBob);
  whole.add_reply(2, kBob, kAnn, {1});
  whole.add_reply(3, kAnn, kBob, {1, 2});
  EXPECT_EQ(before_it_began.missing(), 0);
  EXPECT_EQ(internal.missing(), 0);
  EXPECT_EQ(list.missing(), 0);
  EXPECT_EQ(whole.missing(), 0);
}

TEST(Missing, AThreadIsSilentWhereTheFolderOfTheOtherDirectionWasNotExported) {
  Export inbox(0), sent(0);
  for (int number = 50; number < 60; ++number) {
    inbox.add(number, "x@other.example", kBob);
    sent.add(number, kBob, "x@other.example");
  }
  inbox.add(1, kAnn, kBob);
  inbox.add_reply(3, kAnn, kBob, {1, 2}).thread.in_reply_to = "<lost@own.example>";
  sent.add(1, kBob, kAnn);
  sent.add_reply(3, kBob, kAnn, {1, 2});
  EXPECT_EQ(inbox.missing(), 0);
  EXPECT_EQ(sent.missing(), 0);
}

TEST(Missing, AGapInAThreadThatTheOwnSideAnsweredIsToldOnce) {
  Export few(0), many(20);
  few.add(101, kBob, kAnn);
  few.add_reply(103, kBob, kAnn, {101, 102});
  many.add(101, kAnn, kBob);
  for (int number = 103; number < 107; ++number)
    many.add_reply(number, number % 2 == 0 ? kBob : kAnn, number % 2 == 0 ? kAnn : kBob, {101, 102});
  EXPECT_EQ(few.missing(), 1);
  EXPECT_EQ(many.missing(), 1);
}

TEST(Missing, AFolderOfSingleMailsIsNoExport) {
  Export chosen(0), mailbox(0);
  for (Export* one : {&chosen, &mailbox}) {
    one->add(0, kBob, kAnn);
    one->add(400, kBob, kAnn);
    for (int number = 100; number < 103; ++number) one->add_quoting(number, number - 50);
  }
  mailbox.add(200, kAnn, kBob);
  for (int number = 201; number < 205; ++number) mailbox.add_reply(number, kBob, kAnn, {number - 1});
  EXPECT_EQ(chosen.missing(), 0);
  EXPECT_EQ(mailbox.missing(), 3);
}

TEST(Missing, AMessageThatABounceCarriesIsSilentInAnInboxAlone) {
  Export inbox(0);
  for (int number = 0; number < 10; ++number) inbox.add(number, kAnn, kBob);
  facts::Facts& bounce = inbox.add(100, "mailer-daemon@own.example", kBob);
  bounce.kind = facts::MessageKind::bounce;
  const std::string sha256 = bounce.sha256;
  inbox.add(101, kBob, "x@firm.example").carrier = sha256;
  EXPECT_EQ(inbox.missing(), 0);
}

TEST(Missing, AMessageThatABounceCarriesIsTold) {
  Export cut(30);
  facts::Facts& bounce = cut.add(100, "mailer-daemon@own.example", "bob@own.example");
  bounce.kind = facts::MessageKind::bounce;
  facts::Facts& original = cut.add(101, "bob@own.example", "x@firm.example");
  original.subject = original.base_subject = "lost";
  original.carrier = bounce.sha256;
  original.dates.header->at.seconds = Export::at(15).seconds + 1'234;
  EXPECT_EQ(cut.missing(), 1);
  Export alone(0);
  facts::Facts& single = alone.add(100, "mailer-daemon@own.example", kBob);
  single.kind = facts::MessageKind::bounce;
  const std::string sha256 = single.sha256;
  alone.add(101, kBob, "x@firm.example").carrier = sha256;
  EXPECT_EQ(alone.missing(), 1);
  EXPECT_EQ(alone.missing_of(0), 1) << "the bounce tells of it";
}

TEST(Missing, AMessageWithoutAnIdThatABounceCarriesIsNamedByItsSenderAndDate) {
  Export alone(0);
  facts::Facts& original = alone.add_bounced();
  original.message_id.clear();
  ASSERT_EQ(alone.missing(), 1);
  EXPECT_EQ(alone.words_of(0), std::string(kBob) + ", " + rfc3339(Export::at(101)));
}

TEST(Missing, AMessageThatABounceCarriesIsToldThoughTheMemoryLearntIt) {
  for (const bool is_carried : {true, false}) {
    Export alone(0);
    facts::Facts& original = alone.add_bounced();
    auto learnt = std::make_shared<facts::Facts>(original);
    if (!is_carried) learnt->sha256 = std::string(64, 'f');  // the twin: an earlier run read the message itself, another copy
    const auto memory = memory::in_memory();
    memory::Learnt what;
    what.facts = learnt;
    what.known_at = Export::at(101);
    memory->learn(what);
    EXPECT_EQ(alone.missing(own(), memory.get()), is_carried ? 1 : 0);
  }
}

}  // namespace
}  // namespace threadline::pipeline
