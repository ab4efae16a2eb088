// SPDX-License-Identifier: Apache-2.0
// format=flowed, text/enriched and uuencoded files: bodies whose source is not what a person reads.
#include <gtest/gtest.h>

#include <string>

#include "facts/bank/account.h"
#include "facts/conversation/conversation.h"

namespace threadline::facts {
namespace {

using message::Writing;

struct Read {
  std::string source;
  ReadText body;
  Conversation conversation;
};

Read read(std::string source, Writing writing) {
  const message::Text part{.part = "1", .charset = "utf-8", .content = source, .writing = writing};
  Read read{.source = std::move(source), .body = read_text(part, {}), .conversation = {}};
  read.conversation = read_quoted(read.body, 60, {});
  return read;
}

/// "new | 1:words | 2:words".
std::string line_of(const Conversation& conversation) {
  std::string line = conversation.new_text;
  for (const QuotedBlock& block : conversation.quoted) line += " | " + std::to_string(block.level) + ":" + block.text;
  return line;
}

struct Case {
  const char* name;
  Writing writing;
  const char* source;
  const char* line;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class Flowed : public testing::TestWithParam<Case> {};
TEST_P(Flowed, IsReadAsAPersonSeesIt) {
  EXPECT_EQ(line_of(read(GetParam().source, GetParam().writing).conversation), GetParam().line);
}

INSTANTIATE_TEST_SUITE_P(
    Rfc3676, Flowed,
    testing::Values(
        Case{"lines_that_flow_are_one", Writing::flowed, "Please pay \nthe invoice \ntoday.\nThanks\n",
             "Please pay the invoice today.\nThanks"},
        Case{"fixed_lines_stay", Writing::flowed, "Please pay\nthe invoice\n", "Please pay\nthe invoice"},
        Case{"not_declared", Writing::lines, "Please pay \nthe invoice\n", "Please pay \nthe invoice"},
        Case{"delsp_joins_words", Writing::flowed_delsp, "Rechnungs \nnummer\n", "Rechnungsnummer"},
        Case{"delsp_keeps_one_of_two", Writing::flowed_delsp, "Please  \npay\n", "Please pay"},
        Case{"stuffing_is_undone", Writing::flowed, " From Ann\n  indented\n", "From Ann\n indented"},
        Case{"stuffed_mark_is_a_word", Writing::flowed, "Look:\n > 5 items\n", "Look:\n> 5 items"},
        Case{"mark_is_a_quote", Writing::flowed, "Look:\n> 5 items\n", "Look: | 1:5 items"},
        Case{"signature_never_flows", Writing::flowed, "Regards \n-- \nAnn\n", "Regards \n-- \nAnn"},
        Case{"quoted_signature_never_flows", Writing::flowed, "> Regards \n> -- \n> Ann\n", " | 1:Regards \n-- \nAnn"},
        Case{"empty_line_ends_it", Writing::flowed, "One \n\nTwo\n", "One \n\nTwo"},
        Case{"quoted_lines_flow", Writing::flowed, "Yes.\n\n> Please pay \n> the invoice \n> today.\n",
             "Yes. | 1:Please pay the invoice today."},
        Case{"depth_ends_it", Writing::flowed, "> outer \n>> inner \n>> words\n> outer\n", " | 1:outer \nouter | 2:inner words"},
        Case{"marks_with_blanks", Writing::flowed, "> > inner \n> > words\n", " | 2:inner words"},
        Case{"labels_stay_lines", Writing::flowed, "IBAN: X \nBIC: Y \nTitulaire : Ann \nMeyer\n",
             "IBAN: X \nBIC: Y \nTitulaire : Ann Meyer"},
        Case{"a_label_in_a_sentence_flows", Writing::flowed, "We tell you \nnote: that it flows\n",
             "We tell you note: that it flows"},
        Case{"last_line_without_end", Writing::flowed, "One \ntwo ", "One two"}),
    [](const auto& test) { return test.param.name; });

TEST(Flowed, AnAttributionThatFlowsIsRead) {
  const Read one = read(
      "Ok.\n\nOn Mon, 12 Jan 2026 at 10:00, Ann Miller of the accounts department \n<ann.miller@supplier.example> wrote:\n> "
      "Words \n"
      "> of Ann\n",
      Writing::flowed);
  ASSERT_EQ(one.conversation.quoted.size(), 1U);
  EXPECT_EQ(one.conversation.quoted[0].from.address, "ann.miller@supplier.example");
  EXPECT_EQ(line_of(one.conversation), "Ok. | 1:Words of Ann");
  EXPECT_TRUE(one.source.substr(one.conversation.quoted[0].introduction.offset).starts_with("On Mon"));
  EXPECT_EQ(one.conversation.quoted[0].span.offset + one.conversation.quoted[0].span.length, one.source.size());
}

TEST(Flowed, AHeaderBlockPaddedWithBlanksIsRead) {
  const Read one = read(
      "Ok.\n\n-----Original Message----- \nFrom: Ann <ann@supplier.example> \nSent: Monday, January 12, 2026 10:00 AM \n"
      "To: Bob <bob@firm.example> \nSubject: Invoice \n\nWords\n",
      Writing::flowed);
  ASSERT_EQ(one.conversation.quoted.size(), 1U);
  EXPECT_EQ(one.conversation.quoted[0].from.address, "ann@supplier.example");
  EXPECT_EQ(one.conversation.quoted[0].subject, "Invoice");
  EXPECT_EQ(one.conversation.quoted[0].text, "Words");
}

struct Broken {
  const char* name;
  Writing writing;
  const char* source;
  const char* in_source;  ///< what the span leads to
};
void PrintTo(const Broken& c, std::ostream* out) { *out << c.name; }

class AccountOverASoftBreak : public testing::TestWithParam<Broken> {};
TEST_P(AccountOverASoftBreak, IsReadAndItsSpanLeadsToItsBytes) {
  const Read one = read(GetParam().source, GetParam().writing);
  std::vector<Note> notes;
  const auto accounts = read_accounts(one.body, one.conversation, {}, notes);
  ASSERT_EQ(accounts.size(), 1U);
  EXPECT_EQ(accounts[0].value, "FR7630006000011234567890189");
  EXPECT_FALSE(accounts[0].hidden);
  EXPECT_EQ(one.source.substr(accounts[0].span.offset, accounts[0].span.length), GetParam().in_source);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, AccountOverASoftBreak,
    testing::Values(Broken{"flowed", Writing::flowed, "Our IBAN: FR76 3000 6000 \n0112 3456 7890 189\nthanks\n",
                           "FR76 3000 6000 \n0112 3456 7890 189"},
                    Broken{"delsp", Writing::flowed_delsp, "Our IBAN: FR7630006000 \n011234567890189\n",
                           "FR7630006000 \n011234567890189"},
                    Broken{"quoted", Writing::flowed, "Ok\n> Our IBAN: FR76 3000 6000 \n> 0112 3456 7890 189\n",
                           "FR76 3000 6000 \n> 0112 3456 7890 189"},
                    Broken{"enriched", Writing::enriched, "Our IBAN: <bold>FR76 3000\n6000 0112</bold> 3456 7890 189\n",
                           "FR76 3000\n6000 0112</bold> 3456 7890 189"}),
    [](const auto& test) { return test.param.name; });

TEST(EnrichedBody, AnExcerptIsAQuotation) {
  const Read one = read("<bold>Yes</bold>, we\npay.\n\n<excerpt>Will you\npay?\n</excerpt>", Writing::enriched);
  EXPECT_EQ(line_of(one.conversation), "Yes, we pay. | 1:Will you pay?");
}

TEST(UuencodedFileInABody, IsNoWordOfTheWriter) {
  const std::string before = "Hello\n", file = "begin 644 a.txt\n#0V%T\n`\nend\n",
                    after = "IBAN FR76 3000 6000 0112 3456 7890 189\n";
  const message::Text part{
      .part = "1", .charset = "utf-8", .content = before + file + after, .files = {{before.size(), before.size() + file.size()}}};
  const ReadText body = read_text(part, {});
  EXPECT_EQ(body.text, before + after);
  const Conversation conversation = read_quoted(body, 60, {});
  std::vector<Note> notes;
  const auto accounts = read_accounts(body, conversation, {}, notes);
  ASSERT_EQ(accounts.size(), 1U);
  EXPECT_EQ(accounts[0].span.offset, part.content.find("FR76"));
}

}  // namespace
}  // namespace threadline::facts
