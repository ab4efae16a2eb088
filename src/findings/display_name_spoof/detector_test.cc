// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

policy::Policy firm() {
  policy::Policy policy;
  policy.own.domains = {"own.example"};
  policy.own.people = {{.name = "Grace Chief", .addresses = {"grace@own.example", "grace.home@gmail.com"}, .role = "authority"}};
  return policy;
}

std::string judged(std::string_view from, bool about_payment) {
  Investigation investigation(firm());
  Mail mail(1, from, "bob@own.example");
  mail.subject(about_payment ? "Virement urgent" : "Bonjour");
  return fired(investigation.judge(mail), "display_name_spoof");
}

TEST(DisplayNameSpoof, AFirmBehindTheNameHidesNobody) {
  EXPECT_EQ(judged("Grace Chief (Own Group) <office@elsewhere.example>", true), "display_name_spoof:high");
  EXPECT_EQ(judged("Grace Chief - Own Group <office@elsewhere.example>", false), "display_name_spoof:medium");
  EXPECT_EQ(judged("Zoe Quinn (Own Group) <zoe@elsewhere.example>", true), "");
}

TEST(DisplayNameSpoof, AFirmBehindANameOfThePolicyHidesNobody) {
  const auto judged_of = [](const char* name, std::string_view from) {
    policy::Policy policy = firm();
    policy.own.people.front().name = name;
    Investigation investigation(policy);
    Mail mail(1, from, "bob@own.example");
    return fired(investigation.judge(mail.subject("Bonjour")), "display_name_spoof");
  };
  for (const char* name : {"Grace Chief (Own Group)", "Grace Chief - Own Group", "Chief, Grace | Own Group"}) {
    EXPECT_EQ(judged_of(name, "Grace Chief <office@elsewhere.example>"), "display_name_spoof:medium") << name;
    EXPECT_EQ(judged_of(name, "\"Chief, Grace - Own Group\" <office@elsewhere.example>"), "display_name_spoof:medium") << name;
    EXPECT_EQ(judged_of(name, "Grace Quinn (Own Group) <office@elsewhere.example>"), "") << name;
    EXPECT_EQ(judged_of(name, "Grace Chief <grace@own.example>"), "") << name;
  }
}

TEST(DisplayNameSpoof, WhatIsSetOffBesideANameHidesNobody) {
  for (const char* name :
       {"\"Grace Chief, Managing Director\"", "\"Grace CHIEF [OG]\"", "\"[EXT] Grace Chief\"", "\"Own Group - Grace Chief\"",
        "\"Own Group: Grace Chief\"", "\"Own Group | Chief Grace\"", "Grace Chief [grace@own.example]"}) {
    EXPECT_EQ(judged(std::string(name) + " <office@elsewhere.example>", false), "display_name_spoof:medium") << name;
    EXPECT_EQ(judged(std::string(name) + " <grace@own.example>", false), "") << name;
  }
  for (const char* name : {"\"Grace, Chief Accountant\"", "\"[EXT] Grace Quinn\"", "\"Own Group - Zoe Chief\""})
    EXPECT_EQ(judged(std::string(name) + " <office@elsewhere.example>", false), "") << name;
}

TEST(DisplayNameSpoof, AnAtSignOfAnotherWidthIsOne) {
  EXPECT_EQ(judged("\"grace\uff20own.example\" <x@elsewhere.example>", false), "display_name_spoof:medium");
  EXPECT_EQ(judged("\"grace\uff20elsewhere\uff0eexample\" <x@elsewhere.example>", false), "");
}

TEST(DisplayNameSpoof, WordsOfTheTextSayThatItIsAboutPayment) {
  const auto judged_text = [](std::string_view words) {
    Investigation investigation(firm());
    Mail mail(1, "Grace Chief <office@elsewhere.example>", "bob@own.example");
    return fired(investigation.judge(mail.subject("Bonjour").text(words)), "display_name_spoof");
  };
  EXPECT_EQ(judged_text("O\u00f9 en est le r\u00e8glement ?"), "display_name_spoof:high");
  EXPECT_EQ(judged_text("O\u00f9 en est le chantier ?"), "display_name_spoof:medium");
}

