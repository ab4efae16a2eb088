// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

TEST(BankAccountInvalid, IsLowForWrongCheckDigitsInTheNewText) {
  Investigation investigation("own.example");
  facts::Account wrong = iban("FR7630006000011234567890188");
  wrong.valid = false;
  facts::Account quoted = wrong;
  quoted.block = 0;
  Mail right(1, "ann@firm.example", "bob@own.example"), of_other(2, "ann@firm.example", "bob@own.example"),
      bad(3, "ann@firm.example", "bob@own.example");
  EXPECT_EQ(fired(investigation.judge(right.account(kTrueIban)), "bank_account_invalid"), "");
  facts::QuotedBlock block;
  block.from = {"Carl", "carl@other.example"};
  EXPECT_EQ(fired(investigation.judge(of_other.quotes(block).account(quoted)), "bank_account_invalid"), "");
  EXPECT_EQ(fired(investigation.judge(bad.account(wrong).account(wrong)), "bank_account_invalid"), "bank_account_invalid:low");
}

TEST(BankAccountInvalid, IsLowForAQuotedAccountThatIsNotTheOriginals) {
  Investigation investigation("own.example");
  Mail original(1, "ann@firm.example", "bob@own.example"), altered(3, "ann@firm.example", "bob@own.example");
  original.text("Please pay the sum of 1.250,00 EUR by Friday to our account. Kind regards, Ann Miller").account(kTrueIban);
  altered.answers(original).quotes(original);
  Mail same = altered;
  altered.facts.accounts.front().value = "FR7630006000011234567890188";
  altered.facts.accounts.front().valid = false;
  investigation.judge(original);
  EXPECT_EQ(fired(investigation.judge(same), "bank_account_invalid"), "");
  EXPECT_EQ(fired(investigation.judge(altered), "bank_account_invalid"), "bank_account_invalid:low");
}

}  // namespace
}  // namespace threadline::findings
