// SPDX-License-Identifier: Apache-2.0
#include "pipeline/missing.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace threadline::pipeline {
namespace {

constexpr std::int64_t kStart = 1'522'917'420, kStep = 10'007;

policy::Policy own() {
  policy::Policy policy;
  policy.own.domains = {"own.example"};
  return policy;
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
    facts->message_id = "<" + std::to_string(number) + "@own.example>";
    facts->sha256 = "sha" + std::to_string(number);
    facts->source = folder_ + "#" + std::to_string(number);
    facts->sources = {facts->source};
    facts->from = {{"", from}};
    facts->to = {{"", to}};
    facts->dates.known_at = at(number);
    facts->dates.header = Stamp{.at = at(number), .zone_name = {}, .text = {}};
    facts::Facts& added = *facts;
    judged_.push_back({std::move(facts), findings::Direction::unknown, {}, {}, {}});
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

  /// How many missing messages the run tells of.
  int missing(const policy::Policy& policy = own()) {
    find_missing(judged_, policy);
    int count = 0;
    for (const auto& one : judged_)
      count += static_cast<int>(std::ranges::count(one.findings, "message_missing", &findings::Finding::code));
    return count;
  }

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

TEST(Missing, AMessageThatABounceCarriesIsTold) {
  Export cut(30);
  facts::Facts& bounce = cut.add(100, "mailer-daemon@own.example", "bob@own.example");
  bounce.kind = facts::MessageKind::bounce;
  facts::Facts& original = cut.add(101, "bob@own.example", "x@firm.example");
  original.subject = original.base_subject = "lost";
  original.carrier = bounce.sha256;
  original.dates.header->at.seconds = Export::at(15).seconds + 1'234;
  EXPECT_EQ(cut.missing(), 1);
}

}  // namespace
}  // namespace threadline::pipeline
