// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

std::string judged(Investigation& investigation, const Mail& mail) {
  return fired(investigation.judge(mail), "lookalike_domain");
}

TEST(LookalikeDomain, IsSilentForTheSideItselfAndForSharedNamespaces) {
  policy::Policy policy;
  policy.own.domains = {"northwind.example", "northwlnd.example"};
  Investigation investigation(policy);
  EXPECT_EQ(judged(investigation, Mail(1, "a@northwlnd.example", "b@northwind.example")), "");
  EXPECT_EQ(judged(investigation, Mail(2, "a@gmail.com", "b@northwind.example")), "");
  EXPECT_EQ(judged(investigation, Mail(3, "a@mail.northwind.example", "b@northwind.example")), "");
}

TEST(LookalikeDomain, WeighsTheFieldItStandsIn) {
  const auto weighed = [](const Mail& mail) {
    Investigation investigation("northwind.example");
    return fired(investigation.judge(mail), "lookalike_domain");
  };
  Mail cc(1, "a@firm.example", "b@northwind.example"), reply_to = cc, return_path = cc;
  cc.cc("c@northwlnd.example");
  reply_to.reply_to("c@northwlnd.example");
  return_path.facts.return_path = "c@northwlnd.example";
  EXPECT_EQ(weighed(Mail(1, "a@northwlnd.example", "b@northwind.example")), "lookalike_domain:high");
  EXPECT_EQ(weighed(Mail(1, "a@northwind.example", "b@northwlnd.example")), "lookalike_domain:high");
  EXPECT_EQ(weighed(reply_to), "lookalike_domain:high");
  EXPECT_EQ(weighed(cc), "lookalike_domain:medium");
  EXPECT_EQ(weighed(return_path), "lookalike_domain:medium");
}

TEST(LookalikeDomain, IsNoneWhereTheDomainGoesOnAsNoDomainDoes) {
  const auto weighed = [](const char* address) {
    Investigation investigation("northwind.example");
    return fired(investigation.judge(Mail(1, "a@firm.example", "b@northwind.example").reply_to(address)), "lookalike_domain");
  };
  for (const char* address : {"c@northwind.example/x", "c@northwind.example>", "'c@northwind.example'", "c@northwind.example, d"})
    EXPECT_EQ(weighed(address), "") << address;
  for (const char* address : {"c@northwlnd.example/x", "c@northwlnd.example:25", "'c@northwlnd.example'"})
    EXPECT_EQ(weighed(address), "lookalike_domain:high") << address;
}

TEST(LookalikeDomain, IsMediumOnAWatchListAloneAndLowForAnotherEnding) {
  policy::Policy policy;
  policy.own.domains = {"northwind.example"};
  policy.watch_domains = {"bigsupplier.example"};
  Investigation investigation(policy);
  EXPECT_EQ(judged(investigation, Mail(1, "a@bigsuppller.example", "b@northwind.example")), "lookalike_domain:medium");
  EXPECT_EQ(judged(investigation, Mail(2, "a@northwind.test", "b@northwind.example")), "lookalike_domain:low");
}

TEST(LookalikeDomain, TheOrganizerOfAnInvitationCountsAsASender) {
  const auto judged_with = [](const char* organizer) {
    Investigation investigation("northwind.example");
    Mail mail(1, "bob@elsewhere.example", "b@northwind.example");
    mail.facts.calendars = {{.part = "2",
                             .method = "REQUEST",
                             .organizer = message::Address{"A", organizer},
                             .attendees = {},
                             .summary = {},
                             .location = {},
                             .start = {},
                             .description = {},
                             .participation = {}}};
    const auto findings = investigation.judge(mail);
    const Finding* found = finding(findings, "lookalike_domain");
    return found == nullptr ? std::string() : evidence(*found, "field");
  };
  EXPECT_EQ(judged_with("a@northwlnd.example"), "organizer");
  EXPECT_EQ(judged_with("a@northwind.example"), "");
}

TEST(LookalikeDomain, TheEarlierKnownOneIsTheReference) {
  Investigation investigation("own.example");
  for (int number = 1; number <= 3; ++number)
    EXPECT_EQ(judged(investigation, Mail(number, "ann@bigsupplier.example", "b@own.example")), "");
  EXPECT_EQ(judged(investigation, Mail(10, "x@bigsuppller.example", "b@own.example")), "lookalike_domain:high");
  EXPECT_EQ(judged(investigation, Mail(11, "ann@bigsupplier.example", "b@own.example")), "");
  EXPECT_EQ(judged(investigation, Mail(12, "x@bigsuppller.example", "b@own.example")), "lookalike_domain:high");
}

TEST(LookalikeDomain, ANameThatWasSeenOnceIsNoEstablishedReference) {
  Investigation investigation("own.example");
  investigation.judge(Mail(1, "ann@bigsupplier.example", "b@own.example"));
  EXPECT_EQ(judged(investigation, Mail(2, "x@bigsuppller.example", "b@own.example")), "lookalike_domain:low");
}

