// SPDX-License-Identifier: Apache-2.0
#include "base/instant.h"

#include <gtest/gtest.h>

namespace threadline {
namespace {

TEST(Instant, IsWrittenInItsOwnOffsetAndInUtc) {
  const auto instant = instant_of({2018, 4, 5, 10, 37, 0}, 120);
  ASSERT_TRUE(instant);
  EXPECT_EQ(rfc3339(*instant), "2018-04-05T10:37:00+02:00");
  EXPECT_EQ(rfc3339_utc(*instant), "2018-04-05T08:37:00Z");
}

TEST(Instant, BeforeTheEpochAndNegativeOffsetsKeepTheirFields) {
  const CivilTime civil{1931, 12, 31, 23, 59, 58};
  const auto instant = instant_of(civil, -210);
  ASSERT_TRUE(instant);
  EXPECT_EQ(civil_of(*instant), civil);
  EXPECT_EQ(rfc3339(*instant), "1931-12-31T23:59:58-03:30");
}

TEST(Instant, FieldsOutOfRangeAreNoInstant) {
  EXPECT_FALSE(instant_of({2018, 2, 30, 0, 0, 0}, 0));
  EXPECT_FALSE(instant_of({2018, 2, 3, 24, 0, 0}, 0));
  EXPECT_FALSE(instant_of({2018, 2, 3, 0, 0, 0}, 1440));
  EXPECT_TRUE(instant_of({2016, 2, 29, 23, 59, 60}, 0));
}

/// RFC 3339 has four digits for a year, and rows are sorted by the text in UTC.
TEST(Instant, BeforeTheYear0AndBehind9999InUtcIsNone) {
  EXPECT_TRUE(instant_of({9999, 12, 31, 23, 59, 59}, 0));
  EXPECT_TRUE(instant_of({9999, 12, 31, 23, 59, 59}, 720));
  EXPECT_FALSE(instant_of({9999, 12, 31, 23, 59, 59}, -1));
  EXPECT_TRUE(instant_of({0, 1, 1, 0, 0, 0}, 0));
  EXPECT_TRUE(instant_of({0, 1, 1, 0, 0, 0}, -720));
  EXPECT_FALSE(instant_of({0, 1, 1, 0, 0, 0}, 1));
  EXPECT_FALSE(instant_of({-1, 12, 31, 0, 0, 0}, 0));
}

}  // namespace
}  // namespace threadline
