// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/account_match.h"
#include "findings/scene.h"

namespace threadline::findings {
namespace {

facts::Account account(std::string_view kind, std::string_view value, bool masked = false) {
  facts::Account account = scene::iban(value);
  account.kind = kind;
  account.masked = masked;
  return account;
}

TEST(AccountMatch, OneAccountInTwoNotationsIsOneAccount) {
  const struct {
    const char* name;
    facts::Account left, right;
    bool same;
  } cases[] = {
      {"equal", account("iban", "FR7630006000011234567890189"), account("iban", "FR7630006000011234567890189"), true},
      {"other", account("iban", "FR7630006000011234567890189"), account("iban", "FR1420041010050500013M02606"), false},
      {"sort code and GB IBAN", account("uk", "60161331926819"), account("iban", "GB29NWBK60161331926819"), true},
      {"another number", account("uk", "60161331926810"), account("iban", "GB29NWBK60161331926819"), false},
      {"masked, same length", account("iban", "FR76******************90189", true),
       account("iban", "FR7630006000011234567890189"), true},
      {"masked, short", account("iban", "FR76****189", true), account("iban", "FR7630006000011234567890189"), true},
      {"masked, another end", account("iban", "FR76****606", true), account("iban", "FR7630006000011234567890189"), false},
      {"another kind", account("us", "30006000011234567890189"), account("iban", "FR7630006000011234567890189"), false},
  };
  for (const auto& one : cases) {
    EXPECT_EQ(is_one_account(one.left, one.right), one.same) << one.name;
    EXPECT_EQ(is_one_account(one.right, one.left), one.same) << one.name;
  }
}

}  // namespace
}  // namespace threadline::findings
