// SPDX-License-Identifier: Apache-2.0
// Stories about accounts, each with its silent twin (findings.md, "Words" and "Bank details").
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

constexpr auto kAnn = "Ann Miller <ann.miller@bigsupplier.example>";
constexpr auto kBob = "Bob Jones <bob@own.example>";
constexpr auto kEve = "Eve Hill <eve@own.example>";
constexpr std::string_view kUk = "60161331926819", kGbIban = "GB29NWBK60161331926819";
constexpr std::string_view kOtherFrench = "FR7610096000501234567890142";

facts::Account account(std::string_view kind, std::string_view value) {
  facts::Account account = iban(value);
  account.kind = kind;
  if (kind != "iban") account.country = kind == "uk" ? "GB" : "US";
  return account;
}

facts::Account masked(std::string_view value) {
  facts::Account account = iban(value);
  account.masked = true;
  return account;
}

facts::Account held_by(std::string_view value, std::string_view holder, std::string_view role = "") {
  facts::Account account = iban(value);
  account.holder = holder;
  if (role == "receiving") account.role = facts::AccountRole::receiving;
  return account;
}

facts::Account attached(std::string_view value, std::string_view medium = "text") {
  facts::Account account = iban(value);
  account.where = "attachment";
  account.attachment = "bill.pdf";
  account.medium = medium;
  return account;
}

policy::Party party(std::string name, std::string domain, std::vector<std::string> values) {
  policy::Party party{.name = std::move(name), .domains = {std::move(domain)}, .addresses = {}, .people = {}, .accounts = {}};
  for (std::string& value : values) party.accounts.push_back({.value = std::move(value), .label = {}, .since = {}});
  return party;
}

policy::Policy policy_with(std::vector<policy::Party> parties) {
  policy::Policy policy;
  policy.own.domains = {"own.example"};
  policy.counterparties = std::move(parties);
  return policy;
}

/// The accounts' codes of the last of several mails, judged in their order.
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

Mail mail(int number, std::string_view from = kAnn, std::string_view to = kBob) { return Mail(number, from, to); }
Mail alone(int number, std::string_view from = kAnn, std::string_view to = kBob) {
  return Mail(number, from, to).subject("Matter " + std::to_string(number));
}

constexpr auto kHigh = "bank_account_changed:high";
constexpr auto kMedium = "bank_account_changed:medium";
constexpr auto kNew = "bank_account_new:info";

TEST(AccountStories, OneAccountInTwoNotationsIsNoChange) {
  EXPECT_EQ(told({alone(1).account(account("uk", kUk)), alone(2).account(iban(kGbIban))}), "");
  EXPECT_EQ(told({alone(1).account(iban(kGbIban)), alone(2).account(account("uk", kUk))}), "");
  EXPECT_EQ(told({alone(1).account(account("uk", "60161331926810")), alone(2).account(iban(kGbIban))}), kMedium);
  EXPECT_EQ(told({alone(1).account(account("us", "021000021000123456")), alone(2).account(account("us", "021000021123456"))}),
            "");
  EXPECT_EQ(told({alone(1).account(account("us", "021000021000123456")), alone(2).account(account("us", "021000021123457"))}),
            kMedium);
}

TEST(AccountStories, AMessageThatShowsBothNotationsShowsOneAccount) {
  Investigation investigation("own.example");
  const auto findings = investigation.judge(mail(1).account(account("uk", kUk)).account(iban(kGbIban)));
  EXPECT_EQ(accounts(*finding(findings, "bank_account_new"), "after"), kUk);
}

TEST(AccountStories, AnAccountInTheReadersNameIsHisUnlessItIsToBePaidTo) {
  const auto changed = [](std::string_view holder, std::string_view request) {
    policy::Policy policy;
    policy.own.name = "Maison Alba";
    policy.own.domains = {"maison-alba.example"};
    Investigation investigation(policy);
    const char* kClerk = "Eve <eve@maison-alba.example>";
    Mail bill(1, kAnn, kClerk), next(2, kAnn, kClerk);
    investigation.judge(bill.account(kTrueIban));
    facts::Account account = iban(kFraudIban);
    account.holder = holder;
    if (!request.empty())
      next.facts.requests.push_back({.kind = std::string(request), .language = "fr", .text = "...", .span = {}});
    return !fired(investigation.judge(next.answers(bill).account(account)), "bank_account_changed").empty();
  };
  EXPECT_FALSE(changed("MAISON ALBA SARL", ""));
  EXPECT_TRUE(changed("MAISON ALBA SARL", "payment"));
  EXPECT_TRUE(changed("MAISON ALBA SARL", "bank_change"));
  EXPECT_TRUE(changed("MAISON DUPRE", "")) << "one word in common";
  EXPECT_TRUE(changed("Big Supplier", ""));
}

