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

TEST(ThreadHijack, ANameAtAnotherAddressAsksForALookWhereNothingIsAboutPayment) {
  EXPECT_EQ(judged("Ann Miller <ann.miller@elsewhere.example>", false), "thread_hijack:medium");
  EXPECT_EQ(judged("Ann Miller <ann.miller@bigsuppller.example>", false), "thread_hijack:high");
}

TEST(ThreadHijack, IsSilentOnMailingLists) {
  Investigation investigation("own.example");
  Mail first(1, "Ann Miller <ann.miller@bigsupplier.example>", "list@lists.example"),
      next(2, "Ann Miller <ann@home.example>", "list@lists.example");
  investigation.judge(first);
  next.answers(first).facts.is_list = true;
  EXPECT_EQ(fired(investigation.judge(next), "thread_hijack"), "");
}

}  // namespace
}  // namespace threadline::findings