TEST(DisplayNameSpoof, AHeaderThatAnybodyCanWriteExcusesNothingWhereMoneyIsToMove) {
  Investigation investigation(firm());
  Mail mail(1, "Grace Chief <office77@elsewhere.example>", "bob@own.example");
  mail.subject("Order").account(kFraudIban);
  mail.facts.is_list = true;
  EXPECT_EQ(fired(investigation.judge(mail), "display_name_spoof"), "display_name_spoof:high");
  mail.facts.accounts.clear();
  Investigation quiet(firm());
  EXPECT_EQ(fired(quiet.judge(mail.subject("Bonjour")), "display_name_spoof"), "display_name_spoof:low");
}

TEST(DisplayNameSpoof, AHeaderThatAnybodyCanWriteExcusesNothingWhereMoneyIsAskedFor) {
  for (const char* kind : {"payment", "pressure", "deadline", "bank_change", "payroll"}) {
    Investigation investigation(firm());
    Mail mail(1, "Grace Chief <office77@elsewhere.example>", "bob@own.example");
    mail.subject("Bonjour").request(kind, "...").facts.is_list = true;
    EXPECT_EQ(fired(investigation.judge(mail), "display_name_spoof"), "display_name_spoof:high") << kind;
  }
}

TEST(DisplayNameSpoof, MailStraightFromFreeMailIsNoLists) {
  const auto judged_from = [](std::string_view envelope) {
    Investigation investigation(firm());
    Mail mail(1, "Grace Chief <office77@gmail.com>", "bob@own.example");
    mail.subject("Virement").auth("spf", "pass", "smtp.mailfrom", envelope).facts.is_list = true;
    return fired(investigation.judge(mail), "display_name_spoof");
  };
  EXPECT_EQ(judged_from("office77@gmail.com"), "display_name_spoof:high");
  EXPECT_EQ(judged_from("buyers-bounces@lists.example"), "display_name_spoof:low");
}

TEST(DisplayNameSpoof, ATicketOfTheFirmsOwnTenancyIsEveryday) {
  const auto judged_from = [](std::string_view from, std::string_view dmarc) {
    Investigation investigation(firm());
    Mail mail(1, from, "bob@own.example");
    mail.subject("Facture").request("payment", "...").auth("dmarc", dmarc).facts.is_list = true;
    return fired(investigation.judge(mail), "display_name_spoof");
  };
  EXPECT_EQ(judged_from("Grace Chief (Jira) <jira@own.atlassian.net>", "pass"), "display_name_spoof:low");
  EXPECT_EQ(judged_from("Grace Chief (Jira) <jira@own.atlassian.net>", "fail"), "display_name_spoof:high");
  EXPECT_EQ(judged_from("Grace Chief (Jira) <jira@another.atlassian.net>", "pass"), "display_name_spoof:high");
  EXPECT_EQ(judged_from("Grace Chief (Jira) <jira@own.elsewhere.example>", "pass"), "display_name_spoof:high");
  EXPECT_EQ(judged_from("Grace Chief (Jira) <jira@own.evil.atlassian.net>", "pass"), "display_name_spoof:high");
  EXPECT_EQ(judged_from("Grace Chief <grace.chief@own.atlassian.net>", "pass"), "display_name_spoof:high") << "nobody's mailbox";
  EXPECT_EQ(judged_from("Grace Chief (Jira) <jira@own.onmicrosoft.com>", "pass"), "display_name_spoof:high")
      << "whoever comes first has it, with mailboxes";
}

TEST(DisplayNameSpoof, NoServiceWritesForPeopleFromFreeMail) {
  EXPECT_EQ(judged("Grace Chief via Gmail <gc88@gmail.com>", true), "display_name_spoof:high");
  EXPECT_EQ(judged("Grace Chief via Buyers <buyers@googlegroups.com>", true), "display_name_spoof:low");
  EXPECT_EQ(judged("Zoe Quinn via Gmail <gc88@gmail.com>", true), "");
}

TEST(DisplayNameSpoof, AnAddressInBracketsIsNoService) {
  EXPECT_EQ(judged("Grace Chief (grace@own.example) <x@elsewhere.example>", false), "display_name_spoof:medium");
  EXPECT_EQ(judged("Grace Chief (grace@own.example) <x@elsewhere.example>", true), "display_name_spoof:high");
  EXPECT_EQ(judged("Grace Chief (Tickets) <x@elsewhere.example>", false), "display_name_spoof:low");
  EXPECT_EQ(judged("Grace Chief (grace@own.example) <grace@own.example>", true), "");
}

