// SPDX-License-Identifier: Apache-2.0
// Which messages belong together, and which answers which: what a page shows around a message with findings.
#include "timeline/conversation_tree.h"

#include <gtest/gtest.h>

#include "base/sha256.h"
#include "timeline/rows.h"

namespace threadline::timeline {
namespace {

facts::Facts mail(const std::string& name, std::int64_t at, std::vector<std::string> references = {}) {
  facts::Facts facts;
  facts.source = name;
  facts.sha256 = sha256_hex(name);
  facts.message_id = "<" + name + ">";
  facts.subject = name;
  facts.dates.known_at = Instant{at, 0};
  facts.from = {{"Anna", "anna@firm.example"}};
  if (!references.empty()) facts.thread.in_reply_to = references.back();
  facts.thread.references = std::move(references);
  return facts;
}

Judged judged(facts::Facts facts) {
  Judged one;
  one.facts = std::make_shared<const facts::Facts>(std::move(facts));
  one.originals.resize(one.facts->conversation.quoted.size());
  return one;
}

facts::QuotedBlock quoted(std::int32_t parent, std::int32_t level, const std::string& subject) {
  facts::QuotedBlock block;
  block.parent = parent;
  block.level = level;
  block.subject = subject;
  return block;
}

/// "a(b(c d) e)": each message with what answers it.
std::string shape(const Tree& tree, const std::string& parent = {}) {
  std::string text;
  for (const TreeNode& node : tree.nodes) {
    if (node.parent != parent) continue;
    const std::string below = shape(tree, node.id);
    text += (text.empty() ? "" : " ") + node.subject + (node.is_quoted ? "?" : "") + (below.empty() ? "" : "(" + below + ")");
  }
  return text;
}

TEST(Conversations, AMessageStandsInsideTheOneThatItAnswers) {
  const std::vector<Judged> all{judged(mail("a", 1)), judged(mail("b", 2, {"<a>"})), judged(mail("false", 3, {"<a>", "<b>"})),
                                judged(mail("c", 4, {"<a>", "<b>"})), judged(mail("other", 5))};
  const Tree tree = Conversations(all).around(2);
  EXPECT_EQ(shape(tree), "a(b(false c))");
  EXPECT_EQ(tree.more, 0U);
}

TEST(Conversations, AnswersToAMessageThatNobodyHasStandTogether) {
  const std::vector<Judged> all{judged(mail("b", 2, {"<lost>"})), judged(mail("c", 3, {"<lost>"}))};
  EXPECT_EQ(shape(Conversations(all).around(0)), "b c");
}

TEST(Conversations, WhatIsKnownFromAQuotationAloneStandsAboveItsCarrier) {
  facts::Facts carrier = mail("false", 3);
  carrier.conversation.quoted = {quoted(-1, 1, "second"), quoted(0, 2, "first")};
  const std::vector<Judged> all{judged(carrier)};
  EXPECT_EQ(shape(Conversations(all).around(0)), "first?(second?(false))");
}

TEST(Conversations, AQuotedMessageIsItsOriginalWhereThatIsInEvidence) {
  facts::Facts carrier = mail("false", 3);
  carrier.conversation.quoted = {quoted(-1, 1, "second"), quoted(0, 2, "first")};
  std::vector<Judged> all{judged(mail("b", 2)), judged(carrier)};
  all[1].originals[0] = all[0].facts;
  EXPECT_EQ(shape(Conversations(all).around(1)), "first?(b(false))");
}

TEST(Conversations, AForwardAsAttachmentStandsBelowWhatItCarries) {
  facts::Facts inner = mail("false", 3);
  inner.carrier = sha256_hex("forward");
  const std::vector<Judged> all{judged(mail("forward", 4)), judged(inner)};
  EXPECT_EQ(shape(Conversations(all).around(1)), "false(forward)");
}

TEST(Conversations, MessagesThatNameEachOtherInACircleAreAllShownOnce) {
  const std::vector<Judged> all{judged(mail("a", 1, {"<c>"})), judged(mail("b", 2, {"<a>"})), judged(mail("c", 3, {"<b>"})),
                                judged(mail("d", 4, {"<d>"}))};
  const Tree tree = Conversations(all).around(0);
  EXPECT_EQ(tree.nodes.size(), 3U);
  EXPECT_EQ(shape(tree), "c(a(b))");
  EXPECT_EQ(shape(Conversations(all).around(3)), "d");
}

TEST(Conversations, ShowConversationMessagesOfLimitsAndCountTheRest) {
  Limits limits;
  limits.conversation_messages = 3;
  std::vector<Judged> all{judged(mail("root", 0))};
  for (int number = 1; number <= 4; ++number) all.push_back(judged(mail(std::to_string(number), number, {"<root>"})));
  const std::vector<Judged> three(all.begin(), all.begin() + 3);
  const Tree at_the_bound = Conversations(three, limits).around(2);
  EXPECT_EQ(shape(at_the_bound), "root(1 2)");
  EXPECT_EQ(at_the_bound.more, 0U);
  const Tree beyond = Conversations(all, limits).around(4);
  EXPECT_EQ(shape(beyond), "root(1 4)") << "the message itself and what it answers are never left out";
  EXPECT_EQ(beyond.more, 2U);
}

}  // namespace
}  // namespace threadline::timeline
