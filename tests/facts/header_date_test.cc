// SPDX-License-Identifier: Apache-2.0
#include "facts/header_date.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "facts/facts.h"
#include "message/read_message.h"

namespace threadline::facts {
namespace {

/// The date, then the notes about it.
std::string told(const std::string& date) {
  const Facts facts = read_facts(message::read_message("From: a@firm.example\nDate: " + date + "\n\nhi\n", {}), {});
  std::string line =
      facts.dates.header ? rfc3339(facts.dates.header->at) + " " + std::string(name_of(facts.dates.header->basis)) : "none";
  for (const Note& note : facts.notes) {
    if (note.code.ends_with("_date")) line += " " + note.code;
  }
  return line;
}

struct Case {
  const char* name;
  const char* date;
  const char* told;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class HeaderDate : public testing::TestWithParam<Case> {};
TEST_P(HeaderDate, IsReadWhereItCanMeanOneDayOnly) { EXPECT_EQ(told(GetParam().date), GetParam().told); }

constexpr const char* kRead = "2026-01-12T10:00:00+01:00 stated localized_date";
constexpr const char* kNot = "none malformed_date";
INSTANTIATE_TEST_SUITE_P(
    Forms, HeaderDate,
    testing::Values(
        Case{"as_the_rfc", "Mon, 12 Jan 2026 10:00:00 +0100", "2026-01-12T10:00:00+01:00 stated"},
        Case{"french_short", "lun., 12 janv. 2026 10:00:00 +0100", kRead},
        Case{"french_long", "Lun 12 janvier 2026 10:00:00 +0100", kRead},
        Case{"french_encoded",
             "=?utf-8?Q?mer=2E=2C_12_ao=C3=BBt_2026_10=3A00=3A00_+0200?=", "2026-08-12T10:00:00+02:00 stated localized_date"},
        Case{"french_tuesday_is_no_march", "mar., 13 janv. 2026 10:00:00 +0100",
             "2026-01-13T10:00:00+01:00 stated localized_date"},
        Case{"tuesday_in_march", "mar. 10 mars 2026 10:00:00 +0100", "2026-03-10T10:00:00+01:00 stated localized_date"},
        Case{"short_weekday_of_another_day", "Mar 12 janvier 2026 10:00:00 +0100", kNot},
        Case{"german", "Mo, 12. Jan. 2026 10:00:00 +0100", "2026-01-12T10:00:00+01:00 stated"},
        Case{"german_march", "Di, 10. M\u00e4rz 2026 10:00:00 +0100", "2026-03-10T10:00:00+01:00 stated localized_date"},
        Case{"spanish", "lun, 12 ene 2026 10:00:00 +0100", kRead}, Case{"italian", "lun, 12 gen 2026 10:00:00 +0100", kRead},
        Case{"italian_tuesday", "mar, 13 gen 2026 10:00:00 +0100", "2026-01-13T10:00:00+01:00 stated localized_date"},
        Case{"dutch", "ma, 9 mrt. 2026 10:00:00 +0100", "2026-03-09T10:00:00+01:00 stated localized_date"},
        Case{"portuguese", "seg, 9 fev 2026 10:00:00 +0000", "2026-02-09T10:00:00+00:00 stated localized_date"},
        Case{"zone_by_name", "lun. 12 janv. 2026 10:00:00 CET", "2026-01-12T10:00:00+01:00 named localized_date"},
        Case{"comment_behind", "lun., 12 janv. 2026 10:00:00 +0100 (CET)", kRead},
        Case{"no_zone", "lun., 12 janv. 2026 10:00:00", "2026-01-12T10:00:00+00:00 assumed localized_date"},
        Case{"month_of_two_languages", "pon, 13 lip 2026 10:00:00 +0200", kNot},
        Case{"month_of_two_languages_in_full", "12 listopad 2026 10:00:00 +0100", kNot},
        Case{"wrong_weekday", "mardi 12 janvier 2026 10:00:00 +0100", kNot},
        Case{"month_by_number", "lun., 12/01/2026 10:00:00 +0100", kNot}, Case{"no_time", "lun., 12 janv. 2026", kNot},
        Case{"more_words", "envoy\u00e9 le 12 janvier 2026 10:00:00 +0100 par Anne Martin", kNot},
        Case{"two_dates", "12 janvier 2026 10:00:00 +0100 au 13 janvier 2026", kNot},
        Case{"no_such_day", "31 f\u00e9vrier 2026 10:00:00 +0100", kNot}, Case{"words", "yesterday", kNot}),
    [](const auto& test) { return test.param.name; });

TEST(HeaderDate, IsTheDateByWhichAMessageIsKnown) {
  const Facts facts =
      read_facts(message::read_message("From: a@firm.example\nDate: lun., 12 janv. 2026 10:00:00 +0100\n\nhi\n", {}), {});
  ASSERT_TRUE(facts.dates.known_at);
  EXPECT_EQ(rfc3339(*facts.dates.known_at), "2026-01-12T10:00:00+01:00");
  EXPECT_EQ(facts.dates.basis, TimeBasis::header);
}

}  // namespace
}  // namespace threadline::facts
