// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

TEST(PaymentPressure, ConcernsTheNewTextOnly) {
  Investigation investigation("own.example");
  Mail quoted(1, "ann@firm.example", "bob@own.example"), other(2, "ann@firm.example", "bob@own.example");
  quoted.request("pressure", "...").facts.requests.front().block = 0;
  EXPECT_EQ(fired(investigation.judge(quoted), "payment_pressure"), "");
  EXPECT_EQ(fired(investigation.judge(other.request("payment", "...")), "payment_pressure"), "");
}

TEST(PaymentPressure, IsSilentForAShopsNewsletterAndAnAutomaticReply) {
  Investigation investigation("own.example");
  Mail news(1, "shop@firm.example", "bob@own.example"), away(2, "ann@firm.example", "bob@own.example");
  news.facts.is_list = true;
  away.facts.kind = facts::MessageKind::auto_reply;
  EXPECT_EQ(fired(investigation.judge(news.request("pressure", "Buy our gift cards")), "payment_pressure"), "");
  EXPECT_EQ(fired(investigation.judge(away.request("pressure", "...")), "payment_pressure"), "");
}

TEST(PaymentPressure, AListsHeaderExcusesNoLookalike) {
  Investigation investigation("northwind.example");
  Mail twin(1, "ann@northwlnd.example", "bob@northwind.example");
  twin.request("pressure", "Buy gift cards").facts.is_list = true;
  EXPECT_EQ(fired(investigation.judge(twin), "payment_pressure"), "payment_pressure:high");
}

TEST(PaymentPressure, AShortTermForAPaymentIsPressureFromALookalikeOnly) {
  Investigation investigation("northwind.example");
  Mail plain(1, "ann@firm.example", "bob@northwind.example"), twin(2, "ann@northwlnd.example", "bob@northwind.example");
  EXPECT_EQ(fired(investigation.judge(plain.request("deadline", "Please pay today.")), "payment_pressure"), "");
  EXPECT_EQ(fired(investigation.judge(twin.request("deadline", "Please pay today.")), "payment_pressure"),
            "payment_pressure:high");
}

TEST(PaymentPressure, SecrecyAndChosenContactPressFromALookalikeOnly) {
  for (const char* kind : {"secrecy", "discretion", "contact"}) {
    Investigation investigation("northwind.example");
    Mail plain(1, "ann@firm.example", "bob@northwind.example"), twin(2, "ann@northwlnd.example", "bob@northwind.example");
    EXPECT_EQ(fired(investigation.judge(plain.request(kind, "...")), "payment_pressure"), "") << kind;
    EXPECT_EQ(fired(investigation.judge(twin.request(kind, "...")), "payment_pressure"), "payment_pressure:high") << kind;
  }
}

TEST(PaymentPressure, IsAPaymentOfWhichNobodyIsToHear) {
  Investigation investigation("northwind.example");
  Mail secret(1, "ann@firm.example", "bob@northwind.example"), by_mail(2, "ann@firm.example", "bob@northwind.example");
  secret.request("payment", "Please pay the fee.").request("secrecy", "Tell nobody.");
  by_mail.request("payment", "Please pay the fee.").request("contact", "Reply by mail only.");
  EXPECT_EQ(fired(investigation.judge(secret), "payment_pressure"), "payment_pressure:low");
  EXPECT_EQ(fired(investigation.judge(by_mail), "payment_pressure"), "");
}

TEST(PaymentPressure, IsLowAloneAndHighFromALookalike) {
  Investigation investigation("northwind.example");
  Mail plain(1, "ann@firm.example", "bob@northwind.example"), twin(2, "ann@northwlnd.example", "bob@northwind.example");
  EXPECT_EQ(fired(investigation.judge(plain.request("pressure", "...")), "payment_pressure"), "payment_pressure:low");
  EXPECT_EQ(fired(investigation.judge(twin.request("pressure", "...")), "payment_pressure"), "payment_pressure:high");
}

}  // namespace
}  // namespace threadline::findings
