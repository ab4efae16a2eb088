// SPDX-License-Identifier: Apache-2.0
// Bodies that were cut into several parts around what is attached, with the bodies that are alternatives of each other.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "facts/conversation/conversation.h"
#include "facts/facts.h"

namespace threadline::facts {
namespace {

message::Text text_part(const char* part, bool html, std::string content, bool follows) {
  return {.part = part, .html = html, .attached = false, .charset = "utf-8", .content = std::move(content), .follows = follows};
}

ReadConversation read(std::vector<message::Text> texts) {
  message::Message message;
  message.texts = std::move(texts);
  return read_conversation(message, 60, {});
}

constexpr const char* kQuote = "See below.\n\nOn 10 Mar 2025, at 09:15, Bob <bob@firm.example> wrote:\n\n> Old words\n";
constexpr const char* kHtmlQuote =
    "<html><body>See below.<blockquote type=cite>On 10 Mar 2025, at 09:15, Bob &lt;bob@firm.example&gt; wrote:<br>Old "
    "words</blockquote></body></html>";

TEST(BodyOfSeveralParts, IsOneConversation) {
  const Conversation read_plain =
      read({text_part("1", false, "Hello\n", false), text_part("3", false, kQuote, true)}).conversation;
  EXPECT_EQ(read_plain.new_text, "Hello\nSee below.");
  ASSERT_EQ(read_plain.quoted.size(), 1U);
  EXPECT_EQ(read_plain.quoted[0].from.address, "bob@firm.example");
  EXPECT_EQ(read_plain.quoted[0].text, "Old words");
}

TEST(BodyOfSeveralParts, SpansLeadToThePartThatHoldsTheWords) {
  const std::string second = kHtmlQuote;
  const ReadConversation one = read({text_part("2.1", true, "<p>Hello</p>", false), text_part("2.3", true, second, true)});
  ASSERT_EQ(one.conversation.quoted.size(), 1U);
  const Span introduction = one.conversation.quoted[0].introduction;
  EXPECT_EQ(introduction.part, "2.3");
  EXPECT_EQ(second.substr(introduction.offset, 14), "On 10 Mar 2025");
  const Span first = one.body.span_of(0, one.body.text.size());
  EXPECT_EQ(first.part, "2.1");
  EXPECT_EQ(first.offset + first.length, std::string("<p>Hello").size());
}

TEST(BodyOfSeveralParts, IsReadInBothAlternatives) {
  const ReadConversation one = read({text_part("1", false, "Hello\nSee below.\n", false),
                                     text_part("2.1", true, "<p>Hello</p>", false), text_part("2.3", true, kHtmlQuote, true)});
  EXPECT_EQ(one.conversation.part, "2.1");
  EXPECT_EQ(one.conversation.quoted.size(), 1U);
  const ReadConversation footer = read({text_part("1.1", false, "Hello\n", false), text_part("1.2", true, "<p>Hello</p>", false),
                                        text_part("2", false, "A footer\n", true)});
  EXPECT_EQ(footer.conversation.new_text, "Hello\nA footer");
  EXPECT_TRUE(footer.conversation.notes.empty()) << "both end with it";
}

TEST(BodyOfSeveralParts, TakesAFooterOfAnotherTypeForNoAlternative) {
  const Conversation one = read({text_part("1", true, "<p>Please look at the drawing of the north hall.</p>", false),
                                 text_part("2", false, "Confidential: destroy when received in error.\n", true)})
                               .conversation;
  EXPECT_EQ(one.new_text, "Please look at the drawing of the north hall.\nConfidential: destroy when received in error.");
  const Conversation twin = read({text_part("1", false, "Please look at the drawing of the north hall.\n", false),
                                  text_part("2", true, "<p>Please look at the drawing of the north hall.</p>", true)})
                                .conversation;
  EXPECT_EQ(twin.new_text, "Please look at the drawing of the north hall.");
}

TEST(BodyOfSeveralParts, KeepsTextThatDoesNotGoOnApart) {
  const Conversation one =
      read({text_part("1", false, "Hello\n", false), text_part("2", false, "Another version\n", false)}).conversation;
  EXPECT_EQ(one.new_text, "Hello");
}

TEST(BodyOfSeveralParts, AccountsOfTheHistoryKeepTheirLevel) {
  message::Message message;
  message.texts = {text_part("1", false, "Hello\n", false),
                   text_part("3", false, std::string(kQuote) + "> IBAN FR76 1999 8004 1200 0123 4567 850\n", true)};
  const Facts facts = read_facts(message, Settings{});
  ASSERT_EQ(facts.accounts.size(), 1U);
  EXPECT_EQ(facts.accounts[0].level, 1);
  EXPECT_EQ(facts.accounts[0].span.part, "3");
}

TEST(BodyOfSeveralParts, text_bytes) {
  message::Message message;
  message.texts = {text_part("1", false, "Hello\n", false), text_part("3", false, "More words\n", true)};
  Limits limits;
  limits.text_bytes = 12;
  const Conversation one = read_conversation(message, 60, limits).conversation;
  EXPECT_EQ(one.new_text, "Hello");
  ASSERT_EQ(one.notes.size(), 1U);
  EXPECT_EQ(one.notes[0].text, "text_bytes: the rest of the body is no part of the conversation");
}

}  // namespace
}  // namespace threadline::facts
