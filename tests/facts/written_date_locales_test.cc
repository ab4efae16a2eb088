// SPDX-License-Identifier: Apache-2.0
// Dates printed by ICU as clients print them, from known instants, and read back. Printing shares nothing with the reader: ICU
// carries the CLDR of its own year.
#include <gtest/gtest.h>
#include <unicode/calendar.h>
#include <unicode/datefmt.h>
#include <unicode/dtptngen.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>

#include <array>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "facts/conversation/written_date.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

struct LocaleRow {
  const char* locale;
  const char* language;
  const char* at;
};
struct PatternRow {
  const char* client;
  const char* locale;
  const char* language;
  const char* pattern;
};

#define DATE_LOCALE(locale, language, at) {locale, language, at},
#define DATE_PATTERN(...)
#define UNSEEN_LOCALE(...)
constexpr LocaleRow kLocales[] = {
#include "client_dates.def"
};
#undef DATE_LOCALE
#define DATE_LOCALE(...)
#undef DATE_PATTERN
#define DATE_PATTERN(client, locale, language, pattern) {client, locale, language, pattern},
constexpr PatternRow kPatterns[] = {
#include "client_dates.def"
};
#undef DATE_PATTERN
#define DATE_PATTERN(...)
#undef UNSEEN_LOCALE
#define UNSEEN_LOCALE(locale, language) {locale, language, ""},
constexpr LocaleRow kUnseenLocales[] = {
#include "client_dates.def"
};

/// All months and weekdays; midnight, noon, one digit; days below and above twelve; a leap day.
constexpr std::array kTimes = std::to_array<CivilTime>({{2018, 1, 5, 0, 5, 12},
                                                        {2018, 2, 20, 12, 5, 12},
                                                        {2016, 2, 29, 9, 7, 12},
                                                        {2018, 3, 12, 23, 59, 12},
                                                        {2018, 4, 5, 10, 37, 12},
                                                        {2019, 5, 6, 13, 0, 12},
                                                        {2020, 6, 10, 18, 45, 12},
                                                        {2021, 7, 31, 7, 30, 12},
                                                        {2017, 8, 8, 11, 11, 12},
                                                        {2022, 9, 1, 1, 1, 12},
                                                        {2023, 10, 27, 12, 59, 12},
                                                        {2024, 11, 30, 15, 20, 12},
                                                        {2025, 12, 7, 22, 8, 12}});
constexpr std::array kZones{"Europe/Paris", "America/New_York", "Asia/Tokyo", "Europe/London", "Asia/Kolkata"};

struct Moment {
  UDate at = 0;
  std::int64_t minute = 0;  ///< since 1970
  int offset = 0;           ///< of its zone, in minutes
  std::unique_ptr<icu::TimeZone> zone;
};

Moment moment_of(std::size_t index) {
  Moment moment;
  moment.zone.reset(icu::TimeZone::createTimeZone(kZones[index % kZones.size()]));
  const CivilTime& time = kTimes[index];
  const auto local = instant_of(time, 0);
  UErrorCode error = U_ZERO_ERROR;
  std::int32_t raw = 0, saving = 0;
  moment.zone->getOffset(static_cast<UDate>(local->seconds) * 1000, 1, raw, saving, error);
  moment.offset = (raw + saving) / 60'000;
  moment.minute = local->seconds / 60 - moment.offset;
  moment.at = static_cast<UDate>(local->seconds - moment.offset * 60) * 1000;
  return moment;
}

/// The Gregorian calendar unless the locale's own is asked for: Gmail and Outlook print it in all languages.
icu::Locale gregorian(const std::string& locale) {
  const std::string with = locale.find("@calendar") != std::string::npos ? locale
                           : locale.find('@') != std::string::npos       ? locale + ";calendar=gregorian"
                                                                         : locale + "@calendar=gregorian";
  return icu::Locale(with.c_str());
}

std::string printed(icu::DateFormat& format, const Moment& moment) {
  format.setTimeZone(*moment.zone);
  icu::UnicodeString text;
  format.format(moment.at, text);
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

using Format = std::unique_ptr<icu::DateFormat>;

Format styled(const char* locale, icu::DateFormat::EStyle date, icu::DateFormat::EStyle time) {
  return Format(icu::DateFormat::createDateTimeInstance(date, time, gregorian(locale)));
}

Format by_pattern(const char* locale, const icu::UnicodeString& pattern) {
  UErrorCode error = U_ZERO_ERROR;
  return std::make_unique<icu::SimpleDateFormat>(pattern, gregorian(locale), error);
}

icu::UnicodeString best_pattern(const char* locale, const char* skeleton) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::DateTimePatternGenerator> generator(
      icu::DateTimePatternGenerator::createInstance(gregorian(locale), error));
  return generator->getBestPattern(icu::UnicodeString(skeleton), error);
}

/// Day and time by skeletons, with a word between them.
Format joined(const char* locale, const char* day, const std::string& between, const char* time) {
  icu::UnicodeString pattern = best_pattern(locale, day);
  pattern += " ";
  if (!between.empty()) pattern += icu::UnicodeString::fromUTF8("'" + between + "' ");
  pattern += best_pattern(locale, time);
  return by_pattern(locale, pattern);
}