TEST(AccountStories, AnAccountCalledTheFormerOneIsNamedNotPresented) {
  facts::Account former = iban(kFraudIban);
  former.former = true;
  EXPECT_EQ(told({alone(1).account(kTrueIban), alone(2).account(former)}), "");
  EXPECT_EQ(told({alone(1).account(kTrueIban), alone(2).account(iban(kFraudIban))}), kMedium);
}

TEST(AccountStories, WhatTheConversationShowedIsHighAlsoWhereTheMemoryKnewItBefore) {
  const Mail old = alone(1).account(kTrueIban), bill = mail(2).account(kTrueIban);
  EXPECT_EQ(told({old, bill, mail(3).answers(bill).account(kFraudIban)}), kHigh);
  EXPECT_EQ(told({old, mail(3).quotes(bill).account(kFraudIban)}), kHigh);
  EXPECT_EQ(told({old, alone(3).account(kFraudIban)}), kMedium);
}

TEST(AccountStories, AnotherHolderOrRouteIsHighAlsoFromMemoryAlone) {
  const auto from_memory = [](const Mail& next) { return told({alone(1).account(held_by(kTrueIban, "BIGSUPPLIER SAS")), next}); };
  EXPECT_EQ(from_memory(alone(2).account(held_by(kFraudIban, "Bigsupplier"))), kMedium);
  EXPECT_EQ(from_memory(alone(2).account(held_by(kFraudIban, "J. Stone"))), kHigh);
  EXPECT_EQ(from_memory(alone(2).account(kFraudIban)), kHigh);
  const auto by_way = [](std::string_view server) {
    Mail next = alone(2).account(kFraudIban).hop(server, "mx.own.example", 1, true);
    next.facts.route.hops.front().from.ip = "192.0.2.99";
    return told({alone(1).account(kTrueIban).hop("mx.bigsupplier.example", "mx.own.example", 1, true), next});
  };
  EXPECT_EQ(by_way("mail.bigsupplier.example"), kMedium);
  EXPECT_EQ(by_way("vps.elsewhere.example"), kHigh);
}

TEST(AccountStories, AnAccountInDoubtIsSpokenOfWithThoseInWhoseNameItCame) {
  constexpr auto kTwin = "Ann Miller <ann.miller@bigsuppler.example>";
  const Mail bill = mail(1).account(kTrueIban);
  const auto after_fraud = [&](const Mail& fraud, const Mail& next) { return told({bill, fraud, next}); };
  const Mail by_herself = mail(2).answers(bill).account(kFraudIban), by_twin = mail(2, kTwin).answers(bill).account(kFraudIban);
  EXPECT_EQ(after_fraud(by_herself, alone(3, kBob, kAnn).account(held_by(kFraudIban, "", "receiving"))), "") << "is this yours?";
  EXPECT_EQ(after_fraud(by_twin, alone(3, kBob, kAnn).account(kFraudIban)), "") << "is this yours?";
  EXPECT_EQ(after_fraud(by_twin, mail(3, kBob, kTwin).answers(by_twin).account(kFraudIban)), "") << "we have paid to it";
  // One account in many names: first as our own, from a mailbox that was taken over, then as a supplier's.
  EXPECT_EQ(told({bill, alone(2, kBob, "Carl Stone <carl@customer.example>").account(kGermanIban),
                  alone(3, kBob, "Carl Stone <carl@customer.example>").account(kFraudIban),
                  mail(4).answers(bill).account(held_by(kFraudIban, "", "receiving"))}),
            kHigh);
  // Who names it to others presents it, and who wrote it in the first place does so again.
  policy::Policy with_own_account = policy_with({});
  with_own_account.own.accounts.push_back({.value = std::string(kGermanIban), .label = {}, .since = {}});
  const auto outbound = [&](const char* whom) {
    Investigation investigation(with_own_account);
    (void)investigation.judge(bill);
    (void)investigation.judge(by_twin);
    return fired(investigation.judge(alone(3, kBob, whom).account(kFraudIban)), "outbound_bank_details");
  };
  EXPECT_EQ(outbound("Carl Stone <carl@customer.example>"), "outbound_bank_details:high");
  EXPECT_EQ(outbound(kAnn), "");
  EXPECT_EQ(after_fraud(by_herself, alone(3).account(kFraudIban)), kHigh);
  EXPECT_EQ(after_fraud(by_twin, mail(3, kTwin).answers(by_twin).account(kFraudIban)), "bank_account_changed:critical");
}

