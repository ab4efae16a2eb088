// SPDX-License-Identifier: Apache-2.0
// Accounts that stand in a quoted or forwarded level alone, first the silent twins (findings.md, "presented_for").
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

constexpr auto kAnn = "Ann Miller <ann.miller@bigsupplier.example>";
constexpr auto kLookalike = "Ann Miller <ann.miller@bigsuppller.example>";
constexpr auto kBob = "Bob Jones <bob@own.example>";
constexpr auto kEve = "Eve Hill <eve@own.example>";
constexpr auto kFalseEve = "Eve Hill <eve.hill.ceo@gmail.com>";
constexpr auto kFalseColleague = "Eve Hill <eve@ovvn.example>";
constexpr auto kHigh = "bank_account_changed:high";
constexpr auto kCritical = "bank_account_changed:critical";
constexpr auto kNew = "bank_account_new:info";

/// The account findings of the last of these mails.
std::string told(std::initializer_list<Mail> mails, Investigation investigation = Investigation("own.example")) {
  std::string last;
  for (const Mail& mail : mails) {
    const auto findings = investigation.judge(mail);
    last = fired(findings, "bank_account_new");
    const std::string changed = fired(findings, "bank_account_changed");
    last += (last.empty() || changed.empty() ? "" : " ") + changed;
  }
  return last;
}

Mail forward(int number, std::string_view from, std::string_view to, const Mail& what) {
  Mail mail(number, from, to);
  mail.quotes(what).subject("Fwd: " + what.facts.base_subject);
  mail.facts.conversation.quoted.front().form = facts::QuoteForm::forward;
  return mail;
}

const Mail kBill = Mail(1, kAnn, kBob).account(kTrueIban);

TEST(QuotedAccountStories, AQuotedCopyWithTheKnownAccountIsSilent) {
  EXPECT_EQ(told({kBill, Mail(3, kBob, kAnn).answers(kBill).quotes(kBill)}), "");
  EXPECT_EQ(told({kBill, Mail(3, kAnn, kBob).answers(kBill).quotes(kBill)}), "");
  const Mail unseen = Mail(2, kAnn, kEve).account(kTrueIban);
  EXPECT_EQ(told({kBill, forward(3, kEve, kBob, unseen)}), "");
}

/// A mail of Bob's that quotes Ann by her name alone, with that account.
Mail quoting_by_name(int number, std::string_view to, std::string_view iban) {
  Mail mail(number, kBob, to);
  mail.quotes(Mail(9, kAnn, kBob).account(iban)).facts.conversation.quoted.front().from.address.clear();
  return mail;
}

TEST(QuotedAccountStories, AnAuthorWhomOurOwnPeopleQuoteByNameIsThatRecipient) {
  const Mail changed = Mail(4, kAnn, kBob).account(kFraudIban);
  EXPECT_EQ(told({quoting_by_name(3, kAnn, kTrueIban), Mail(4, kAnn, kBob).account(kTrueIban)}), "");
  EXPECT_EQ(told({quoting_by_name(3, kAnn, kTrueIban), changed}), kHigh);
  EXPECT_EQ(told({kBill, quoting_by_name(3, kAnn, kFraudIban)}), kHigh) << "another account of hers is known";
}

TEST(QuotedAccountStories, ACopyOfAMessageThatIsInEvidenceIsNotJudgedAgain) {
  const Mail changed = Mail(2, kAnn, kBob).answers(kBill).account(kFraudIban);
  EXPECT_EQ(told({kBill, changed}), kHigh);
  EXPECT_EQ(told({kBill, changed, Mail(3, kBob, kAnn).answers(changed).quotes(changed)}), "");
  EXPECT_EQ(told({kBill, changed, forward(3, kBob, kEve, changed)}), "");
  const Mail unseen = Mail(2, kAnn, kEve).account(kFraudIban);
  EXPECT_EQ(told({kBill, forward(3, kEve, kBob, unseen), Mail(4, kBob, kEve).quotes(unseen)}), "");
}

TEST(QuotedAccountStories, TheFirstAccountThatAQuoteShowsIsNewOnce) {
  const Mail reply = Mail(3, kBob, kAnn).answers(kBill).quotes(kBill);
  EXPECT_EQ(told({reply}), kNew);
  EXPECT_EQ(told({reply, Mail(4, kAnn, kBob).answers(reply).account(kTrueIban)}), "");
  EXPECT_EQ(told({forward(3, kFalseEve, kBob, Mail(2, kAnn, kEve).account(kTrueIban))}), kNew);
}

TEST(QuotedAccountStories, OurOwnAccountInQuotedWordsOfOursIsNoOffer) {
  const Mail ours = Mail(1, kBob, kAnn).account(kGermanIban), other = Mail(2, kBob, kAnn).account(kFraudIban);
  EXPECT_EQ(told({ours, Mail(3, kAnn, kBob).answers(ours).quotes(other)}), "");
  const Mail asks = Mail(2, kBob, kAnn).account(kTrueIban);
  EXPECT_EQ(told({kBill, Mail(3, kAnn, kBob).answers(kBill).quotes(asks)}), "");
}