class Score {
 public:
  void read(const std::string& client, const char* locale, const char* language, const std::string& text, const Moment& moment) {
    const auto date = find_date(text, language);
    const auto stamp = date ? stamp_of(*date, text, moment.offset) : std::nullopt;
    const bool right = stamp && stamp->at.seconds / 60 == moment.minute;
    ++all_;
    if (right) ++right_;
    auto& [of_client, all_of_client] = clients_[client];
    of_client += right ? 1 : 0;
    ++all_of_client;
    if (right && date->wrong_weekday) weekdays_.push_back(client + " " + locale + ": " + text);
    if (!right) misses_.push_back(client + " " + locale + ": " + text + " -> " + (stamp ? rfc3339(stamp->at) : "nothing"));
  }
  void print(const char* title) const {
    std::cout << title << ": " << right_ << "/" << all_ << "\n";
    for (const auto& [client, score] : clients_) std::cout << "  " << client << " " << score.first << "/" << score.second << "\n";
    for (const std::string& miss : misses_) std::cout << "  miss " << miss << "\n";
    for (const std::string& text : weekdays_) std::cout << "  weekday called wrong " << text << "\n";
  }
  [[nodiscard]] int all() const { return all_; }
  [[nodiscard]] double share() const { return static_cast<double>(right_) / all_; }
  [[nodiscard]] std::size_t wrong_weekdays() const { return weekdays_.size(); }

 private:
  int right_ = 0, all_ = 0;
  std::map<std::string, std::pair<int, int>> clients_;
  std::vector<std::string> misses_, weekdays_;
};

struct ClientForm {
  std::string client;
  Format format;
};

void read_forms(std::vector<ClientForm> forms, const LocaleRow& row, Score& score) {
  for (std::size_t i = 0; i < kTimes.size(); ++i) {
    const Moment moment = moment_of(i);
    for (const ClientForm& form : forms) score.read(form.client, row.locale, row.language, printed(*form.format, moment), moment);
  }
}

std::vector<ClientForm> forms_of(const LocaleRow& row) {
  using icu::DateFormat;
  std::vector<ClientForm> forms;
  forms.push_back({"outlook web, mac", styled(row.locale, DateFormat::kFull, DateFormat::kShort)});
  forms.push_back({"apple header", styled(row.locale, DateFormat::kLong, DateFormat::kLong)});
  forms.push_back({"apple attribution", styled(row.locale, DateFormat::kMedium, DateFormat::kShort)});
  forms.push_back({"zimbra", styled(row.locale, DateFormat::kFull, DateFormat::kMedium)});
  forms.push_back({"thunderbird", styled(row.locale, DateFormat::kShort, DateFormat::kShort)});
  forms.push_back({"thunderbird, long year", joined(row.locale, "yMd", "", "jm")});
  forms.push_back({"gmail", joined(row.locale, "yMMMEd", row.at, "jm")});
  forms.push_back({"yahoo", joined(row.locale, "yMMMMEEEEd", "", "jmsz")});
  return forms;
}

TEST(WrittenDateLocales, DatesOfEachClientAndLocaleAreReadToTheMinute) {
  Score score;
  for (const LocaleRow& row : kLocales) read_forms(forms_of(row), row, score);
  for (const PatternRow& row : kPatterns) {
    std::vector<ClientForm> forms;
    forms.push_back({row.client, by_pattern(row.locale, icu::UnicodeString::fromUTF8(row.pattern))});
    read_forms(std::move(forms), {row.locale, row.language, ""}, score);
  }
  score.print("dates of clients");
  EXPECT_GE(score.all(), 3000);
  EXPECT_GE(score.share(), 0.99);
  EXPECT_EQ(score.wrong_weekdays(), 0U) << "each printed weekday is the date's own";
}

std::vector<ClientForm> unseen_forms_of(const LocaleRow& row) {
  using icu::DateFormat;
  std::vector<ClientForm> forms;
  forms.push_back({"medium, medium", styled(row.locale, DateFormat::kMedium, DateFormat::kMedium)});
  forms.push_back({"long, short", styled(row.locale, DateFormat::kLong, DateFormat::kShort)});
  forms.push_back({"yMMMdHm", joined(row.locale, "yMMMd", "", "Hm")});
  forms.push_back({"yMEdjm", joined(row.locale, "yMEd", "", "jm")});
  forms.push_back({"Hm yMMMMd", joined(row.locale, "Hm", "", "yMMMMd")});
  forms.push_back({"yMMMMEEEEdjmsz", by_pattern(row.locale, best_pattern(row.locale, "yMMMMEEEEdjmsz"))});
  return forms;
}

TEST(WrittenDateLocales, FormsAndLocalesNobodyLookedAtAreScoredApart) {
  Score seen_locales, unseen_locales;
  for (const LocaleRow& row : kLocales) read_forms(unseen_forms_of(row), row, seen_locales);
  for (const LocaleRow& row : kUnseenLocales) {
    read_forms(forms_of(row), row, unseen_locales);
    read_forms(unseen_forms_of(row), row, unseen_locales);
  }
  seen_locales.print("other forms of the same locales");
  unseen_locales.print("other locales");
  EXPECT_GE(seen_locales.share(), 0.97);
  EXPECT_GE(unseen_locales.share(), 0.9);
}

TEST(WrittenDateLocales, NamesStandInTheTableAsTheyAreLookedUp) {
#define THREADLINE_DATE_WORD(name, ...) name,
#define THREADLINE_DATE_ZONE(...)
#define THREADLINE_UNIVERSAL_TIME(...)
#define THREADLINE_DATE_ORDER(...)
  for (const std::string_view name : {
#include "facts/conversation/date_names.inc"
       })
    EXPECT_EQ(text::fold(name), name);
#undef THREADLINE_DATE_WORD
#undef THREADLINE_DATE_ZONE
#undef THREADLINE_UNIVERSAL_TIME
#undef THREADLINE_DATE_ORDER
}

}  // namespace
}  // namespace threadline::facts
