// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

std::string judged(std::string_view from, bool about_payment = true) {
  Investigation investigation("own.example");
  Mail first(1, "Ann Miller <ann.miller@bigsupplier.example>", "Bob Jones <bob@own.example>"),
      next(2, from, "Bob Jones <bob@own.example>");
  first.subject(about_payment ? "Invoice 4711" : "The wooden chairs");
  investigation.judge(first);
  next.answers(first);
  return fired(investigation.judge(next), "thread_hijack");
}

TEST(ThreadHijack, IsSilentForParticipantsAndTheirColleagues) {
  EXPECT_EQ(judged("Ann Miller <ann.miller@bigsupplier.example>"), "");
  EXPECT_EQ(judged("Carl Moore <carl.moore@bigsupplier.example>"), "");
  EXPECT_EQ(judged("Ann Miller <ann.miller@eu.bigsupplier.example>"), "");
  EXPECT_EQ(judged("Carl Moore <carl.moore@own.example>"), "");
}

TEST(ThreadHijack, IsSilentForAStrangerWhoTakesNobodysPlace) {
  EXPECT_EQ(judged("Zoe Quinn <zoe.quinn@elsewhere.example>"), "");
  EXPECT_EQ(judged("Billing <billing@elsewhere.example>"), "");
}

TEST(ThreadHijack, FiresWhereASenderTakesAParticipantsPlace) {
  EXPECT_EQ(judged("Ann Miller <ann.miller@bigsuppller.example>"), "thread_hijack:high");
  EXPECT_EQ(judged("Accounts <accounts@bigsuppller.example>"), "thread_hijack:high");
  EXPECT_EQ(judged("Ann Miller <office@elsewhere.example>"), "thread_hijack:high");
  EXPECT_EQ(judged("ann.miller@elsewhere.example"), "thread_hijack:high");
  EXPECT_EQ(judged("Ann Miller <ann.miller77@gmail.com>"), "thread_hijack:high");
}

/// A subsidiary's name is a lookalike's where another account comes with it.
TEST(ThreadHijack, FiresForANameWithAWordAddedWhereItBringsAnotherAccount) {
  const auto judged_group = [](std::string_view account) {
    Investigation investigation("own.example");
    Mail first(1, "Ann Miller <ann.miller@bigsupplier.example>", "Eve Hill <eve.hill@own.example>");
    Mail next(2, "Carl Moore <carl.moore@bigsupplier-group.example>", "Eve Hill <eve.hill@own.example>");
    first.subject("Invoice 12").account(kTrueIban);
    investigation.judge(first);
    next.answers(first);
    if (!account.empty()) next.account(std::string(account));
    return fired(investigation.judge(next), "thread_hijack");
  };
  EXPECT_EQ(judged_group(kFraudIban), "thread_hijack:critical");
  EXPECT_EQ(judged_group(kTrueIban), "");
  EXPECT_EQ(judged_group(""), "");
}

TEST(ThreadHijack, FiresWhereTheDisplayNameIsAParticipantsAddress) {
  EXPECT_EQ(judged("\"Ann.Miller@bigsupplier.example\" <x17@elsewhere.example>"), "thread_hijack:high");
  EXPECT_EQ(judged("\"'ann.miller@bigsupplier.example'\" <x17@elsewhere.example>"), "thread_hijack:high");
  EXPECT_EQ(judged("\"zoe.quinn@elsewhere.example\" <x17@elsewhere.example>"), "");
  EXPECT_EQ(judged("\"ann.miller@bigsupplier.example via Signing\" <x17@elsewhere.example>"), "");
  EXPECT_EQ(judged("\"ann.miller@bigsupplier.example\" <notifications@tickets.example>"), "");
}

TEST(ThreadHijack, IsHighWhateverTheConversationIsAbout) {
  EXPECT_EQ(judged("Ann Miller <office@elsewhere.example>", false), "thread_hijack:high");
  EXPECT_EQ(judged("ann.miller@elsewhere.example", false), "thread_hijack:high");
  EXPECT_EQ(judged("Ann Miller <ann.miller77@gmail.com>", false), "thread_hijack:high");
  EXPECT_EQ(judged("Ann Miller <ann.miller@bigsuppller.example>", false), "thread_hijack:high");
}