TEST(DisplayNameSpoof, TheDotsOfGmailMakeNobodyElse) {
  EXPECT_EQ(judged("Grace Chief <grace.h.ome@googlemail.com>", true), "");
  EXPECT_EQ(judged("Grace Chief <grace.homer@gmail.com>", true), "display_name_spoof:high");
}

TEST(DisplayNameSpoof, IsSilentForThePersonsOwnAddressesAndForStrangers) {
  EXPECT_EQ(judged("Grace Chief <grace@own.example>", true), "");
  EXPECT_EQ(judged("Grace Chief <grace.home@gmail.com>", true), "");
  EXPECT_EQ(judged("Zoe Quinn <zoe@elsewhere.example>", true), "");
  EXPECT_EQ(judged("\"zoe@mail.elsewhere.example\" <zoe@elsewhere.example>", true), "");
}

TEST(DisplayNameSpoof, IsMediumForAKnownNameElsewhereAndHighAboutPayment) {
  EXPECT_EQ(judged("Grace Chief <office@elsewhere.example>", false), "display_name_spoof:medium");
  EXPECT_EQ(judged("CHIEF Grace <office@elsewhere.example>", true), "display_name_spoof:high");
  EXPECT_EQ(judged("Grace Chief <grace.chief@gmail.com>", true), "display_name_spoof:high");
}

TEST(DisplayNameSpoof, IsLowForServicesAndForAPrivateAddress) {
  EXPECT_EQ(judged("Grace Chief via Signing <mail@signing.example>", true), "display_name_spoof:low");
  EXPECT_EQ(judged("Grace Chief <grace.chief@gmail.com>", false), "display_name_spoof:low");
  EXPECT_EQ(judged("Grace Chief <invitations@network.example>", false), "display_name_spoof:low");
  EXPECT_EQ(judged("Grace Chief <drive-shares-noreply@files.example>", false), "display_name_spoof:low");
  EXPECT_EQ(judged("Grace Chief <invitations@network.example>", true), "display_name_spoof:high");
}

TEST(DisplayNameSpoof, AKnownAddressInTheNameIsNotTheSendersOwn) {
  EXPECT_EQ(judged("grace@own.example <x@elsewhere.example>", false), "display_name_spoof:medium");
  EXPECT_EQ(judged("someone@nowhere.example <x@elsewhere.example>", false), "display_name_spoof:low");
}

TEST(DisplayNameSpoof, ComparesNamesWithoutTitlesAccentsOrderAndImitatedLetters) {
  for (const char* written :
       {"Mme Grace Chief", "CHIEF, Grace", "Gr\u00e2ce Ch\u00eff CEO", "Grace Chlef", "Gr\u0430ce Chief", "6race Chief"}) {
    const std::string from = std::string(written) + " <office@elsewhere.example>";
    const bool is_other =
        std::string_view(written).starts_with("Gr\u00e2ce Ch\u00eff") || std::string_view(written).starts_with("6");
    EXPECT_EQ(judged(from, false), is_other ? "" : "display_name_spoof:medium") << written;
  }
  EXPECT_EQ(judged("Grace Chieftain <office@elsewhere.example>", false), "");
}

TEST(DisplayNameSpoof, ADomainInTheNameTellsOnlyWhereItIsSomebodysWhoIsKnown) {
  EXPECT_EQ(judged("Billing own.example <x@elsewhere.example>", false), "display_name_spoof:medium");
  EXPECT_EQ(judged("Shop elsewhere.example <x@elsewhere.example>", false), "");
  EXPECT_EQ(judged("Unknown.example <x@elsewhere.example>", false), "");
  EXPECT_EQ(judged("S.A.S. Dupont <x@elsewhere.example>", false), "");
}