TEST(AccountStories, AnAccountThatTheWriterPutsIntoTheSubjectIsHis) {
  facts::Account in_subject = iban(kFraudIban, 0);
  in_subject.span = {"header", 10, 40};
  const Mail bill = mail(1).subject("Wooden chairs").account(kTrueIban);
  const auto answered = [&](const char* before, const char* now) {
    Investigation investigation("own.example");
    const Mail answer = mail(2, kBob, kAnn).answers(bill).subject(before).quotes(bill).text("we shall pay for the chairs soon");
    (void)investigation.judge(bill);
    (void)investigation.judge(answer);
    Mail reply = mail(3).answers(answer).subject(now).quotes(answer);
    reply.facts.conversation.quoted.front().subject.clear();
    return all_fired(investigation.judge(reply.account(in_subject)), Severity::medium);
  };
  EXPECT_EQ(answered("Re: Wooden chairs", "Re: Wooden chairs - FR1420041010050500013M02606"), kHigh);
  EXPECT_EQ(answered("Re: Wooden chairs - FR1420041010050500013M02606", "Re: Wooden chairs - FR1420041010050500013M02606"), "");
}

TEST(AccountStories, AnAccountInTheSubjectIsTheWritersWhereAnOlderSubjectLacksItAndTheAnsweredOneIsUnseen) {
  facts::Account in_subject = iban(kFraudIban, 0);
  in_subject.span = {"header", 10, 40};
  in_subject.as_written = "FR1420041010050500013M02606";
  const Mail bill = mail(1).subject("Wooden chairs").account(kTrueIban);
  const Mail unseen = mail(2, kBob, kAnn).subject("Re: Wooden chairs").text("we shall pay for the chairs soon");
  const auto fired_on = [&](const char* from, const char* to, const char* older) {
    Investigation investigation("own.example");
    (void)investigation.judge(bill);
    Mail reply = alone(3, from, to).subject("Re: Wooden chairs - FR1420041010050500013M02606").quotes(unseen).quotes(bill);
    reply.facts.conversation.quoted.front().subject.clear();
    reply.facts.conversation.quoted.back().subject = older;
    reply.facts.conversation.quoted.back().text = "words that stand in no message of all the evidence";
    return fired(investigation.judge(reply.account(in_subject)), "bank_account_changed");
  };
  EXPECT_EQ(fired_on(kAnn, kBob, "Wooden chairs"), kHigh);
  EXPECT_EQ(fired_on(kAnn, kBob, "Wooden chairs - FR1420041010050500013M02606"), "");
  EXPECT_EQ(fired_on(kAnn, kBob, ""), "");
  EXPECT_EQ(fired_on(kBob, kAnn, "Wooden chairs"), "");
}

