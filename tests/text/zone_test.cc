// SPDX-License-Identifier: Apache-2.0
#include "text/zone.h"

#include <gtest/gtest.h>

namespace threadline::text {
namespace {

std::string shown(const char* zone, const CivilTime& utc) {
  const Zone found = Zone::named(zone).value();
  const Instant at = instant_of(utc, 0).value();
  return rfc3339(found.at(at)) + " " + found.abbreviation(at);
}

TEST(Zone, ParisInSummerAndWinter) {
  EXPECT_EQ(shown("Europe/Paris", {2018, 4, 5, 8, 37, 0}), "2018-04-05T10:37:00+02:00 CEST");
  EXPECT_EQ(shown("Europe/Paris", {2018, 1, 5, 8, 37, 0}), "2018-01-05T09:37:00+01:00 CET");
}

TEST(Zone, TheHourOfTheChangeIsExact) {  // 25 March 2018, 01:00 UTC
  EXPECT_EQ(shown("Europe/Paris", {2018, 3, 25, 0, 59, 59}), "2018-03-25T01:59:59+01:00 CET");
  EXPECT_EQ(shown("Europe/Paris", {2018, 3, 25, 1, 0, 0}), "2018-03-25T03:00:00+02:00 CEST");
}

TEST(Zone, OneAbbreviationMeansDifferentZones) {
  EXPECT_EQ(shown("Europe/London", {2018, 7, 1, 12, 0, 0}), "2018-07-01T13:00:00+01:00 BST");
  EXPECT_EQ(shown("Europe/Dublin", {2018, 7, 1, 12, 0, 0}), "2018-07-01T13:00:00+01:00 IST");
  EXPECT_EQ(shown("Asia/Kolkata", {2018, 7, 1, 12, 0, 0}), "2018-07-01T17:30:00+05:30 IST");
  EXPECT_EQ(shown("America/New_York", {2018, 7, 1, 12, 0, 0}), "2018-07-01T08:00:00-04:00 EDT");
}

TEST(Zone, WhereThereIsNoAbbreviationTheOffsetIsShown) {
  EXPECT_EQ(shown("America/Sao_Paulo", {2018, 7, 1, 12, 0, 0}), "2018-07-01T09:00:00-03:00 -03:00");
  EXPECT_EQ(shown("Europe/Istanbul", {2018, 7, 1, 12, 0, 0}), "2018-07-01T15:00:00+03:00 +03:00");
  EXPECT_EQ(shown("Europe/Istanbul", {2014, 7, 1, 12, 0, 0}), "2014-07-01T15:00:00+03:00 EEST");
}

TEST(Zone, AliasesAndUtcHaveTheirAbbreviations) {
  EXPECT_EQ(shown("UTC", {2018, 7, 1, 12, 0, 0}), "2018-07-01T12:00:00+00:00 UTC");
  EXPECT_EQ(shown("US/Pacific", {2018, 1, 1, 12, 0, 0}), "2018-01-01T04:00:00-08:00 PST");
}

TEST(Zone, AbbreviationsChangeWithHistory) {  // Moscow was MSK at +03, +04 from March 2011, +03 again from October 2014
  EXPECT_EQ(shown("Europe/Moscow", {2012, 7, 1, 12, 0, 0}), "2012-07-01T16:00:00+04:00 MSK");
  EXPECT_EQ(shown("Europe/Moscow", {2009, 7, 1, 12, 0, 0}), "2009-07-01T16:00:00+04:00 MSD");
}

TEST(Zone, AnUnknownNameIsAnErrorWithAnExample) {
  for (const char* name : {"Europe/Nowhere", "", "GMT+25", "Etc/Unknown", "CEST"}) {
    const auto zone = Zone::named(name);
    ASSERT_FALSE(zone) << name;
    EXPECT_NE(zone.error().hint.find("Europe/Paris"), std::string::npos);
  }
}

TEST(Zone, VersionsAreKnown) {
  EXPECT_GE(tzdata_version().size(), 5U);
  EXPECT_FALSE(icu_version().empty());
}

}  // namespace
}  // namespace threadline::text