TEST(QuotedAccountStories, AnImpostorWhoPutsAnAccountIntoTheReadersMouthPresentsIt) {
  const Mail agreed = Mail(2, kBob, kAnn).account(kFraudIban);
  EXPECT_EQ(told({kBill, Mail(3, kLookalike, kBob).answers(kBill).quotes(agreed)}), kCritical);
  EXPECT_EQ(told({kBill, Mail(3, kAnn, kBob).answers(kBill).quotes(agreed)}), "")
      << "Ann herself quotes a mail that was not exported";
  const Mail ours = Mail(2, kBob, kAnn).account(kGermanIban);
  EXPECT_EQ(told({kBill, ours, Mail(3, kLookalike, kBob).answers(kBill).quotes(Mail(4, kBob, kAnn).account(kGermanIban))}), "");
}

TEST(QuotedAccountStories, HistoryOlderThanAllThatIsKnownIsNoChangeWhereAnHonestPersonQuotesIt) {
  const Mail bill = Mail(1, kAnn, kBob).days_later(30).account(kTrueIban);
  const Mail old = Mail(2, kAnn, kEve).account(kFraudIban);
  EXPECT_EQ(told({bill, forward(3, kEve, kBob, old).days_later(40)}), "");
  EXPECT_EQ(told({bill, forward(3, kFalseEve, kBob, old).days_later(40)}), kCritical);
}

TEST(QuotedAccountStories, AForgedForwardIsAChangeOfTheQuotedSide) {
  const Mail forged = Mail(2, kAnn, kEve).account(kFraudIban);
  EXPECT_EQ(told({kBill, forward(3, kFalseColleague, kBob, forged)}), kCritical);
  EXPECT_EQ(told({kBill, forward(3, kLookalike, kBob, forged)}), kCritical);
  EXPECT_EQ(told({kBill, forward(3, kEve, kBob, forged)}), kHigh);
}

TEST(QuotedAccountStories, AnAlteredQuoteIsAChangeOfTheQuotedSide) {
  Mail altered = Mail(2, kLookalike, kBob).answers(kBill).quotes(Mail(1, kAnn, kBob).account(kFraudIban));
  EXPECT_EQ(told({kBill, altered}), kCritical);
}

TEST(QuotedAccountStories, ALookalikesMailThatAColleagueForwardsIsAChangeOfTheImitatedSide) {
  const Mail stolen = Mail(2, kLookalike, kEve).account(kFraudIban);
  EXPECT_EQ(told({kBill, forward(3, kEve, kBob, stolen)}), kCritical);
  EXPECT_EQ(told({kBill, forward(3, kEve, kBob, Mail(2, kAnn, kEve).account(kTrueIban))}), "");
}

TEST(QuotedAccountStories, TheForwardedLookalikeOfANameSeenOnceIsCriticalWithItsAccountAndLowWithout) {
  const Mail stolen = Mail(2, kLookalike, kEve).account(kFraudIban);
  Investigation with("own.example"), without("own.example");
  with.judge(kBill);
  without.judge(kBill);
  EXPECT_EQ(fired(with.judge(forward(3, kEve, kBob, stolen)), "lookalike_domain"), "lookalike_domain:critical");
  EXPECT_EQ(fired(without.judge(forward(3, kEve, kBob, Mail(2, kLookalike, kEve))), "lookalike_domain"), "lookalike_domain:low");
}

TEST(QuotedAccountStories, ADeeperLevelIsWhatANearerOneIsComparedWith) {
  const Mail before = Mail(1, kAnn, kBob).account(kTrueIban), after = Mail(2, kAnn, kBob).account(kFraudIban);
  EXPECT_EQ(told({Mail(3, kBob, kAnn).quotes(after).quotes(before)}), std::string(kNew) + " " + kHigh);
  EXPECT_EQ(told({Mail(3, kBob, kAnn).quotes(before).quotes(before)}), kNew);
}

TEST(QuotedAccountStories, AMailInOurNameThatACustomerForwardsToUsIsAChangeOfOurSide) {
  constexpr auto kOurs = "Tom Hill <tom@buildersgroup.example>", kNotOurs = "Tom Hill <tom@buildersgr0up.example>";
  const Mail ours = Mail(1, kOurs, kAnn).account(kGermanIban), copy = Mail(2, kOurs, kAnn).account(kGermanIban);
  const Mail in_our_name = Mail(2, kNotOurs, kAnn).account(kFraudIban);
  EXPECT_EQ(told({ours, forward(3, kAnn, kOurs, copy)}, Investigation("buildersgroup.example")), "");
  EXPECT_EQ(told({ours, forward(3, kAnn, kOurs, in_our_name)}, Investigation("buildersgroup.example")), kCritical);
}

}  // namespace
}  // namespace threadline::findings
