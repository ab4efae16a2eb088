// SPDX-License-Identifier: Apache-2.0
// What a sender sets as a quotation of nobody is his own word; what he quotes is not.
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

constexpr auto kAnn = "Ann Miller <ann.miller@bigsupplier.example>";
constexpr auto kLookalike = "Ann Miller <ann.miller@bigsuppller.example>";
constexpr auto kBob = "Bob Jones <bob@own.example>";
constexpr auto kCarl = "Carl Hay <carl@carrier.example>";
constexpr auto kChanged = "bank_account_changed:high";

const Mail kBill = Mail(1, kAnn, kBob).account(kTrueIban);

/// A level of which nothing says whose words it is: ">", <blockquote>, a separator without a heading.
facts::QuotedBlock nobodys(std::string_view words, std::int32_t parent = -1) {
  facts::QuotedBlock block;
  block.text = words;
  block.parent = parent;
  block.level = parent < 0 ? 1 : 2;
  return block;
}

Mail& shows_in(Mail& mail, std::int32_t block, std::string_view account) { return mail.account(iban(account, block)); }

Mail with_quote(int number, std::string_view from, std::string_view to, std::string_view account) {
  Mail mail(number, from, to);
  mail.answers(kBill).text("Please pay to:").quotes(nobodys("IBAN " + std::string(account)));
  return shows_in(mail, 0, account);
}

std::string told(std::initializer_list<Mail> mails, std::string_view code) {
  Investigation investigation("own.example");
  std::vector<Finding> last;
  for (const Mail& mail : mails) last = investigation.judge(mail);
  return fired(last, code);
}

TEST(LoneQuotes, AnAccountInAQuoteOfNobodyIsTheSendersOwn) {
  EXPECT_EQ(told({kBill, with_quote(2, kAnn, kBob, kFraudIban)}, "bank_account_changed"), kChanged);
  EXPECT_EQ(told({kBill, with_quote(2, kLookalike, kBob, kFraudIban)}, "bank_account_changed"), "bank_account_changed:critical");
  EXPECT_EQ(told({kBill, with_quote(2, kAnn, kBob, kTrueIban)}, "bank_account_changed"), "");
}

TEST(LoneQuotes, OneInsideAnotherIsTheSendersToo) {
  Mail mail(2, kAnn, kBob);
  mail.answers(kBill).quotes(nobodys("Please pay")).quotes(nobodys("IBAN", 0));
  shows_in(mail, 1, kFraudIban);
  EXPECT_EQ(told({kBill, mail}, "bank_account_changed"), kChanged);
  mail.facts.conversation.quoted.front().from.name = "Zoe Unknown";
  EXPECT_EQ(told({kBill, mail}, "bank_account_changed"), "");
}

TEST(LoneQuotes, WhatSomebodyPresentedBeforeIsQuoted) {
  const Mail carriers = Mail(2, kCarl, kBob).account(kGermanIban);
  EXPECT_EQ(told({kBill, carriers, with_quote(3, kAnn, kBob, kGermanIban)}, "bank_account_changed"), "");
}

TEST(LoneQuotes, OurOwnPeopleQuoteWithoutSayingWhom) {
  EXPECT_EQ(told({kBill, with_quote(2, kBob, kAnn, kFraudIban)}, "bank_account_changed"), "");
  EXPECT_EQ(told({kBill, with_quote(2, kBob, kAnn, kFraudIban)}, "bank_account_new"), "");
}

TEST(LoneQuotes, ARequestInOneIsTheSendersUnlessAnEarlierMessageSaysIt) {
  constexpr auto kWords = "our bank details have changed";
  const auto asks = [&](std::string_view from, const Mail& answered) {
    Mail mail(3, from, kBob);
    mail.answers(answered).quotes(nobodys(kWords)).request("bank_change", kWords);
    mail.facts.requests.front().block = 0;
    return mail;
  };
  const Mail said = Mail(2, kBob, kAnn).text("We hear that our bank details have changed?");
  EXPECT_EQ(told({kBill, asks(kAnn, kBill)}, "bank_change_request"), "bank_change_request:medium");
  EXPECT_EQ(told({said, asks(kAnn, said)}, "bank_change_request"), "");
}

TEST(LoneQuotes, ALevelThatNamesSomebodyIsNot) {
  Mail mail = with_quote(2, kAnn, kBob, kFraudIban);
  mail.facts.conversation.quoted.front().from.name = "Zoe Unknown";
  EXPECT_EQ(told({kBill, mail}, "bank_account_changed"), "");
}

}  // namespace
}  // namespace threadline::findings
