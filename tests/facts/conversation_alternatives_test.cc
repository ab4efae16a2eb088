// SPDX-License-Identifier: Apache-2.0
// Text and HTML bodies of one message whose quoted histories say different things, each with its honest twin.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "facts/conversation/conversation.h"

namespace threadline::facts {
namespace {

constexpr const char* kText =
    "Yes.\n\nFrom: Bob <bob@firm.example>\nSent: Thursday, April 5, 2018 10:50 AM\nTo: Ann <ann@firm.example>\nSubject: RE: "
    "bill\n\nPlease wait until Monday morning with everything.\n\nFrom: Ann <ann@firm.example>\nSent: Thursday, April 5, 2018 "
    "10:37 "
    "AM\nTo: Bob <bob@firm.example>\nSubject: bill\n\nPay the invoice of March to IBAN FR76 1999 8004 1200 0123 4567 850 "
    "please.\n";
constexpr const char* kHtml =
    R"(<p>Yes.</p><hr><div id="divRplyFwdMsg"><b>From:</b> Bob &lt;bob@firm.example&gt;<br><b>Sent:</b> Thursday, April 5, 2018 10:50 AM<br><b>To:</b> Ann &lt;ann@firm.example&gt;<br><b>Subject:</b> RE: bill</div><p>Please wait until Monday morning with everything.</p><div id="x_divRplyFwdMsg"><b>From:</b> Ann &lt;ann@firm.example&gt;<br><b>Sent:</b> Thursday, April 5, 2018 10:37 AM<br><b>To:</b> Bob &lt;bob@firm.example&gt;<br><b>Subject:</b> bill</div><p>Pay the invoice of March to IBAN FR76 1999 8004 1200 0123 4567 850 please.</p>)";

std::string changed(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.rfind(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

/// The notes about differences, a line each.
std::string differences(const std::string& plain, const std::string& html) {
  message::Message message;
  message.texts = {{.part = "1", .html = false, .attached = false, .charset = "utf-8", .content = plain},
                   {.part = "2", .html = true, .attached = false, .charset = "utf-8", .content = html}};
  std::string lines;
  for (const Note& note : read_conversation(message, 120, {}).conversation.notes) {
    if (note.code == "bodies_differ") lines += note.text + "\n";
  }
  return lines;
}

TEST(Histories, ThatSayTheSameAreNoNote) { EXPECT_EQ(differences(kText, kHtml), ""); }

TEST(Histories, WithAnotherSenderOfALevelAreANoteWithTheLevel) {
  const std::string html = changed(kHtml, "Ann &lt;ann@firm.example&gt;<br><b>Sent", "Bob &lt;bob@firm.example&gt;<br><b>Sent");
  EXPECT_EQ(differences(kText, html), "1: level 2 sender ann@firm.example / 2: level 2 sender bob@firm.example\n");
}

TEST(Histories, WithAnotherRecipientOfALevelAreANoteWithTheLevel) {
  const std::string html =
      changed(kHtml, "Bob &lt;bob@firm.example&gt;<br><b>Subject", "Ann &lt;ann@firm.example&gt;<br><b>Subject");
  EXPECT_EQ(differences(kText, html), "1: level 2 recipient bob@firm.example / 2: level 2 recipient ann@firm.example\n");
}

TEST(Histories, WithAnotherDateOfALevelAreANoteWithTheLevel) {
  EXPECT_EQ(differences(kText, changed(kHtml, "April 5, 2018 10:37", "April 4, 2018 10:37")),
            "1: level 2 date Thursday, April 5, 2018 10:37 AM / 2: level 2 date Thursday, April 4, 2018 10:37 AM\n");
  EXPECT_EQ(differences(kText, changed(kHtml, "10:37 AM", "12:37 PM")), "") << "whole hours: another zone";
}

TEST(Histories, WithAnotherAccountInALevelAreANoteWithTheLevel) {
  const std::string html = changed(kHtml, "FR76 1999 8004 1200 0123 4567 850", "FR76 1988 7015 3000 0876 5432 118");
  const std::string lines = differences(kText, html);
  EXPECT_NE(lines.find("level 2 with account FR7619998004120001234567850"), std::string::npos) << lines;
}

TEST(Histories, WithALevelThatTheOtherLacksAreANoteWithTheLevel) {
  const std::string html =
      std::string(kHtml) +
      R"(<div id="x_x_divRplyFwdMsg"><b>From:</b> Eve &lt;eve@firm.example&gt;<br><b>Sent:</b> Thursday, April 5, 2018 10:20 AM<br><b>To:</b> Ann &lt;ann@firm.example&gt;<br><b>Subject:</b> bill</div><p>Wire twelve thousand euros immediately, secretly, today.</p>)";
  EXPECT_NE(differences(kText, html).find("level 3 of eve@firm.example"), std::string::npos) << differences(kText, html);
}

TEST(Histories, WithNamesWithoutAddressesOrWithoutMarksAreNoNote) {
  std::string plain = changed(kText, "To: Bob <bob@firm.example>", "To: Bob");
  EXPECT_EQ(differences(plain, kHtml), "");
  plain = changed(plain, "From: Ann <ann@firm.example>", "From: Ann");
  EXPECT_EQ(differences(plain, kHtml), "");
  EXPECT_EQ(differences("Yes.\n\nPlease wait until Monday morning with everything.\n\nPay the invoice of March to IBAN FR76 1999 "
                        "8004 1200 0123 4567 850 please. bob@firm.example ann@firm.example\n",
                        kHtml),
            "");
}

/// What the other alternative says of a level, a line each: "1 sum of 2 500 EUR".
std::string told_otherwise(const std::string& plain, const std::string& html) {
  message::Message message;
  message.texts = {{.part = "1", .html = false, .attached = false, .charset = "utf-8", .content = plain},
                   {.part = "2", .html = true, .attached = false, .charset = "utf-8", .content = html}};
  std::string lines;
  for (const OtherTelling& told : read_conversation(message, 120, {}).conversation.told_otherwise)
    lines += std::to_string(told.block) + " " + told.said.span.part + " " + told.said.text + "\n";
  return lines;
}

TEST(Histories, WithAnotherAccountInALevelKeepHowTheOtherTellsIt) {
  const std::string html = changed(kHtml, "FR76 1999 8004 1200 0123 4567 850", "FR76 1988 7015 3000 0876 5432 118");
  EXPECT_EQ(told_otherwise(kText, html), "1 2 Pay the invoice of March to IBAN FR76 1988 7015 3000 0876 5432 118 please.\n");
  EXPECT_EQ(told_otherwise(kText, kHtml), "");
  EXPECT_EQ(told_otherwise(kText, changed(kHtml, "please.", "<b>please</b>.")), "") << "form is no telling";
}

TEST(Histories, WithALongerTextBesideThemKeepHowTheOtherTellsALevel) {
  std::string padded = "Yes.";
  for (int word = 0; word < 300; ++word) padded += " filler" + std::to_string(word);
  const std::string html = changed(kHtml, "FR76 1999 8004 1200 0123 4567 850", "FR76 1988 7015 3000 0876 5432 118");
  EXPECT_NE(told_otherwise(changed(kText, "Yes.", padded), html), "");
  EXPECT_EQ(told_otherwise(changed(kText, "Yes.", padded), kHtml), "");
}

TEST(Histories, WithATelephoneNumberOfItsOwnKeepHowTheOtherTellsIt) {
  const std::string text = changed(kText, "please.", "or call 01 23 45 67 89.");
  const std::string html = changed(kHtml, "please.", "or call 01 99 99 99 99.");
  EXPECT_NE(told_otherwise(text, html), "");
  EXPECT_EQ(told_otherwise(text, changed(kHtml, "please.", "or call 01.23.45.67.89.")), "") << "one number in two spellings";
}

TEST(Bodies, DoNotDifferByTheTargetsOfTheirLinksInWhateverBrackets) {
  for (const char* target :
       {"<http://www.mailer.example/?sig>", "(http://www.mailer.example/?sig)", "[https://www.mailer.example/?sig]"})
    EXPECT_EQ(differences("Hello, please tell us.\n\nSent with Mailer " + std::string(target) + "\n",
                          "<p>Hello, please tell us.</p><p>Sent with <a href=\"http://www.mailer.example/?sig\">Mailer</a></p>"),
              "")
        << target;
}

TEST(Bodies, ThatNameAnotherAddressOfAHostAreNotToldAsANumber) {
  const std::string told = differences("The host 192.0.2.141 did not answer, nobody else.",
                                       "<p>The host 198.51.100.229 did not answer, nobody else.</p>");
  EXPECT_EQ(told.find("19202141"), std::string::npos) << told;
}

}  // namespace
}  // namespace threadline::facts
