// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

TEST(BankChangeRequest, ConcernsTheNewTextOnly) {
  Investigation investigation("own.example");
  Mail quoted(1, "ann@firm.example", "bob@own.example"), other(2, "ann@firm.example", "bob@own.example");
  quoted.request("bank_change", "...").facts.requests.front().block = 0;
  EXPECT_EQ(fired(investigation.judge(quoted), "bank_change_request"), "");
  EXPECT_EQ(fired(investigation.judge(other.request("payment", "...")), "bank_change_request"), "");
}

TEST(BankChangeRequest, IsMediumWithOrWithoutAnAccount) {
  Investigation investigation("own.example");
  Mail mail(1, "ann@firm.example", "bob@own.example");
  const auto findings = investigation.judge(mail.request("bank_change", "nos coordonnees bancaires ont change"));
  EXPECT_EQ(fired(findings, "bank_change_request"), "bank_change_request:medium");
  EXPECT_EQ(finding(findings, "bank_change_request")->because.front().text, "nos coordonnees bancaires ont change");
}

/// What fires on "future payments to the account below" after a mail that showed kTrueIban.
std::string judged_redirect(std::string_view shown, std::string_view kind = "redirect") {
  Investigation investigation("own.example");
  Mail before(1, "ann@firm.example", "bob@own.example"), mail(2, "ann@firm.example", "bob@own.example");
  investigation.judge(before.account(kTrueIban));
  if (!shown.empty()) mail.account(shown);
  return fired(investigation.judge(mail.request(kind, "All future payments to the account below.")), "bank_change_request");
}

TEST(BankChangeRequest, IsSilentWhereFuturePaymentsGoToTheAccountThatIsKnown) {
  EXPECT_EQ(judged_redirect(kTrueIban), "");
  EXPECT_EQ(judged_redirect(kFraudIban), "bank_change_request:medium");
  EXPECT_EQ(judged_redirect(""), "bank_change_request:medium");
  EXPECT_EQ(judged_redirect(kTrueIban, "bank_change"), "bank_change_request:medium");
}

TEST(BankChangeRequest, IsHeardInFuturePaymentsToAKnownAndAnUnknownAccount) {
  Investigation investigation("own.example");
  Mail before(1, "ann@firm.example", "bob@own.example"), mail(2, "ann@firm.example", "bob@own.example");
  investigation.judge(before.account(kTrueIban));
  mail.account(kTrueIban).account(kGermanIban).request("redirect", "All future payments to the account below.");
  EXPECT_EQ(fired(investigation.judge(mail), "bank_change_request"), "bank_change_request:medium");
}

}  // namespace
}  // namespace threadline::findings
