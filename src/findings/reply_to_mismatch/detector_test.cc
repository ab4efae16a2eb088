// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

std::string judged(Mail mail, std::string_view reply_to) {
  Investigation investigation("own.example");
  return fired(investigation.judge(mail.reply_to(reply_to)), "reply_to_mismatch");
}

TEST(ReplyToMismatch, IsSilentForTheSameSideListsAndNoReplySystems) {
  Mail list(1, "ann@firm.example", "b@own.example");
  list.facts.is_list = true;
  EXPECT_EQ(judged(Mail(1, "ann@firm.example", "b@own.example"), "desk@mail.firm.example"), "");
  EXPECT_EQ(judged(list, "list@lists.example"), "");
  EXPECT_EQ(judged(Mail(1, "no-reply@firm.example", "b@own.example"), "ticket@desk.example"), "");
}

TEST(ReplyToMismatch, IsLowForAnotherSideAndHighForATwin) {
  EXPECT_EQ(judged(Mail(1, "ann@firm.example", "b@own.example"), "ann@elsewhere.example"), "reply_to_mismatch:low");
  EXPECT_EQ(judged(Mail(1, "ann@bigsupplier.example", "b@own.example"), "ann@bigsuppller.example"), "reply_to_mismatch:high");
}

TEST(ReplyToMismatch, IsHighWhenItTakesAParticipantsPlace) {
  Investigation investigation("own.example");
  Mail first(1, "Ann Miller <ann.miller@bigsupplier.example>", "b@own.example"),
      next(2, "Ann Miller <ann.miller@bigsupplier.example>", "b@own.example");
  investigation.judge(first);
  next.answers(first).reply_to("Ann Miller <ann.miller@gmail.com>");
  EXPECT_EQ(fired(investigation.judge(next), "reply_to_mismatch"), "reply_to_mismatch:high");
}

TEST(ReplyToMismatch, AListsHeaderExcusesNobodyWhoTakesAParticipantsPlace) {
  const auto judged_as = [](std::string_view reply_to) {
    Investigation investigation("own.example");
    Mail first(1, "Ann Miller <ann.miller@bigsupplier.example>", "b@own.example"),
        next(2, "Ann Miller <ann.miller@bigsupplier.example>", "b@own.example");
    investigation.judge(first);
    next.answers(first).reply_to(reply_to).facts.is_list = true;
    return fired(investigation.judge(next), "reply_to_mismatch");
  };
  EXPECT_EQ(judged_as("Ann Miller <ann.miller@gmail.com>"), "reply_to_mismatch:high");
  EXPECT_EQ(judged_as("Buyers <buyers@lists.example>"), "");
  EXPECT_EQ(judged_as("Ann Miller <ann.miller@bigsupplier.example>"), "");
  EXPECT_EQ(judged_as("Ann Miller <reply+4711@desk.example>"), "");
}

TEST(ReplyToMismatch, IsHighForALocalPartThatImitates) {
  Investigation investigation("own.example");
  Mail first(1, "comptabilite@bigsupplier.example", "b@own.example"),
      next(2, "comptabilite@bigsupplier.example", "b@own.example"), twin(3, "comptabilite@bigsupplier.example", "b@own.example");
  investigation.judge(first);
  next.answers(first).reply_to("cornptabilite@elsewhere.example");
  twin.answers(first).reply_to("comptabilite@elsewhere.example");
  EXPECT_EQ(fired(investigation.judge(next), "reply_to_mismatch"), "reply_to_mismatch:high");
  EXPECT_EQ(fired(investigation.judge(twin), "reply_to_mismatch"), "reply_to_mismatch:low");
}

TEST(ReplyToMismatch, IsHighForATwinBesideTheTrueAddressAndSilentForACopyElsewhere) {
  constexpr auto kAnn = "ann@bigsupplier.example";
  Mail both(1, kAnn, "b@own.example"), copy(1, kAnn, "b@own.example");
  both.reply_to(kAnn);
  copy.reply_to(kAnn);
  EXPECT_EQ(judged(both, "ann@bigsuppller.example"), "reply_to_mismatch:high");
  EXPECT_EQ(judged(copy, "archive@elsewhere.example"), "");
}