TEST(AccountStories, TheOriginalsOfQuotesWithoutSubjectAreFoundUnderTheSubjectBeforeAnAccount) {
  const auto replied = [](const std::string& before, const std::string& now) {
    facts::Account in_subject = iban(kFraudIban, 0);
    in_subject.span = {"header", 10, 40};
    in_subject.as_written = "FR1420041010050500013M02606";
    Investigation investigation("own.example");
    const Mail bill = mail(1).subject(before).account(kTrueIban).text("here is the bill for the wooden chairs of last week");
    const Mail answer = alone(2, kBob, kAnn).subject("Re: " + before).text("we shall pay for the chairs soon, says accounting");
    (void)investigation.judge(bill);
    (void)investigation.judge(answer);
    Mail reply = alone(3).subject("Re: " + now).quotes(answer).quotes(bill);
    for (facts::QuotedBlock& level : reply.facts.conversation.quoted) level.subject.clear();
    return fired(investigation.judge(reply.account(in_subject)), "bank_account_changed");
  };
  const std::string chairs = "Wooden chairs", account = "FR1420041010050500013M02606";
  for (const char* label : {" - ", " - IBAN ", " (our new IBAN: ", ", nouveau RIB "})
    EXPECT_EQ(replied(chairs, chairs + label + account), kHigh);
  EXPECT_EQ(replied(chairs + " - " + account, chairs + " - " + account), "");
  EXPECT_EQ(replied("Another bill", chairs + " - " + account), "");
}

TEST(AccountStories, EachOfSeveralNewAccountsMustBeOrdinary) {
  EXPECT_EQ(told({alone(1).account(kTrueIban), alone(2).account(kFraudIban).account(kGermanIban)}), kHigh);
  EXPECT_EQ(told({alone(1).account(kTrueIban), alone(2).account(kFraudIban).account(kOtherFrench)}), kMedium);
}

TEST(AccountStories, AMaskedAccountIsComparedAndNeverNew) {
  EXPECT_EQ(told({mail(1).account(masked("FR76*******************0189"))}), "");
  EXPECT_EQ(told({alone(1).account(kTrueIban), alone(2).account(masked("FR76*******************0189"))}), "");
  EXPECT_EQ(told({alone(1).account(kTrueIban), alone(2).account(masked("FR76*******************2606"))}), kMedium);
}

TEST(AccountStories, AMaskedAccountThatCameFirstIsWhatAWholeOneIsComparedWith) {
  const Mail partly = mail(1).account(masked("FR76*******************0189"));
  EXPECT_EQ(told({partly, mail(2).answers(partly).account(kTrueIban)}), "");
  EXPECT_EQ(told({partly, mail(2).answers(partly).account(masked("FR76****0189"))}), "");
  EXPECT_EQ(told({partly, mail(2).answers(partly).account(kFraudIban)}), kHigh);
  EXPECT_EQ(told({partly, alone(2).account(kGermanIban)}), kHigh);
}

TEST(AccountStories, AMaskThatFitsEverythingHidesNoChange) {
  const Mail bill = mail(1).account(kTrueIban), stars = mail(2).answers(bill).account(masked("FR********************"));
  EXPECT_EQ(told({bill, stars}), "");
  EXPECT_EQ(told({bill, stars, mail(3).answers(bill).account(kFraudIban)}), kHigh);
}

TEST(AccountStories, AFactorOfThePolicyIsNoChangeAndAnUnknownOneIs) {
  const std::string factor = "DE89 3704 0044 0532 0130 00";
  const auto policy = policy_with({party("Nordfactor Finance SA", "factor.example", {factor})});
  const Mail first = mail(1).account(kTrueIban), notice = mail(2).answers(first).account(kGermanIban);
  const Mail named = mail(2).answers(first).text("We sold our claims to Nordfactor Finance, pay them.").account(kGermanIban);
  EXPECT_EQ(told({first, named}, Investigation(policy)), "");
  EXPECT_EQ(told({first, mail(2).answers(first).account(held_by(kGermanIban, "NordFactor Finance"))}, Investigation(policy)), "");
  EXPECT_EQ(told({first, named}), kHigh);
  const Mail addressed = mail(2).answers(first).text("Pay to factor.example from now on").account(kGermanIban);
  EXPECT_EQ(told({first, addressed}, Investigation(policy)), "");
  const auto short_name = policy_with({party("ING", "ing.example", {factor})});
  const Mail invoicing = mail(2).answers(first).text("our new invoicing address").account(kGermanIban);
  EXPECT_EQ(told({first, invoicing}, Investigation(short_name)), kHigh) << "a name is a word";
  EXPECT_EQ(told({first, mail(2).answers(first).text("Our bank is ING now").account(kGermanIban)}, Investigation(short_name)),
            "");
  EXPECT_EQ(told({first, notice}, Investigation(policy)), kHigh) << "nothing says that another party is to be paid";
}

