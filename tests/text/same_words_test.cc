// SPDX-License-Identifier: Apache-2.0
#include "text/same_words.h"

#include <gtest/gtest.h>

namespace threadline::text {
namespace {

bool is_same(std::string_view left, std::string_view right) { return is_same_words(left, right, LineEnds::anywhere); }
bool is_same_strictly(std::string_view left, std::string_view right) {
  return is_same_words(left, right, LineEnds::only_before_letters) && is_same_words(right, left, LineEnds::only_before_letters);
}

TEST(SameWords, ATextThatAClientWrappedAnewHasTheSameWords) {
  EXPECT_TRUE(is_same("pay the invoice\nof April", "pay the\r\n invoice  of\tApril\n"));
  EXPECT_TRUE(is_same("", " \n"));
  EXPECT_TRUE(is_same_strictly("pay the invoice\nof April", "pay the\r\n invoice  of\tApril\n"));
}

TEST(SameWords, AnotherWordOrABlankInsideOneIsADifference) {
  EXPECT_FALSE(is_same("pay the invoice", "pay an invoice"));
  EXPECT_FALSE(is_same("pay the invoice", "pay the in voice"));
  EXPECT_FALSE(is_same("pay the invoice", "pay the"));
  EXPECT_FALSE(is_same("pay the invoice", "paythe invoice"));
  EXPECT_FALSE(is_same("", "x"));
}

TEST(SameWords, ANoBreakSpaceIsWhiteOnlyBesideABlankOrAtAnEnd) {
  EXPECT_TRUE(is_same("Hello\n\n\u00A0\n\nthere", "Hello\nthere"));
  EXPECT_TRUE(is_same("\u00A0Hello there\u00A0", "Hello there"));
  EXPECT_FALSE(is_same("12\u00A0EUR", "12 EUR"));
  EXPECT_FALSE(is_same("12\u00A0EUR", "12EUR"));
  EXPECT_TRUE(is_same("12\u00A0EUR", "12\u00A0EUR"));
}

TEST(SameWords, ALineThatEndsBeforeANumberMayBeAsked) {
  EXPECT_TRUE(is_same("house 12 44", "house 12\n44"));
  EXPECT_FALSE(is_same_strictly("house 12 44", "house 12\n44"));
  EXPECT_FALSE(is_same_strictly("house 12 +44", "house 12\n+44"));
  EXPECT_TRUE(is_same_strictly("house 12\n44", "house 12 \r\n44"));
}

TEST(SameWords, ATextBeginsWithItsFirstWordsWhereWhiteSpaceFollows) {
  EXPECT_TRUE(begins_with_text("\nDear all,\nyes\n> no", "Dear all,\nyes"));
  EXPECT_TRUE(begins_with_text("Dear all", "Dear all"));
  EXPECT_FALSE(begins_with_text("Dear allies", "Dear all"));
  EXPECT_FALSE(begins_with_text("Dear", "Dear all"));
  EXPECT_TRUE(begins_with_text("Dear all", ""));
}

}  // namespace
}  // namespace threadline::text
