// SPDX-License-Identifier: Apache-2.0
#include "text/utf16.h"

#include <gtest/gtest.h>

#include <string>

namespace threadline::text {
namespace {

using namespace std::string_literals;

// RFC 2781 section 2.1 gives the pair of U+12345.
const std::string kUnits = "a\0\xE9\0\xAC\x20\x08\xD8\x45\xDF"s;
const std::string kText = "a\u00e9\u20ac\U00012345";

TEST(Utf16, GoesBothWays) {
  EXPECT_EQ(decode_utf16le(kUnits).text, kText);
  EXPECT_EQ(decode_utf16le(kUnits).replaced, 0U);
  EXPECT_EQ(utf16le_of(kText), kUnits);
}

TEST(Utf16, ALoneSurrogateIsReplacedAndCountedAndALastOddByteLeftOut) {
  const auto decoded = decode_utf16le(
      "\x08\xD8"
      "b\0"
      "\x45\xDF"
      "c"s);
  EXPECT_EQ(decoded.text,
            "\uFFFD"
            "b\uFFFD");
  EXPECT_EQ(decoded.replaced, 2U);
}

}  // namespace
}  // namespace threadline::text