TEST(AccountStories, AnotherPartysAccountOfTheLedgerIsAChangeForThisOne) {
  const auto policy = policy_with({party("Big Supplier", "bigsupplier.example", {std::string(kTrueIban)}),
                                   party("Rault", "rault.example", {std::string(kFraudIban)})});
  EXPECT_EQ(told({alone(1).account(kFraudIban)}, Investigation(policy)), kHigh);
  EXPECT_EQ(told({alone(1, "Zoe Rault <zoe@rault.example>").account(kFraudIban)}, Investigation(policy)), "");
}

/// As explain.md writes one: routing and account number, digits only.
TEST(AccountStories, AnAmericanAccountOfTheLedgerMayBeDigitsOnly) {
  const auto us = [](const std::string& number) {
    return facts::find_accounts("Routing number: 021000021, account number: " + number, {}).at(0);
  };
  const auto policy = policy_with({party("Big Supplier", "bigsupplier.example", {"021000021483920117"})});
  EXPECT_EQ(told({alone(1).account(us("483920117"))}, Investigation(policy)), "");
  EXPECT_EQ(told({alone(1).account(us("483920118"))}, Investigation(policy)), kHigh);
}

TEST(AccountStories, AnAccountOfTheLedgerIsHighWhateverTheMemoryKnows) {
  const auto policy = policy_with({party("Big Supplier", "bigsupplier.example", {std::string(kTrueIban)})});
  EXPECT_EQ(told({alone(1).account(kTrueIban)}, Investigation(policy)), "");
  EXPECT_EQ(told({alone(1).account(kFraudIban)}, Investigation(policy)), kHigh);
}

TEST(AccountStories, ADisputedAccountFiresAgainForAnotherSide) {
  const Mail bill = mail(1).account(kTrueIban), stolen = mail(2).answers(bill).account(kFraudIban);
  const Mail other = alone(3, "Zoe Quinn <zoe@elsewhere.example>").account(kFraudIban);
  Investigation investigation("own.example");
  for (const Mail* one : {&bill, &stolen}) investigation.judge(*one);
  const auto findings = investigation.judge(other);
  EXPECT_EQ(fired(findings, "bank_account_changed"), kHigh);
  EXPECT_EQ(fired(findings, "bank_account_new"), "");
  EXPECT_EQ(told({bill, alone(3, "Zoe Quinn <zoe@elsewhere.example>").account(kFraudIban)}), kNew);
}

TEST(AccountStories, TheVictimWhoNamesTheFraudsAccountToHisBankIsSilent) {
  const Mail bill = mail(1).account(kTrueIban), stolen = mail(2).answers(bill).account(kFraudIban);
  EXPECT_EQ(told({bill, stolen, alone(3, kBob, "desk@bank.example").account(kFraudIban)}), "");
}

TEST(AccountStories, AColleagueWhoPassesOnASuppliersAccountDoesNotHideTheChangeOfTheSupplier) {
  const Mail passed = alone(1, kBob, kEve).account(kTrueIban);
  const Mail bill = mail(2).account(held_by(kTrueIban, "", "receiving"));
  EXPECT_EQ(told({passed, bill}), kNew);
  EXPECT_EQ(told({passed, bill, mail(3).answers(bill).account(held_by(kFraudIban, "", "receiving"))}), kHigh);
}

TEST(AccountStories, ColleaguesPassOnAccountsOfOthersSilently) {
  const Mail ours = alone(1, kBob, kAnn).account(held_by(kTrueIban, "Own SA", "receiving"));
  EXPECT_EQ(told({ours, alone(2, kBob, kEve).account(held_by(kGermanIban, "Bigsupplier GmbH"))}), "");
  EXPECT_EQ(told({ours, alone(2, kEve, "pay@own.example").request("payroll", "...").account(kGermanIban)}), "");
  EXPECT_EQ(told({ours, alone(2, kBob, kAnn).account(held_by(kGermanIban, "Own SA", "receiving"))}), kHigh);
}