TEST(DisplayNameSpoof, AFreeMailAddressMadeFromAKnownPersonIsATwin) {
  policy::Policy policy;
  policy.own.domains = {"own.example"};
  policy::Party party;
  party.name = "Ateliers Garnier";
  party.domains = {"ateliers.example"};
  party.people = {{.name = "Claire Garnier", .addresses = {"c.garnier@ateliers.example"}, .role = ""}};
  policy.counterparties = {party};
  const auto judged_from = [&](std::string_view from) {
    Investigation investigation(policy);
    Mail mail(1, from, "bob@own.example");
    const auto findings = investigation.judge(mail.subject("Bonjour"));
    const Finding* found = finding(findings, "display_name_spoof");
    return found == nullptr ? std::string() : std::string(name_of(found->severity)) + " " + evidence(*found, "technique");
  };
  EXPECT_EQ(judged_from("claire.garnier.ateliers@gmail.com"), "medium freemail");
  EXPECT_EQ(judged_from("Claire <clairegarnier@outlook.com>"), "medium freemail");
  EXPECT_EQ(judged_from("claire.martin@gmail.com"), "");
  EXPECT_EQ(judged_from("garnier@gmail.com"), "");
  EXPECT_EQ(judged_from("Paul Garnier <paul.garnier@gmail.com>"), "");
  EXPECT_EQ(judged_from("claire.garnier.ateliers@ateliers.example"), "");
}

TEST(DisplayNameSpoof, AKnownCorrespondentsNameIsFoundThroughImitatedLetters) {
  Investigation investigation("own.example");
  for (int number = 1; number <= 3; ++number)
    investigation.judge(Mail(number, "Ann Miller <ann@bigsupplier.example>", "bob@own.example").subject("Bonjour"));
  const auto judged_from = [&](int number, std::string_view from) {
    Mail mail(number, from, "bob@own.example");
    return fired(investigation.judge(mail.subject("Bonjour")), "display_name_spoof");
  };
  EXPECT_EQ(judged_from(4, "Ms \u0410nn Mi1ler <x@elsewhere.example>"), "display_name_spoof:medium");
  EXPECT_EQ(judged_from(5, "Anna Miller <y@elsewhere.example>"), "");
}

/// What fires on a mail after one of "Ann Miller <ann@big-supplier.example>".
std::string judged_after_one(std::string_view from, std::string_view text) {
  Investigation investigation("own.example");
  investigation.judge(Mail(1, "Ann Miller <ann@big-supplier.example>", "bob@own.example").subject("Bonjour"));
  Mail mail(2, from, "bob@own.example");
  return fired(investigation.judge(mail.subject("Bonjour").text(text)), "display_name_spoof");
}

TEST(DisplayNameSpoof, OneMessageMakesAPersonKnownAgainstFreeMail) {
  EXPECT_EQ(judged_after_one("Ann Miller <office77@gmail.com>", "Bonjour"), "display_name_spoof:medium");
  EXPECT_EQ(judged_after_one("Ann Miller <office77@gmail.com>", "Please pay the invoice"), "display_name_spoof:high");
  EXPECT_EQ(judged_after_one("Ann Millard <office77@gmail.com>", "Please pay the invoice"), "");
}

TEST(DisplayNameSpoof, OneMessageMakesAPersonKnownAgainstWhoSpeaksForHisFirm) {
  EXPECT_EQ(judged_after_one("Ann Miller <office@elsewhere.example>", "Bonjour\nAnn Miller\nBIG Supplier Ltd"),
            "display_name_spoof:medium");
  EXPECT_EQ(judged_after_one("Ann Miller <office@elsewhere.example>", "Bonjour\nAnn Miller\nElsewhere Ltd"),
            "display_name_spoof:low");
  EXPECT_EQ(judged_after_one("Ann Miller <ann@big-supplier-spain.example>", "Bonjour\nBig Supplier Spain"),
            "display_name_spoof:low");
  EXPECT_EQ(judged_after_one("Ann Millard <office@elsewhere.example>", "Bonjour\nElsewhere Ltd"), "");
}

TEST(DisplayNameSpoof, WhoMayBeANamesakeIsLowAndMediumAboutPayment) {
  EXPECT_EQ(judged_after_one("Ann Miller <office@elsewhere.example>", "Bonjour"), "display_name_spoof:low");
  EXPECT_EQ(judged_after_one("Ann Miller <office@elsewhere.example>", "Please pay the invoice"), "display_name_spoof:medium");
  EXPECT_EQ(judged_after_one("Ann Miller <ann@big-supplier.example>", "Please pay the invoice"), "");
}

}  // namespace
}  // namespace threadline::findings