TEST(ReplyToMismatch, IsHighForAFreeMailTwinOfAForgedFrom) {
  const auto judged_as = [](std::string_view dmarc, std::string_view reply_to) {
    Mail mail(1, "Ann Miller <ann.miller@bigsupplier.example>", "b@own.example");
    return judged(mail.auth("dmarc", dmarc), reply_to);
  };
  EXPECT_EQ(judged_as("fail", "Ann Miller <office77@gmail.com>"), "reply_to_mismatch:high");
  EXPECT_EQ(judged_as("fail", "ann.miller.bigsupplier@outlook.com"), "reply_to_mismatch:high");
  EXPECT_EQ(judged_as("pass", "Ann Miller <office77@gmail.com>"), "reply_to_mismatch:low");
  EXPECT_EQ(judged_as("fail", "Zoe Quinn <zoe.quinn@gmail.com>"), "reply_to_mismatch:low");
  EXPECT_EQ(judged_as("fail", "Ann Miller <ann@elsewhere.example>"), "reply_to_mismatch:low");
}

TEST(ReplyToMismatch, AChainOfCustodyExplainsAForgedFromAndAListsHeaderDoesNot) {
  Mail list(1, "Ann Miller <ann.miller@bigsupplier.example>", "b@own.example"), sealed = list;
  list.auth("dmarc", "fail").facts.is_list = true;
  sealed.auth("dmarc", "fail").auth("arc", "pass");
  EXPECT_EQ(judged(list, "Ann Miller <ann.miller@gmail.com>"), "reply_to_mismatch:high");
  EXPECT_EQ(judged(list, "buyers@lists.example"), "");
  EXPECT_EQ(judged(sealed, "Ann Miller <ann.miller@gmail.com>"), "reply_to_mismatch:low");
}

TEST(ReplyToMismatch, IsSilentForATicketOfTheSendersOwnThatTheBorderVouchesFor) {
  const auto judged_as = [](bool is_ticket, std::string_view dmarc, std::string_view reply_to) {
    Investigation investigation("own.example");
    Mail first(1, "Bigsupplier Support <support@bigsupplier.example>", "b@own.example"),
        next(2, "Bigsupplier Support <support@bigsupplier.example>", "b@own.example");
    investigation.judge(first);
    next.answers(first).account("FR7630006000011234567890189").auth("dmarc", dmarc).reply_to(reply_to).facts.is_list = is_ticket;
    return fired(investigation.judge(next), "reply_to_mismatch");
  };
  constexpr std::string_view kTicket = "Bigsupplier Support <support+id48813@bigsupplier.zendesk.com>";
  EXPECT_EQ(judged_as(true, "pass", kTicket), "");
  for (const char* host : {"freshdesk.com", "zohodesk.com", "intercom-mail.com", "helpscoutapp.com"}) {
    const std::string tenancy = std::string("bigsupplier.") + host;
    EXPECT_EQ(judged_as(true, "pass", "Bigsupplier Support <support+id4@" + tenancy + ">"), "") << host;
    EXPECT_EQ(judged_as(true, "fail", "Bigsupplier Support <support+id4@" + tenancy + ">"), "reply_to_mismatch:high") << host;
    EXPECT_EQ(judged_as(true, "pass", "Bigsupplier Support <support@other." + tenancy + ">"), "reply_to_mismatch:high") << host;
  }
  EXPECT_EQ(judged_as(true, "fail", kTicket), "reply_to_mismatch:high");
  EXPECT_EQ(judged_as(false, "pass", kTicket), "reply_to_mismatch:high");
  EXPECT_EQ(judged_as(true, "pass", "Bigsupplier Support <bigsupplier@gmail.com>"), "reply_to_mismatch:high");
  EXPECT_EQ(judged_as(true, "pass", "Bigsupplier Support <support@another.zendesk.com>"), "reply_to_mismatch:high");
  EXPECT_EQ(judged_as(true, "pass", "Bigsupplier Support <support@bigsupplier.desk.example>"), "reply_to_mismatch:high");
  EXPECT_EQ(judged_as(true, "pass", "Bigsupplier Support <support@bigsuppller.example>"), "reply_to_mismatch:high");
}

}  // namespace
}  // namespace threadline::findings
