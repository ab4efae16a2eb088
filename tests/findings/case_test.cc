// SPDX-License-Identifier: Apache-2.0
// The case of corpus/kit-de-survie at the level of facts, and its twins.
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

constexpr auto kF = "F. LeComptable <f.lecomptable@groupe-armel.example>";
constexpr auto kP = "P. QuiDoitPayer <p.quidoitpayer@groupe-armel.example>";
constexpr auto kAttacker = "F. LeComptable <f.lecomptable@groupe-armell.example>";
constexpr auto kSecurity = "M. Securite <m.securite@groupe-armel.example>";

/// The honest thread: the bill with the true account, the promise, the "ok" from the telephone.
struct Story {
  Mail first{0, kF, kP}, second{13, kP, kF}, third{22, kF, kP};

  Story() {
    first.text("Merci de regler la facture, voici notre RIB.").account(kTrueIban);
    second.answers(first).quotes(first).text("Je paie aujourd'hui, sans penalites.");
    third.answers(second).quotes(second).quotes(first).text("ok");
  }

  [[nodiscard]] Mail fourth(std::string_view from, std::string_view account, int number = 68) const {
    Mail mail(number, from, kP);
    mail.answers(third).quotes(third).quotes(second).quotes(first).text("Merci de payer sur le RIB suivant.").account(account);
    return mail;
  }

  void tell(Investigation& investigation) const {
    for (const Mail* mail : {&first, &second, &third}) investigation.judge(*mail);
  }
};

constexpr auto kFraud = "bank_account_changed:critical display_name_spoof:high lookalike_domain:critical thread_hijack:critical";

TEST(Case, TheHonestMailsHaveNoFindingAboveInfo) {
  Investigation investigation("groupe-armel.example");
  const Story story;
  for (const Mail* mail : {&story.first, &story.second, &story.third}) {
    EXPECT_EQ(all_fired(investigation.judge(*mail), Severity::low), "") << mail->facts.message_id;
  }
}

TEST(Case, AnHonestFourthMailWithTheSameAccountIsSilent) {
  Investigation investigation("groupe-armel.example");
  const Story story;
  story.tell(investigation);
  EXPECT_EQ(all_fired(investigation.judge(story.fourth(kF, kTrueIban))), "");
}

TEST(Case, TheFraudIsToldWithBothAccounts) {
  Investigation investigation("groupe-armel.example");
  const Story story;
  story.tell(investigation);
  const auto findings = investigation.judge(story.fourth(kAttacker, kFraudIban));
  EXPECT_EQ(all_fired(findings, Severity::medium), kFraud);
  const Finding* changed = finding(findings, "bank_account_changed");
  ASSERT_NE(changed, nullptr);
  EXPECT_EQ(accounts(*changed, "before"), kTrueIban);
  EXPECT_EQ(accounts(*changed, "after"), kFraudIban);
  const Finding* lookalike = finding(findings, "lookalike_domain");
  EXPECT_EQ(evidence(*lookalike, "field"), "from");
  EXPECT_EQ(evidence(*lookalike, "reference"), "groupe-armel.example");
}

TEST(Case, TheFraudAloneTellsTheSameFromItsOwnHistory) {
  Investigation investigation("groupe-armel.example");
  const auto findings = investigation.judge(Story().fourth(kAttacker, kFraudIban));
  EXPECT_EQ(all_fired(findings, Severity::medium), kFraud);
  EXPECT_EQ(accounts(*finding(findings, "bank_account_changed"), "before"), kTrueIban);
}

TEST(Case, TheFraudAloneStandsWithoutKnownOwnSideToo) {
  Investigation investigation;
  EXPECT_EQ(all_fired(investigation.judge(Story().fourth(kAttacker, kFraudIban)), Severity::medium), kFraud);
}

TEST(Case, TheSecondReminderFiresAgain) {
  Investigation investigation("groupe-armel.example");
  const Story story;
  story.tell(investigation);
  const Mail fraud = story.fourth(kAttacker, kFraudIban);
  investigation.judge(fraud);
  Mail reminder = story.fourth(kAttacker, kFraudIban, 200);
  EXPECT_EQ(all_fired(investigation.judge(reminder), Severity::medium), kFraud);
}

