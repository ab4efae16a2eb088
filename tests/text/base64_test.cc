// SPDX-License-Identifier: Apache-2.0
#include "text/base64.h"

#include <gtest/gtest.h>

namespace threadline::text {
namespace {

// RFC 4648 section 10.
TEST(Base64, TheVectorsOfTheStandardGoBothWays) {
  const std::pair<std::string, std::string> rows[] = {{"", ""},
                                                      {"f", "Zg=="},
                                                      {"fo", "Zm8="},
                                                      {"foo", "Zm9v"},
                                                      {"foob", "Zm9vYg=="},
                                                      {"fooba", "Zm9vYmE="},
                                                      {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : rows) {
    EXPECT_EQ(encode_base64(bytes, ""), text);
    EXPECT_EQ(decode_base64(text), bytes);
  }
}

TEST(Base64, LinesAreOf76Characters) {
  const auto text = encode_base64(std::string(58, '\0'), "\r\n");
  EXPECT_EQ(text, std::string(76, 'A') + "\r\nAA==\r\n");
}

TEST(Base64, WhiteSpaceIsSkippedAndAnEqualSignEndsIt) { EXPECT_EQ(decode_base64(" Zm\r\n9v\tYg== Zm9v"), "foob"); }

}  // namespace
}  // namespace threadline::text