TEST(LookalikeDomain, TwoNamesKnownApartForMonthsAreLow) {
  Investigation investigation("own.example");
  investigation.judge(Mail(1, "ann@bigsupplier.example", "b@own.example"));
  investigation.judge(Mail(2, "x@bigsuppller.example", "b@own.example"));
  Mail again(3, "x@bigsuppller.example", "b@own.example");
  investigation.judge(again.days_later(5));
  Mail later(4, "x@bigsuppller.example", "b@own.example");
  EXPECT_EQ(judged(investigation, later.days_later(100)), "lookalike_domain:low");
}

TEST(LookalikeDomain, LabelsInFrontOfAnotherDomainCount) {
  const auto judged_from = [](std::string_view from) {
    Investigation investigation("northwind.fr");
    return judged(investigation, Mail(1, from, "b@northwind.fr"));
  };
  EXPECT_EQ(judged_from("a@northwind.fr.secure-mail.example"), "lookalike_domain:high");
  EXPECT_EQ(judged_from("a@north.wind.fr"), "lookalike_domain:high");
  EXPECT_EQ(judged_from("a@northwind-fr.com"), "lookalike_domain:high");
  EXPECT_EQ(judged_from("a@mail.easternwind.fr"), "");
}

TEST(LookalikeDomain, AServiceThatSendsForTheSideItselfIsNone) {
  Investigation investigation("own.example");
  for (int number = 1; number <= 3; ++number) {
    Mail mail(number, "ann@bigsupplier.example", "b@own.example");
    mail.facts.return_path = "bounce@bigsupplier.mailing.example";
    EXPECT_EQ(judged(investigation, mail), "");
  }
}

TEST(LookalikeDomain, PublicMailProvidersAreNotEachOthersLookalikes) {
  Investigation investigation("own.example");
  for (int number = 1; number <= 3; ++number) investigation.judge(Mail(number, "ann@gmail.com", "b@own.example"));
  EXPECT_EQ(judged(investigation, Mail(4, "ann@ymail.com", "b@own.example")), "");
  EXPECT_EQ(judged(investigation, Mail(5, "ann@gmial.com", "b@own.example")), "lookalike_domain:high");
}

TEST(LookalikeDomain, CountrySitesOfOneNameAreOneSideWhenThePolicySaysSo) {
  policy::Policy policy;
  policy.own.domains = {"own.example"};
  policy::Party party;
  party.name = "North Wind";
  party.domains = {"northwind.fr", "northwind.de"};
  policy.counterparties = {party};
  Investigation investigation(policy);
  EXPECT_EQ(judged(investigation, Mail(1, "a@northwind.de", "b@own.example")), "");
  EXPECT_EQ(judged(investigation, Mail(2, "a@northwind.it", "b@own.example")), "lookalike_domain:low");
}

TEST(LookalikeDomain, AReferenceInTheSameMemoryIsFoundWhenBothCameInTogether) {
  Investigation investigation("own.example");
  for (int number = 1; number <= 40; ++number)
    investigation.judge(
        Mail(number, "ann@supplier" + std::string(1, static_cast<char>('a' + number % 26)) + "xyz.example", "b@own.example"));
  for (int number = 41; number <= 42; ++number) investigation.judge(Mail(number, "ann@bigsupplier.example", "b@own.example"));
  EXPECT_EQ(judged(investigation, Mail(43, "x@bigsuppller.example", "b@own.example")), "lookalike_domain:high");
}

TEST(LookalikeDomain, NamesBelowAHostOfManyAreCompared) {
  const auto judged_from = [](std::string_view from, bool answers, std::string_view code = "lookalike_domain") {
    Investigation investigation("own.example");
    Mail first(1, "Ann Miller <ann@bigsupplier.onmicrosoft.com>", "bob@own.example");
    Mail second(2, "Ann Miller <ann@bigsupplier.onmicrosoft.com>", "bob@own.example");
    investigation.judge(first);
    investigation.judge(second);
    Mail next(3, from, "bob@own.example");
    if (answers) next.answers(first);
    return fired(investigation.judge(next), code);
  };
  EXPECT_EQ(judged_from("Ann Miller <ann@bigsuppller.onmicrosoft.com>", false), "lookalike_domain:high");
  EXPECT_EQ(judged_from("Accounts <accounts@bigsuppller.onmicrosoft.com>", true), "lookalike_domain:critical");
  EXPECT_EQ(judged_from("Accounts <accounts@bigsuppller.onmicrosoft.com>", true, "thread_hijack"), "thread_hijack:high");
  EXPECT_EQ(judged_from("Zoe Quinn <zoe@bigsuppller.onmicrosoft.com>", false), "") << "nobody of that name is known";
  EXPECT_EQ(judged_from("Zoe Quinn <zoe@otherfirm.onmicrosoft.com>", true), "");
  EXPECT_EQ(judged_from("Zoe Quinn <zoe@otherfirm.onmicrosoft.com>", true, "thread_hijack"), "");
  EXPECT_EQ(judged_from("Zoe Quinn <zoe@bigsupplier.onmicrosoft.com>", true), "");
  EXPECT_EQ(judged_from("Ann Miller <bigsuppller@gmail.com>", false), "");
}

}  // namespace
}  // namespace threadline::findings