/// Bob's own address, or one at a free-mail host, in a conversation of Bob with his colleague.
std::string judged_colleague(std::string_view from, std::string_view words) {
  Investigation investigation("own.example");
  Mail first(1, "Bob Jones <bob.jones@own.example>", "Eve Hill <eve.hill@own.example>");
  Mail next(2, from, "Eve Hill <eve.hill@own.example>");
  investigation.judge(first.subject("The wooden chairs"));
  return fired(investigation.judge(next.answers(first).text(words)), "thread_hijack");
}

TEST(ThreadHijack, IsLowForAColleagueWhoWritesFromHomeUnlessAboutPayment) {
  constexpr auto kHome = "Bob Jones <bob.jones77@gmail.com>";
  EXPECT_EQ(judged_colleague("Bob Jones <bob.jones@own.example>", "I am ill today."), "");
  EXPECT_EQ(judged_colleague(kHome, "I am ill today."), "thread_hijack:low");
  EXPECT_EQ(judged_colleague(kHome, "How far is the payment?"), "thread_hijack:high");
  EXPECT_EQ(judged_colleague("Bob Jones <bob.jones@elsewhere.example>", "I am ill today."), "thread_hijack:high");
}

TEST(ThreadHijack, IsSilentOnMailingLists) {
  Investigation investigation("own.example");
  Mail first(1, "Ann Miller <ann.miller@bigsupplier.example>", "list@lists.example"),
      next(2, "Ann Miller <ann@home.example>", "list@lists.example");
  investigation.judge(first);
  next.answers(first).facts.is_list = true;
  EXPECT_EQ(fired(investigation.judge(next), "thread_hijack"), "");
}

TEST(ThreadHijack, AListsHeaderExcusesNothingWhereMoneyIsAskedFor) {
  const auto judged_with = [](const char* request, std::string_view envelope) {
    Investigation investigation("own.example");
    Mail first(1, "Ann Miller <ann.miller@bigsupplier.example>", "bob@own.example"),
        next(2, "Ann Miller <ann.miller77@gmail.com>", "bob@own.example");
    investigation.judge(first);
    next.answers(first).request(request, "...").auth("spf", "pass", "smtp.mailfrom", envelope).facts.is_list = true;
    return fired(investigation.judge(next), "thread_hijack");
  };
  EXPECT_EQ(judged_with("payment", "x@lists.example"), "thread_hijack:high");
  EXPECT_EQ(judged_with("contact", "ann.miller77@gmail.com"), "thread_hijack:high") << "no list stood between";
  EXPECT_EQ(judged_with("contact", "x@lists.example"), "");
}

TEST(ThreadHijack, TheDotsOfGmailMakeNobodyElse) {
  const auto judged_from = [](std::string_view from) {
    Investigation investigation("own.example");
    Mail first(1, "Ann Miller <ann.miller@gmail.com>", "bob@own.example"), next(2, from, "bob@own.example");
    investigation.judge(first);
    const auto findings = investigation.judge(next.answers(first).subject("Re: facture"));
    return fired(findings, "thread_hijack") + fired(findings, "display_name_spoof") + fired(findings, "foreign_sender");
  };
  EXPECT_EQ(judged_from("Ann Miller <annmiller@gmail.com>"), "");
  EXPECT_EQ(judged_from("Ann Miller <ann.miller@googlemail.com>"), "");
  EXPECT_EQ(judged_from("Ann Miller <ann.miler@gmail.com>"), "thread_hijack:highdisplay_name_spoof:high");
  EXPECT_EQ(judged_from("Ann Miller <annmiller@outlook.com>"), "thread_hijack:highdisplay_name_spoof:high");
}

TEST(ThreadHijack, IsSilentForATicketSystemThatWritesInSomebodysName) {
  EXPECT_EQ(judged("Ann Miller <notifications@tickets.example>"), "");
  EXPECT_EQ(judged("Ann Miller <reply+4711@desk.example>"), "");
}

