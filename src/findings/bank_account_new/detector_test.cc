// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

TEST(BankAccountNew, IsInfoForTheFirstAccountOfASideAndSilentAfterwards) {
  Investigation investigation("own.example");
  Mail first(1, "ann@firm.example", "bob@own.example"), again(2, "carl@firm.example", "bob@own.example"),
      none(3, "ann@firm.example", "bob@own.example");
  EXPECT_EQ(fired(investigation.judge(none), "bank_account_new"), "");
  EXPECT_EQ(fired(investigation.judge(first.account(kTrueIban)), "bank_account_new"), "bank_account_new:info");
  EXPECT_EQ(fired(investigation.judge(again.account(kTrueIban)), "bank_account_new"), "");
}

TEST(BankAccountNew, AnInvalidOrMaskedAccountIsNoAccountYet) {
  Investigation investigation("own.example");
  facts::Account wrong = iban("FR7630006000011234567890188");
  wrong.valid = false;
  Mail mail(1, "ann@firm.example", "bob@own.example");
  EXPECT_EQ(fired(investigation.judge(mail.account(wrong)), "bank_account_new"), "");
}

}  // namespace
}  // namespace threadline::findings
