// SPDX-License-Identifier: Apache-2.0
#include "base/timestamp.h"

#include <gtest/gtest.h>

namespace threadline {
namespace {

const std::string kDigest = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

std::string hex(const std::string& bytes) {
  std::string text;
  for (const char byte : bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    text += kDigits[static_cast<unsigned char>(byte) >> 4U];
    text += kDigits[static_cast<unsigned char>(byte) & 15U];
  }
  return text;
}

// RFC 3161 2.4.1 by hand: SEQUENCE { version 1, SEQUENCE { SEQUENCE { id-sha256, NULL }, OCTET STRING }, certReq TRUE }
TEST(Timestamp, ARequestIsWhatTheStandardSaysForTheDigest) {
  const auto request = timestamp_request(kDigest);
  ASSERT_TRUE(request);
  EXPECT_EQ(hex(*request),
            "3039"
            "020101"
            "3031"
            "300d"
            "0609608648016503040201"
            "0500"
            "0420" +
                kDigest + "0101ff");
}

TEST(Timestamp, TheSameDigestGivesTheSameRequest) { EXPECT_EQ(*timestamp_request(kDigest), *timestamp_request(kDigest)); }

TEST(Timestamp, WhatIsNoDigestIsRefused) {
  for (const std::string& digest : {std::string(), kDigest.substr(1), "g" + kDigest.substr(1), kDigest + "0"})
    EXPECT_FALSE(timestamp_request(digest)) << digest;
}

TEST(Timestamp, WhatIsNoAnswerIsAnErrorNotACrash) {
  for (const std::string& bytes :
       {std::string(), std::string("\x30\x03\x02\x01", 4), std::string(1'000, '\x30'), *timestamp_request(kDigest)})
    EXPECT_FALSE(read_timestamp_answer(bytes));
}

// PKIStatusInfo { status 2 (rejection) }, no token
TEST(Timestamp, ARefusalIsSaid) {
  const auto answer = read_timestamp_answer(std::string("\x30\x05\x30\x03\x02\x01\x02", 7));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().what, "the authority refused (status 2)");
}

}  // namespace
}  // namespace threadline
