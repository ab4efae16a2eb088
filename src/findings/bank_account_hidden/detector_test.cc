// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

TEST(BankAccountHidden, IsMediumAndSaysHow) {
  Investigation investigation("own.example");
  facts::Account hidden = iban(kTrueIban);
  hidden.hidden = true;
  hidden.hidden_how = "invisible";
  Mail open(1, "ann@firm.example", "bob@own.example"), veiled(2, "ann@firm.example", "bob@own.example");
  EXPECT_EQ(fired(investigation.judge(open.account(kTrueIban)), "bank_account_hidden"), "");
  const auto findings = investigation.judge(veiled.account(hidden));
  EXPECT_EQ(fired(findings, "bank_account_hidden"), "bank_account_hidden:medium");
  EXPECT_EQ(evidence(*finding(findings, "bank_account_hidden"), "how"), "invisible");
}

}  // namespace
}  // namespace threadline::findings