TEST(AccountStories, APayrollListChangesNothing) {
  const auto list = [](int number) {
    return alone(number, "Pay Office <pay@accountant.example>")
        .account(held_by(number == 1 ? kTrueIban : kOtherFrench, "Jane Doe"))
        .account(held_by(kGermanIban, "Max Muster"))
        .account(held_by(number == 1 ? kFraudIban : kGbIban, "Jo Smith"));
  };
  EXPECT_EQ(told({list(1), list(2)}), "");
  EXPECT_EQ(told({alone(1).account(kTrueIban),
                  alone(2).account(held_by(kGermanIban, "Bigsupplier")).account(held_by(kFraudIban, "Bigsupplier"))}),
            kHigh);
}

TEST(AccountStories, TwoPayeesOfAnAccountantAreAListWhereHeCallsThemSo) {
  const auto list = [](int number, const std::string& heading, const char* first, const char* second) {
    return alone(number, "Pay Office <pay@accountant.example>")
        .text(heading + "\n" + first + ", " + std::string(kFraudIban) + ", 40 EUR\n" + second + ", " + std::string(kGermanIban) +
              ", 40 EUR")
        .account(kFraudIban)
        .account(kGermanIban);
  };
  const Mail fees = alone(1, "Pay Office <pay@accountant.example>").account(held_by(kTrueIban, "", "receiving"));
  EXPECT_EQ(told({fees, list(2, "Salaries of May:", "Jane Doe", "Max Muster")}), "");
  EXPECT_EQ(told({fees, list(2, "Please pay our fees:", "Jane Doe", "Max Muster")}), kHigh);
  EXPECT_EQ(told({fees, list(2, "Salaries of May:", "Accountant Ltd", "Accountant")}), kHigh);
}

TEST(AccountStories, AForwardedBillIsItsAuthorsAndNotTheColleagues) {
  const Mail bill = mail(2).account(kTrueIban);
  Mail forward = mail(3, kBob, kEve).quotes(bill);
  forward.subject("Fwd: bill");
  forward.facts.accounts.clear();
  const Mail ours = alone(1, kBob, kAnn).account(held_by(kGermanIban, "Own SA", "receiving"));
  EXPECT_EQ(told({ours, Mail(forward).account(attached(kTrueIban))}), kNew);
  EXPECT_EQ(told({ours, Mail(forward).account(attached(kTrueIban)), alone(4).account(kFraudIban)}), kHigh);
  Mail stranger = mail(3, "Zoe <zoe@elsewhere.example>", kEve).quotes(bill);
  EXPECT_EQ(told({stranger.subject("Fwd: bill").account(attached(kFraudIban))}), std::string(kNew) + " " + kNew);
}

TEST(AccountStories, WhatADocumentShowedBeforeItWasEditedIsNotPresented) {
  EXPECT_EQ(told({mail(1).account(attached(kTrueIban)),
                  mail(2).account(attached(kTrueIban)).account(attached(kFraudIban, "earlier revision"))}),
            "");
  EXPECT_EQ(told({mail(1).account(attached(kFraudIban, "earlier revision"))}), "");
  EXPECT_EQ(told({alone(1).account(attached(kTrueIban)), alone(2).account(attached(kFraudIban))}), kMedium);
}

TEST(AccountStories, ASpoofOfTheOwnSideIsCriticalAndAColleagueIsSilent) {
  const Mail ours = alone(1, kBob, kAnn).account(kTrueIban);
  EXPECT_EQ(told({ours, alone(2, kEve, "pay@own.example").account(kGermanIban)}), "");
  EXPECT_EQ(told({ours, alone(2, kEve, "pay@own.example").auth("dmarc", "fail").account(kGermanIban)}),
            "bank_account_changed:critical");
}

std::string context_of(std::initializer_list<Mail> mails, Investigation investigation = Investigation("own.example")) {
  std::string names;
  for (const Mail& one : mails) {
    const auto findings = investigation.judge(one);
    const Finding* changed = finding(findings, "bank_account_changed");
    const Value* context = changed == nullptr ? nullptr : changed->evidence.find("context");
    names = changed == nullptr ? "silent" : "";
    if (context == nullptr) continue;
    for (const Value& name : *context->list()) names += (names.empty() ? "" : " ") + *name.text();
  }
  return names;
}

