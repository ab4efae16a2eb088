// SPDX-License-Identifier: Apache-2.0
// Quote marks that were lost, marks other than ">", ">" that marks nothing, and words on the line of an attribution; each with a
// letter in which it only looks so.
#include <gtest/gtest.h>

#include <iostream>
#include <string>
#include <vector>

#include "quoted_letter.h"

namespace threadline::facts {
namespace {

struct Row {
  const char* name;
  std::string body;
  std::string new_text;
  std::vector<std::string> blocks;
};

/// The text without its blank lines, which are nobody's.
std::string filled(const std::string& text) {
  std::string lines;
  for (const char c : text)
    if (c != '\n' || (!lines.empty() && lines.back() != '\n')) lines += c;
  return lines;
}

std::string line_of(const QuotedBlock& block) {
  return std::to_string(block.level) + " " + block.from.name + " <" + block.from.address + "> " +
         (block.date ? rfc3339(block.date->at).substr(0, 16) : "-") + ": " + filled(block.text);
}

class Marks : public ::testing::TestWithParam<Row> {};

TEST_P(Marks, AreRead) {
  const Conversation got = letters::read(GetParam().body);
  std::vector<std::string> blocks;
  for (const QuotedBlock& block : got.quoted) blocks.push_back(line_of(block));
  EXPECT_EQ(blocks, GetParam().blocks);
  EXPECT_EQ(filled(got.new_text), GetParam().new_text);
}

const std::string kWrote = "On 5 Apr 2018, at 10:37, Anna Berg <anna@firm.example> wrote:\n\n";
const std::string kAnna = "1 Anna Berg <anna@firm.example> 2018-04-05T10:37: ";
const std::string kFull = "The pumps arrive on Monday and the pipes come one week later because the";  // 72 bytes
const std::string kForwarded =
    "Voil\u00e0.\n\nForwarded message:\n\n> From: Anna Berg <anna@firm.example>\n> To: bruno@client.example\n> Date: Thu, 5 Apr "
    "2018 "
    "10:37:00 +0200\n>\n";

std::string row_name(const ::testing::TestParamInfo<Row>& row) { return row.param.name; }

INSTANTIATE_TEST_SUITE_P(
    Lost, Marks,
    ::testing::Values(
        Row{"rest_of_a_wrapped_line",
            "Yes.\n\n" + kWrote + "> " + kFull + "\nsupplier is closed.\n> Anna\n",
            "Yes.",
            {kAnna + kFull + "\nsupplier is closed.\nAnna"}},
        Row{"rest_before_a_marked_blank",
            "Yes.\n\n" + kWrote + "> " + kFull + "\nsupplier\n>\n> Anna\n",
            "Yes.",
            {kAnna + kFull + "\nsupplier\nAnna"}},
        Row{"rest_of_several_lines",
            "Yes.\n\n" + kWrote + "> " + kFull + "\n" +
                "supplier has told us that he is on holiday until the end of the month and\nno\n>\n> Anna\n",
            "Yes.",
            {kAnna + kFull + "\nsupplier has told us that he is on holiday until the end of the month and\nno\nAnna"}},
        Row{"rest_of_an_attribution_two_levels_deep",
            "Yes.\n\n> On 6 Apr 2018, at 09:00, Bruno <bruno@client.example> wrote:\n>\n> > On 5 Apr 2018, at 10:37, Anna "
            "Berg-Mueller "
            "<anna.berg@firm.example>\n> wrote:\n> >\n> > Hello\n",
            "Yes.",
            {"1 Bruno <bruno@client.example> 2018-04-06T09:00: ",
             "2 Anna Berg-Mueller <anna.berg@firm.example> 2018-04-05T10:37: Hello"}},
        Row{"an_answer_below_a_full_line_that_ends_a_sentence",
            kWrote + "> The pumps arrive on Monday. Shall we send the pipes with them as well?\nyes please\n> Anna\n",
            "yes please",
            {kAnna + "The pumps arrive on Monday. Shall we send the pipes with them as well?\nAnna"}},
        Row{"an_answer_below_a_short_line",
            kWrote + "> The pumps arrive on\nno, later\n> Monday\n",
            "no, later",
            {kAnna + "The pumps arrive on\nMonday"}},
        Row{"an_answer_between_blank_lines",
            kWrote + "> " + kFull + "\n\nsupplier?\n\n> supplier is closed.\n",
            "supplier?",
            {kAnna + kFull + "\nsupplier is closed."}},
        Row{"a_sentence_below_a_full_line",
            kWrote + "> " + kFull + "\nThat is not what you said on the phone.\n> supplier is closed.\n",
            "That is not what you said on the phone.",
            {kAnna + kFull + "\nsupplier is closed."}},
        Row{"lazy_line_of_a_quoted_forward",
            kForwarded + "> Bonjour.\nLes pompes arrivent lundi. Les tuyaux viennent une semaine plus tard.\n>\n> Anna\n",
            "Voil\u00e0.",
            {kAnna + "Bonjour.\nLes pompes arrivent lundi. Les tuyaux viennent une semaine plus tard.\nAnna"}},
        Row{"words_behind_a_blank_line_in_a_quoted_forward",
            kForwarded + "> Bonjour.\n\nQu'en dis-tu ?\n\n> Anna\n",
            "Voil\u00e0.\nQu'en dis-tu ?",
            {kAnna + "Bonjour.\nAnna"}},
        Row{"link_of_its_own",
            "Oui.\n\n" + kWrote + "> Voir le dossier\n>\n (https://firm.example/dossier?id=12)\n> Anna\n",
            "Oui.",
            {kAnna + "Voir le dossier\n (https://firm.example/dossier?id=12)\nAnna"}},
        Row{"link_cut_in_two",
            "Oui.\n\n" + kWrote + "> Voir le dossier <https://firm.example/dossier?\nid=12>\n> Anna\n",
            "Oui.",
            {kAnna + "Voir le dossier <https://firm.example/dossier?\nid=12>\nAnna"}},
        Row{"a_link_as_an_answer",
            kWrote + "> Where is it?\nhttps://client.example/here\n> Anna\n",
            "https://client.example/here",
            {kAnna + "Where is it?\nAnna"}}),
    row_name);

INSTANTIATE_TEST_SUITE_P(
    Other, Marks,
    ::testing::Values(
        Row{"bars",
            "Oui.\n\n2018/4/5 Anna Berg <anna@firm.example>\n\n| Bonjour\n| ------\n|\n| | Deux\n",
            "Oui.",
            {"1 Anna Berg <anna@firm.example> -: Bonjour\n------", "2  <> -: Deux"}},
        Row{"a_table",
            "The prices of anna@firm.example:\n\n| pump | 12 |\n| pipe | 3 |\n",
            "The prices of anna@firm.example:\n| pump | 12 |\n| pipe | 3 |",
            {}},
        Row{"the_bat",
            "Hello Anna,\n\nThursday, April 5, 2018, 10:37:12 AM, you wrote:\n\nAB> Hello\nAB> Anna\n\nYes.\n",
            "Hello Anna,\nYes.",
            {"1  <> 2018-04-05T10:37: Hello\nAnna"}},
        Row{"the_bat_de",
            "Hallo,\n\nam Donnerstag, 5. April 2018 um 10:37 schrieben Sie:\n\nAB> Hallo\nAB>> Zwei\n\nJa.\n",
            "Hallo,\nJa.",
            {"1  <> 2018-04-05T10:37: Hallo", "2  <> -: Zwei"}},
        Row{"prompts", "Please run this:\n\nSQL> select 1\nSQL> commit\n", "Please run this:\nSQL> select 1\nSQL> commit", {}},
        Row{"supercite",
            ">>>>> \"Anna\" == Anna Berg <anna@firm.example> writes:\n\n    Anna> Hello\n    Anna> there\n\nYes.\n",
            "Yes.",
            {"1 Anna Berg <anna@firm.example> -: Hello\nthere"}},
        Row{"groupwise",
            "Yes.\n\n>>> Anna Berg <anna@firm.example> 05/04/2018 10:37 >>>\nHello\n\nAnna\n",
            "Yes.",
            {kAnna + "Hello\nAnna"}},
        Row{"groupwise_quoted",
            "Yes.\n\nOn 05/04/2018 11:00, Bob wrote:\n> Thanks\n>\n>>>> Anna Berg <anna@firm.example> 05/04/2018 10:37 >>>\n> "
            "Hello\n",
            "Yes.",
            {"1 Bob <> 2018-04-05T11:00: Thanks", "2" + kAnna.substr(1) + "Hello"}},
        Row{"groupwise_without_address",
            "Ja.\n\n>>> \"Berg, Anna\" 05.04.2018 10:37 >>>\nHallo\n",
            "Ja.",
            {"1 Berg, Anna <> 2018-04-05T10:37: Hallo"}},
        Row{"groupwise_de",
            "Ja.\n\n>>> \"Anna Berg\" <anna@firm.example> schrieb am Donnerstag, 5. April 2018 um 10:37 in\nNachricht "
            "<5AC5E0A0@firm.example>:\n> Hallo\n>\n> Anna\n\nUnten.\n",
            "Ja.\nUnten.",
            {kAnna + "Hallo\nAnna"}},
        Row{"groupwise_de_quoted",
            "Ja.\n\nAm 05.04.2018 um 11:00 schrieb Bob <bob@firm.example>:\n> Danke\n>\n> >>> Anna Berg <anna@firm.example> "
            "schrieb am "
            "05.04.2018 um 10:37 in Nachricht\n> <5AC5E0A0@firm.example>:\n> > Hallo\n",
            "Ja.",
            {"1 Bob <bob@firm.example> 2018-04-05T11:00: Danke", "2" + kAnna.substr(1) + "Hallo"}},
        Row{"groupwise_fr",
            "Oui.\n\n>>> Anna Berg <anna@firm.example> a \u00e9crit le 05/04/2018 \u00e0 10:37 dans le "
            "message\n<5AC5E0A0@firm.example>:\n> Bonjour\n",
            "Oui.",
            {kAnna + "Bonjour"}},
        Row{"groupwise_en_in_message",
            "Yes.\n\n>>> On 05/04/2018 at 10:37, in message\n<5AC5E0A0@firm.example>, Anna Berg <anna@firm.example> wrote:\n> "
            "Hello\n",
            "Yes.",
            {kAnna + "Hello"}},
        Row{"groupwise_fr_in_message",
            "Oui.\n\n>>> Le 05/04/2018 \u00e0 10:37, dans le message <5AC5E0A0@firm.example>, Anna Berg <anna@firm.example> a "
            "\u00e9crit :\n> Bonjour\n",
            "Oui.",
            {kAnna + "Bonjour"}},
        Row{"news_in_article",
            "Yes.\n\nIn article <5AC5E0A0@firm.example>, Anna Berg <anna@firm.example> wrote:\n> Hello\n",
            "Yes.",
            {"1 Anna Berg <anna@firm.example> -: Hello"}},
        Row{"otrs_de",
            "Ja.\n\n05.04.2018 10:37 (Europe/Berlin) - Anna Berg schrieb:\n\n> Hallo\n",
            "Ja.",
            {"1 Anna Berg <> 2018-04-05T10:37: Hallo"}},
        Row{"mail_ru_en",
            "Yes.\n\nThursday, April 5, 2018, 10:37 +02:00 from Anna Berg <anna@firm.example>:\n> Hello\n",
            "Yes.",
            {kAnna + "Hello"}},
        Row{"groupwise_en_on_one_line",
            "Yes.\n>>> On 05.04.18 at 10:37, Anna Berg <anna@firm.example> wrote:\n> Hello\n",
            "Yes.",
            {kAnna + "Hello"}},
        Row{"the_third_level_below_an_answer",
            "> One.\n>> Two.\n>>> On 05.04.18 at 10:37, Anna Berg <anna@firm.example> wrote:\n> Hello\n\nYes.\n",
            "Yes.",
            {"1  <> -: One.\nHello", "2  <> -: Two.", "3 Anna Berg <anna@firm.example> 2018-04-05T10:37: "}},
        Row{"the_third_level_above_deeper_words",
            "Yes.\n\n>>> On 05.04.18 at 10:37, Anna Berg <anna@firm.example> wrote:\n>>>> Hello\n> Indeed.\n",
            "Yes.",
            {kAnna + "Hello", "1  <> -: Indeed."}},
        Row{"an_ornament",
            "Venez nous voir\n>>> >>> http://client.example <<<\nA lundi\n",
            "Venez nous voir\n>>> >>> http://client.example <<<\nA lundi",
            {}},
        Row{"three_levels_by_marks", "Yes.\n>>> Hello\n", "Yes.", {"3  <> -: Hello"}},
        Row{"address_as_a_link_of_its_own",
            "Oui.\n\nLe jeu. 5 avr. 2018 \u00e0 10:37 Anna Berg\n\n<\nmailto:Anna Berg <anna@firm.example>\n> a \u00e9crit "
            ":\nBonjour\n",
            "Oui.",
            {kAnna + "Bonjour"}},
        Row{"a_quoted_line_below_a_bracket", "a\n<\nb\n> c\n", "a\n<\nb", {"1  <> -: c"}}),
    row_name);

INSTANTIATE_TEST_SUITE_P(
    Shared, Marks,
    ::testing::Values(Row{"words_before_an_attribution",
                          "Sounds good! On Thu, Apr 5, 2018 at 10:37 AM, Anna Berg <anna@firm.example> wrote:\n> Hello\n",
                          "Sounds good!",
                          {kAnna + "Hello"}},
                      Row{"words_before_a_french_one",
                          "Merci\nBruno Le 5 avr. 2018 \u00e0 10:37, Anna Berg <anna@firm.example> a \u00e9crit :\n> Bonjour\n",
                          "Merci\nBruno",
                          {kAnna + "Bonjour"}},
                      Row{"words_before_a_german_one_that_wraps",
                          "Danke Am 5. April 2018 um 10:37 schrieb Anna Berg\n<anna@firm.example>:\n> Hallo\n",
                          "Danke",
                          {kAnna + "Hallo"}},
                      Row{"dashes_between",
                          "Yes--- On Thu, Apr 5, 2018 at 10:37 AM, me@firm.example wrote:\n> Hello\n",
                          "Yes",
                          {"1  <me@firm.example> 2018-04-05T10:37: Hello"}},
                      Row{"dashes_alone",
                          "Yes\n--- On Thu, Apr 5, 2018 at 10:37 AM, Anna Berg <anna@firm.example> wrote:\n> Hello\n",
                          "Yes",
                          {kAnna + "Hello"}},
                      Row{"a_sentence_without_a_quote",
                          "As agreed on 5 April 2018 at 10:37, we come on Monday, and as Anna wrote:\nno later.\n",
                          "As agreed on 5 April 2018 at 10:37, we come on Monday, and as Anna wrote:\nno later.",
                          {}}),
    row_name);

TEST(Marks, AForwardWithoutWordsOfItsOwnKeepsItsLazyLine) {
  const Conversation got = letters::read(kForwarded.substr(kForwarded.find("Forwarded")) + "> Hello\nthere\n> Anna\n");
  ASSERT_EQ(got.quoted.size(), 1U);
  EXPECT_EQ(got.quoted[0].form, QuoteForm::forward);
  EXPECT_EQ(got.new_text, "");
}

}  // namespace
}  // namespace threadline::facts