TEST(Case, AReminderThatQuotesNothingFiresAgainByItsReference) {
  Investigation investigation("groupe-armel.example");
  const Mail fraud = Story().fourth(kAttacker, kFraudIban);
  investigation.judge(fraud);
  Mail reminder(200, kAttacker, kP);
  reminder.answers(fraud).text("Avez-vous paye ?").account(kFraudIban);
  EXPECT_EQ(all_fired(investigation.judge(reminder), Severity::medium), kFraud);
}

TEST(Case, TheVictimsForwardToSecurityPresentsNothing) {
  Investigation investigation("groupe-armel.example");
  const Story story;
  story.tell(investigation);
  const Mail fraud = story.fourth(kAttacker, kFraudIban);
  investigation.judge(fraud);
  Mail forward(223, kP, kSecurity);
  forward.subject("TR: facturation en retard").text("Ce mail est bizarre").quotes(fraud);
  const auto findings = investigation.judge(forward);
  EXPECT_EQ(fired(findings, "bank_account_changed"), "");
  EXPECT_EQ(fired(findings, "bank_account_new"), "");
  EXPECT_EQ(fired(findings, "thread_hijack"), "");
  const Finding* lookalike = finding(findings, "lookalike_domain");
  ASSERT_NE(lookalike, nullptr);
  EXPECT_EQ(evidence(*lookalike, "field"), "forwarded_from");
}

TEST(Case, AfterTheVictimsReplyTheQuotedFraudIsStillNoKnownAccount) {
  Investigation investigation("groupe-armel.example");
  const Story story;
  story.tell(investigation);
  const Mail fraud = story.fourth(kAttacker, kFraudIban);
  Mail reply(100, kP, kAttacker);  // judged without the fraud in evidence
  reply.answers(fraud).quotes(fraud).quotes(story.first).text("C'est fait.");
  const auto findings = investigation.judge(reply);
  EXPECT_EQ(fired(findings, "outbound_to_lookalike"), "outbound_to_lookalike:critical");
  EXPECT_EQ(fired(investigation.judge(story.fourth(kAttacker, kFraudIban, 200)), "bank_account_changed"),
            "bank_account_changed:critical");
}

TEST(Case, AHistoryDoctoredWithTheAttackersOwnAddressDoesNotMakeHimAParticipant) {
  Investigation investigation("groupe-armel.example");
  const Story story;
  Mail fraud = story.fourth(kAttacker, kFraudIban);
  fraud.facts.conversation.quoted.front().from = person(kAttacker);
  EXPECT_EQ(all_fired(investigation.judge(fraud), Severity::medium), kFraud);
}

TEST(Case, AHistoryDoctoredWithTheNewAccountDoesNotOutrankTheRealMail) {
  Investigation investigation("groupe-armel.example");
  const Story story;
  story.tell(investigation);
  Mail fraud = story.fourth(kAttacker, kFraudIban);
  for (facts::Account& account : fraud.facts.accounts) {
    if (account.block >= 0) account.value = kFraudIban;
  }
  const auto findings = investigation.judge(fraud);
  EXPECT_EQ(fired(findings, "bank_account_changed"), "bank_account_changed:critical");
  EXPECT_EQ(fired(findings, "quoted_history_altered"), "quoted_history_altered:critical");
}

TEST(Case, ASupplierOutsideIsProtectedAsAColleagueIs) {
  Investigation investigation("client.example");
  constexpr auto kSupplier = "Ann Miller <ann.miller@northwind-parts.example>";
  constexpr auto kTwin = "Ann Miller <ann.miller@northwlnd-parts.example>";
  constexpr auto kBuyer = "Bob Jones <bob.jones@client.example>";
  Mail bill(0, kSupplier, kBuyer), thanks(10, kBuyer, kSupplier), fraud(60, kTwin, kBuyer);
  bill.subject("Invoice 4711").text("Please pay").account(kGermanIban);
  thanks.answers(bill).quotes(bill).text("Thanks");
  fraud.answers(thanks).quotes(thanks).quotes(bill).text("Please use this account").account(kFraudIban);
  EXPECT_EQ(all_fired(investigation.judge(bill)), "bank_account_new:info");
  EXPECT_EQ(all_fired(investigation.judge(thanks)), "");
  EXPECT_EQ(all_fired(investigation.judge(fraud), Severity::medium), kFraud);
}

}  // namespace
}  // namespace threadline::findings
