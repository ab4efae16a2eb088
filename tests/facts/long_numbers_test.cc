// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/long_numbers.h"

#include <gtest/gtest.h>

#include "text/pattern.h"

namespace threadline::facts {
namespace {

using Numbers = std::vector<std::string>;

TEST(LongNumbers, AreDigitsInGroups) {
  EXPECT_EQ(long_numbers("RIB 30006 00001 12345678901 89, tel. 01.99.00-11 22", 9),
            (Numbers{"30006000011234567890189", "0199001122"}));
  EXPECT_EQ(long_numbers("1999\u00a0001\u202f1 22 (12345678)", 9), (Numbers{"1999001122", "12345678"}));
  EXPECT_EQ(long_numbers("12345678 / 87654321", 1), (Numbers{"12345678"}));
}

TEST(LongNumbers, FewerDigitsOrOtherMarksBetweenThemAreNone) {
  for (const char* text : {"", "1234567", "1234,5678", "1234   5678", "1234\n5678", "1234 - 5678", "20/04/2018 10:30"})
    EXPECT_EQ(long_numbers(text, 9), Numbers{}) << text;
}

/// What the expression finds in texts of digits and what may stand between them.
TEST(LongNumbers, AreThoseOfTheExpression) {
  const text::Pattern expression("[0-9](?:[ .\\-\\x{A0}\\x{202F}]{0,2}[0-9]){7,60}");
  constexpr const char* kPieces[] = {
      "1", "23", "4567890123456789012345678901234567890123456789012345", " ", ".", "-", "\u00a0", "\u202f", "x", "\xC2"};
  std::uint32_t state = 1;
  for (int round = 0; round < 5'000; ++round) {
    std::string text;
    for (int piece = 0; piece < 24; ++piece) {
      state = state * 1'664'525U + 1'013'904'223U;
      const std::uint32_t dice = state >> 16U;
      text += kPieces[dice % 7 < 4 ? dice % 2 : dice % std::size(kPieces)];
    }
    Numbers expected;
    for (std::size_t from = 0;;) {
      const auto match = expression.find(text, from);
      if (!match) break;
      from = static_cast<std::size_t>(match->front().data() - text.data()) + match->front().size();
      expected.emplace_back();
      for (const char c : match->front())
        if (c >= '0' && c <= '9') expected.back() += c;
    }
    ASSERT_EQ(long_numbers(text, 100), expected) << text;
  }
}

}  // namespace
}  // namespace threadline::facts