facts::Account at_bank(std::string_view value, std::string_view code, std::string_view bic) {
  facts::Account account = iban(value);
  account.bank_code = code;
  account.bic = bic;
  return account;
}

TEST(AccountContext, NamesWhatAReaderWeighs) {
  const Mail first = alone(1).account(at_bank(kTrueIban, "30006", "AGRIFRPPXXX"));
  const auto next = [](int number, facts::Account account) { return alone(number).account(std::move(account)); };
  EXPECT_EQ(context_of({first, next(2, at_bank(kFraudIban, "30006", ""))}), "");
  EXPECT_EQ(context_of({first, next(2, at_bank(kFraudIban, "20041", "PSSTFRPPPAR"))}), "other_bank");
  EXPECT_EQ(context_of({first, next(2, at_bank(kFraudIban, "16958", "QNTOFRP1XXX"))}), "other_bank payment_institution");
  EXPECT_EQ(context_of({first, next(2, at_bank(kGermanIban, "37040044", "COBADEFFXXX"))}), "other_country other_bank");
  EXPECT_EQ(context_of({first, next(2, attached(kFraudIban))}), "attachment_only");
  EXPECT_EQ(context_of({first, alone(2).account(attached(kFraudIban)).account(kFraudIban)}), "");
  EXPECT_EQ(context_of({first, next(2, held_by(kFraudIban, "John Q. Stone"))}), "other_holder");
  EXPECT_EQ(context_of({first, next(2, held_by(kFraudIban, "BIG SUPPLIER S.A.S."))}), "");
}

TEST(AccountContext, ASecondChangeJustAfterAFirstIsSaid) {
  const Mail bill = mail(1).account(kTrueIban), change = mail(2).answers(bill).account(kFraudIban);
  EXPECT_EQ(context_of({bill, change, mail(3).answers(change).account(kOtherFrench)}), "second_change");
  EXPECT_EQ(context_of({bill, change, mail(3).answers(change).days_later(90).account(kOtherFrench)}), "");
  EXPECT_EQ(context_of({alone(1).account(kTrueIban).account(kFraudIban), alone(2).account(kOtherFrench)}), "");
}

TEST(AccountContext, AMessageThatShowsThePolicysAccountIsNoChange) {
  const auto known = [](std::vector<std::string> values) {
    return Investigation(policy_with({party("Supplier", "bigsupplier.example", std::move(values))}));
  };
  const Mail bill = alone(1).account(kTrueIban), next = alone(2).account(kFraudIban);
  EXPECT_EQ(context_of({bill, next}, known({std::string(kTrueIban)})), "");
  EXPECT_EQ(context_of({bill, next}, known({std::string(kOtherFrench)})), "second_change");
}

TEST(AccountContext, AnAccountThatWasAnothersIsSaid) {
  EXPECT_EQ(context_of({alone(1).account(kTrueIban), alone(2, "Zoe <zoe@elsewhere.example>").account(kFraudIban),
                        alone(3).account(kFraudIban)}),
            "of_another_side");
}

TEST(AccountStories, AnEmployeesAccountInAClientsLetterAboutPayIsNotTheClients) {
  const auto told_of = [](const std::string& words) {
    Mail first(1, kAnn, kBob), next(2, kAnn, kBob);
    first.account(kTrueIban);
    next.subject("News").text(words + " " + std::string(kFraudIban) + "\nAnn").account(kFraudIban);
    return told({first, next});
  };
  constexpr auto kChanged = "bank_account_changed:medium";
  EXPECT_EQ(told_of("Pour la paie de f\u00e9vrier, j'ai embauch\u00e9 Paul Lenoir. Son RIB :"), "");
  EXPECT_EQ(told_of("New starter for the payroll: Paul Lenoir, his bank details are"), "");
  EXPECT_EQ(told_of("Ci-joint le RIB du salari\u00e9 entrant :"), "");
  EXPECT_EQ(told_of("Notre filiale vous facturera d\u00e9sormais. Son RIB :"), kChanged);
  EXPECT_EQ(told_of("Pour la paie de f\u00e9vrier, j'ai embauch\u00e9 Paul Lenoir. Notre RIB :"), kChanged);
}

}  // namespace
}  // namespace threadline::findings
