// SPDX-License-Identifier: Apache-2.0
#include "text/mail_date.h"

#include <gtest/gtest.h>

#include <string>

namespace threadline::text {
namespace {

std::string line(const std::optional<Stamp>& stamp) {
  if (!stamp) return "none";
  return rfc3339(stamp->at) + " " + std::string(name_of(stamp->basis)) + (stamp->zone_name.empty() ? "" : " " + stamp->zone_name);
}

struct Case {
  const char* name;
  const char* text;
  const char* expected;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class MailDate : public testing::TestWithParam<Case> {};
TEST_P(MailDate, IsReadWithItsZoneAndBasis) { EXPECT_EQ(line(read_mail_date(GetParam().text)), GetParam().expected); }

constexpr const char* kStated = "2018-04-05T10:37:00+02:00 stated";
INSTANTIATE_TEST_SUITE_P(
    Forms, MailDate,
    testing::Values(Case{"rfc5322", "Thu, 5 Apr 2018 10:37:00 +0200", kStated},
                    Case{"no_weekday", "5 Apr 2018 10:37:00 +0200", kStated},
                    Case{"no_seconds", "Thu, 5 Apr 2018 10:37 +0200", kStated},
                    Case{"comment_behind", "Thu, 5 Apr 2018 10:37:00 +0200 (CEST)", kStated},
                    Case{"comment_with_long_name", "Thu, 5 Apr 2018 10:37:00 +0200 (Paris, Madrid (heure d'\u00e9t\u00e9))",
                         kStated},
                    Case{"comments_within_the_time", "Thu (jeudi), 5 (five) Apr (\\) 6 May) 2018 10 (x) : 37(x):21 +0200",
                         "2018-04-05T10:37:21+02:00 stated"},
                    Case{"comments_between_words", "Thu (jeudi), 5 (five) Apr (\\) 6 May) 2018 (x) 10:37:00 (y) +0200", kStated},
                    Case{"folded_line", "Thu, 5 Apr 2018\r\n 10:37:00\r\n\t+0200", kStated},
                    Case{"full_month_name", "Thursday, April 5, 2018 10:37:00 +0200", kStated},
                    Case{"afternoon", "5 Apr 2018 10:37:00 PM +0200", "2018-04-05T22:37:00+02:00 stated"},
                    Case{"midnight_on_a_twelve_hour_clock", "5 Apr 2018 12:37:00 AM +0200", "2018-04-05T00:37:00+02:00 stated"},
                    Case{"ctime_with_offset", "Thu Apr  5 10:37:00 2018 +0200", kStated},
                    Case{"ctime_offset_before_year", "Thu Apr  5 10:37:00 +0200 2018", kStated},
                    Case{"ctime_zone_before_year", "Thu Apr  5 10:37:00 CEST 2018", "2018-04-05T10:37:00+02:00 named CEST"},
                    Case{"ctime_bare", "Thu Apr  5 10:37:00 2018", "2018-04-05T10:37:00+00:00 assumed"},
                    Case{"go", "2018-04-05 10:37:00.123456789 +0200 CEST", kStated},
                    Case{"go_zone_twice", "2018-04-05 10:37:00 +0200 +0200", kStated},
                    Case{"go_monotonic", "2018-04-05 10:37:00.1 +0200 CEST m=+0.000", kStated},
                    Case{"iso8601", "2018-04-05T10:37:00+02:00", kStated},
                    Case{"iso8601_utc", "2018-04-05T08:37:00Z", "2018-04-05T08:37:00+00:00 named Z"},
                    Case{"iso8601_no_zone", "2018-04-05T08:37:00", "2018-04-05T08:37:00+00:00 assumed"},
                    Case{"java_script", "Thu Apr 05 2018 10:37:00 GMT+0200 (CEST)", kStated},
                    Case{"gmt_plus_hours", "Thu, 5 Apr 2018 10:37:00 GMT+2", kStated},
                    Case{"gmt_plus_with_colon", "Thu, 5 Apr 2018 10:37:00 UTC+02:00", kStated},
                    Case{"italian_tuesday_is_no_march", "Mar, 5 Apr 2018 10:37:00 +0200", kStated},
                    Case{"ordinal", "April 5th, 2018 10:37:00 +0200", kStated},
                    Case{"rfc850", "Thursday, 05-Apr-18 08:37:00 GMT", "2018-04-05T08:37:00+00:00 named GMT"},
                    Case{"dotted_time", "to, 5 Apr 2018 10.37.00 +0200", kStated},
                    Case{"leap_second", "Sat, 31 Dec 2016 23:59:60 +0000", "2016-12-31T23:59:59+00:00 stated"}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Zones, MailDate,
    testing::Values(Case{"minus_zero", "Thu, 5 Apr 2018 08:37:00 -0000", "2018-04-05T08:37:00+00:00 stated"},
                    Case{"negative", "Thu, 5 Apr 2018 08:37:00 -0330", "2018-04-05T08:37:00-03:30 stated"},
                    Case{"missing", "Thu, 5 Apr 2018 08:37:00", "2018-04-05T08:37:00+00:00 assumed"},
                    Case{"named", "Thu, 5 Apr 2018 08:37:00 PDT", "2018-04-05T08:37:00-07:00 named PDT"},
                    Case{"named_in_comment_only", "Thu, 5 Apr 2018 10:37:00 (CEST)", "2018-04-05T10:37:00+02:00 named CEST"},
                    Case{"named_with_dst", "Tue, 25 Aug 98 23:15 MET DST", "1998-08-25T23:15:00+02:00 named MET"},
                    Case{"number_with_dst", "Tue, 25 Aug 1998 23:15:27 +0200 (MET DST)", "1998-08-25T23:15:27+02:00 stated"},
                    Case{"military_letter_says_nothing", "Thu, 5 Apr 2018 08:37:00 A", "2018-04-05T08:37:00+00:00 assumed A"},
                    Case{"unknown_name", "Thu, 5 Apr 2018 08:37:00 XYZT", "2018-04-05T08:37:00+00:00 assumed XYZT"},
                    Case{"offset_out_of_range", "Thu, 5 Apr 2018 08:37:00 +9959", "2018-04-05T08:37:00+00:00 assumed"},
                    Case{"number_wins_over_name", "Thu, 5 Apr 2018 08:37:00 -0700 PST", "2018-04-05T08:37:00-07:00 stated"}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(ObsoleteYears, MailDate,
                         testing::Values(  // RFC 5322, section 4.3
                             Case{"two_digits_low", "5 Apr 18 10:37:00 +0200", kStated},
                             Case{"two_digits_49", "5 Apr 49 10:37:00 +0000", "2049-04-05T10:37:00+00:00 stated"},
                             Case{"two_digits_50", "5 Apr 50 10:37:00 +0000", "1950-04-05T10:37:00+00:00 stated"},
                             Case{"first_year", "Mon, 1 Jan 1900 10:37:00 +0000", "1900-01-01T10:37:00+00:00 stated"},
                             Case{"three_digits", "5 Apr 118 10:37:00 +0200", kStated}),
                         [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(NoDates, MailDate,
                         testing::Values(Case{"empty", "", "none"}, Case{"words", "yesterday", "none"},
                                         Case{"date_in_comment", "(Thu, 5 Apr 2018 10:37:00 +0200)", "none"},
                                         Case{"no_time", "Thu, 5 Apr 2018", "none"},
                                         Case{"day_out_of_range", "30 Feb 2018 10:37:00 +0000", "none"},
                                         Case{"hour_out_of_range", "5 Apr 2018 25:37:00 +0000", "none"},
                                         Case{"year_zero_digits", "5 Apr 10:37:00 +0000", "none"},
                                         Case{"year_zero", "Sat, 1 Jan 0000 10:37:00 +0000", "none"},
                                         Case{"zero_of_a_program", "Mon, 1 Jan 0001 00:00:00 +0000", "none"},
                                         Case{"before_1900", "Sun, 31 Dec 1899 23:59:59 +0000 (UTC)", "none"},
                                         Case{"unclosed_comment", "Thu, 5 Apr (2018 10:37:00 +0200", "none"},
                                         Case{"a_sentence", "please call me on the 5 of Apr 2018 at 10:37", "none"}),
                         [](const auto& test) { return test.param.name; });

TEST(MailDate, KeepsTheTextAsItStands) {
  EXPECT_EQ(read_mail_date("  Thu, 5 Apr 2018 10:37:00 +0200 (CEST) ")->text, "Thu, 5 Apr 2018 10:37:00 +0200 (CEST)");
}

/// A second comment sends a date past the reader of the plain form.
TEST(MailDate, ThePlainFormSaysWhatTheGeneralOneSays) {
  for (const std::string date :
       {"Thu, 5 Apr 2018 10:37:00 +0200", "05 Apr 2018 10:37:60 -0330", "Thu, 31 Apr 2018 10:37:00 +0200",
        "5 Apr 2018 24:00:00 +0000", "Thu, 5 Apr 2018 10:37:00 +2460", "Thu,  5  Apr  2018  10:37:00  -0000",
        "Thu, 5 Apr 2018 10:37:00 +02000", "Thu, 5 Apx 2018 10:37:00 +0200", "Thu, 5 Apr 1899 10:37:00 +0200"}) {
    EXPECT_EQ(line(read_mail_date(date)), line(read_mail_date(date + " (a) (b)"))) << date;
    EXPECT_EQ(line(read_mail_date(date + " (CEST)")), line(read_mail_date(date + " (CEST) (b)"))) << date;
  }
}

TEST(MailDate, LongTextIsNoDateAndEndsSoon) {
  EXPECT_FALSE(read_mail_date(std::string(1'000'000, '(')));
  EXPECT_FALSE(read_mail_date(std::string(1'000'000, '9')));
}

TEST(NamedZone, AmbiguousNamesSaySo) {
  for (const char* name : {"BST", "IST", "CST", "MST", "AST", "ist"}) EXPECT_TRUE(named_zone(name).value().ambiguous) << name;
  for (const char* name : {"GMT", "UT", "UTC", "Z", "CEST", "CET", "EST", "EDT", "PST", "PDT"})
    EXPECT_FALSE(named_zone(name).value().ambiguous) << name;
  EXPECT_EQ(named_zone("CEST")->offset_minutes, 120);
  EXPECT_EQ(named_zone("CST")->offset_minutes, -360);  // RFC 5322
  EXPECT_FALSE(named_zone(""));
  EXPECT_FALSE(named_zone("Europe/Paris"));
}

}  // namespace
}  // namespace threadline::text