TEST(ThreadHijack, IsSilentForASecondAddressBesideTheKnownOne) {
  Investigation investigation("own.example");
  Mail first(1, "Ann Miller <ann.miller@bigsupplier.example>", "Bob Jones <bob@own.example>"),
      next(2, "Ann Miller <ann@otherfirm.example>", "Bob Jones <bob@own.example>");
  first.subject("Invoice 4711");
  investigation.judge(first);
  next.answers(first).cc("Ann Miller <ann.miller@bigsupplier.example>");
  EXPECT_EQ(fired(investigation.judge(next), "thread_hijack"), "");
}

TEST(ThreadHijack, IsSilentForWhoWasInCopyAndForMachines) {
  Investigation investigation("own.example");
  Mail first(1, "Ann Miller <ann.miller@bigsupplier.example>", "Bob Jones <bob@own.example>");
  first.subject("Invoice 4711").cc("Dan Broker <dan@broker.example>");
  investigation.judge(first);
  Mail broker(2, "Zoe Broker <zoe@broker.example>", "Bob Jones <bob@own.example>");
  EXPECT_EQ(fired(investigation.judge(broker.answers(first)), "thread_hijack"), "");
  for (const auto kind : {facts::MessageKind::auto_reply, facts::MessageKind::bounce}) {
    Mail machine(3, "Ann Miller <ann.miller@relay.example>", "Bob Jones <bob@own.example>");
    machine.answers(first).facts.kind = kind;
    EXPECT_EQ(fired(investigation.judge(machine), "thread_hijack"), "");
  }
}

TEST(ThreadHijack, IsLowForAGivenNameAloneUnlessAboutPayment) {
  const auto judged_marie = [](std::string_view subject) {
    Investigation investigation("own.example");
    Mail first(1, "Marie <marie@bigsupplier.example>", "Bob Jones <bob@own.example>");
    Mail next(2, "Marie <marie@elsewhere.example>", "Bob Jones <bob@own.example>");
    investigation.judge(first.subject(subject));
    return fired(investigation.judge(next.answers(first)), "thread_hijack");
  };
  EXPECT_EQ(judged_marie("The wooden chairs"), "thread_hijack:low");
  EXPECT_EQ(judged_marie("Invoice 4711"), "thread_hijack:high");
}

TEST(ThreadHijack, TwoFurtherSignsMakeAColleagueAtHomeGrave) {
  const auto judged_with = [](bool has_wrong_weekday, bool has_link) {
    Investigation investigation("own.example");
    Mail first(1, "Bob Jones <bob.jones@own.example>", "Eve Hill <eve.hill@own.example>");
    Mail next(2, "Bob Jones <bob.jones77@gmail.com>", "Eve Hill <eve.hill@own.example>");
    investigation.judge(first.subject("The wooden chairs"));
    if (has_link) next.answers(first);
    next.quotes(first);
    next.facts.conversation.quoted.front().wrong_weekday = has_wrong_weekday;
    return fired(investigation.judge(next), "thread_hijack");
  };
  EXPECT_EQ(judged_with(false, true), "thread_hijack:low");
  EXPECT_EQ(judged_with(true, true), "thread_hijack:low");
  EXPECT_EQ(judged_with(true, false), "thread_hijack:high");
}

TEST(ThreadHijack, AConversationJoinedByItsSubjectAloneTakesAnImitatedDomain) {
  const auto judged_by_subject = [](std::string_view from, std::string_view subject) {
    Investigation investigation("own.example");
    Mail first(1, "Ann Miller <ann.miller@bigsupplier.example>", "Bob Jones <bob@own.example>"),
        next(2, from, "Bob Jones <bob@own.example>");
    first.subject("Invoice 4711");
    investigation.judge(first);
    const auto findings = investigation.judge(next.subject(subject));
    const Finding* found = finding(findings, "thread_hijack");
    return found == nullptr ? std::string{} : evidence(*found, "joined");
  };
  EXPECT_EQ(judged_by_subject("Ann Miller <ann.miller@bigsuppller.example>", "Re: Invoice 4711"), "subject-only");
  EXPECT_EQ(judged_by_subject("Ann Miller <ann.miller@bigsuppller.example>", "Invoice 4711"), "");
  EXPECT_EQ(judged_by_subject("Ann Miller <ann.miller@elsewhere.example>", "Re: Invoice 4711"), "");
}

}  // namespace
}  // namespace threadline::findings
