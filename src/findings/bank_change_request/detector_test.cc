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

}  // namespace
}  // namespace threadline::findings
