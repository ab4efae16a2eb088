// SPDX-License-Identifier: Apache-2.0
#include "policy/mailboxes.h"

#include <gtest/gtest.h>

#include "policy/sides.h"

namespace threadline::policy {
namespace {

struct Pair {
  const char *name, *left, *right;
  bool is_same;
};

TEST(Mailboxes, AreWhatTheirProviderSays) {
  constexpr Pair kPairs[] = {
      {"dots", "jean.dupuis@gmail.com", "jeandupuis@gmail.com", true},
      {"dots elsewhere", "j.e.dupuis@gmail.com", "jedu.puis@gmail.com", true},
      {"second domain", "jean.dupuis@googlemail.com", "Jean.Dupuis@gmail.com", true},
      {"tag", "jean.dupuis+factures@gmail.com", "jeandupuis@googlemail.com", true},
      {"case", "Ann@firm.example", "ann@FIRM.example", true},
      {"another letter", "jean.dupuis@gmail.com", "jean.dupois@gmail.com", false},
      {"another provider", "jean.dupuis@gmail.com", "jeandupuis@outlook.com", false},
      {"dots of another provider", "jean.dupuis@outlook.com", "jeandupuis@outlook.com", false},
      {"dots of a firm that Google hosts", "jean.dupuis@firm.example", "jeandupuis@firm.example", false},
      {"nearly the provider", "jean.dupuis@gmail.com", "jeandupuis@gmai1.com", false},
      {"no local part", ".@gmail.com", "@gmail.com", false},
      {"hyphen", "jean-dupuis@gmail.com", "jeandupuis@gmail.com", false},
  };
  for (const Pair& pair : kPairs) {
    EXPECT_EQ(is_same_mailbox(pair.left, pair.right), pair.is_same) << pair.name;
    EXPECT_EQ(is_same_mailbox(pair.right, pair.left), pair.is_same) << pair.name;
  }
}

TEST(Mailboxes, OfAPolicyAreFoundInEverySpellingAndStandAsWrittenElsewhere) {
  Policy policy;
  policy.counterparties = {Party{}};
  policy.counterparties.front().name = "Dupuis";
  policy.counterparties.front().addresses = {"jean.dupuis@gmail.com"};
  const Sides sides(policy);
  EXPECT_EQ(sides.side_of("jeandupuis@googlemail.com"), "party:Dupuis");
  EXPECT_EQ(sides.side_of("jean.dupois@gmail.com"), "address:jean.dupois@gmail.com");
}

}  // namespace
}  // namespace threadline::policy
