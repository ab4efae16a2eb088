// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/written_date.h"

#include <algorithm>
#include <vector>

#include "facts/conversation/date_words.h"
#include "facts/conversation/quote_words.h"
#include "facts/conversation/tokens.h"
#include "facts/conversation/written_clock.h"
#include "facts/conversation/written_day.h"

namespace threadline::facts {
namespace {

using Tokens = std::vector<Token>;

constexpr std::size_t kMostTokens = 80;     ///< a date stands within the first words of an introduction
constexpr std::size_t kWeekdayWithin = 5;   ///< tokens between day and weekday
constexpr std::size_t kWeekdayFillers = 2;  ///< words among them ("den", "g.")
constexpr std::size_t kNameReach = 4;       ///< tokens from a name's first to its last ("quinta-feira")

/// A weekday beside a day: the tokens that name it, and whether it can be nothing else.
struct Weekday {
  std::uint8_t days = 0;
  std::size_t first = 0, last = 0;
  bool certain = false;
};

/// Whether text has a digit, in ASCII or in another script.
bool may_have_number(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= '0' && byte <= '9') || byte >= 0xD9;
  });
}

bool is_filler(const Tokens& tokens, std::size_t at) {
  return is_short_word(tokens, at) || (is_word(tokens, at) && is_connector(tokens[at].folded));
}

bool is_soft_mark(const Tokens& tokens, std::size_t at) {
  return at < tokens.size() && tokens[at].kind == TokenKind::mark && !is_mark(tokens, at, ":<>@\"+=;|[]&/-");
}

std::optional<Weekday> weekday_ending_at(const Tokens& tokens, std::size_t end, std::string_view language) {
  for (std::size_t back = std::min(kNameReach, end) + 1; back-- > 0;) {
    const auto name = weekday_at(tokens, end - back, language);
    if (!name || name->last != end) continue;
    const std::size_t first = end - back;
    return Weekday{name->days, first, end, first == 0 || !is_word(tokens, first - 1) || is_filler(tokens, first - 1)};
  }
  return std::nullopt;
}

std::optional<Weekday> weekday_before(const Tokens& tokens, std::size_t first, std::string_view language) {
  std::size_t words = 0;
  for (std::size_t back = 1; back <= kWeekdayWithin && back <= first; ++back) {
    const std::size_t at = first - back;
    if (is_soft_mark(tokens, at)) continue;
    if (auto found = weekday_ending_at(tokens, at, language)) return found;
    if (!is_filler(tokens, at) || ++words > kWeekdayFillers) return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Weekday> weekday_behind(const Tokens& tokens, std::size_t last, std::string_view language) {
  std::size_t words = 0;
  if (is_day_mark(tokens, last + 1)) ++last;
  for (std::size_t at = last + 1; at < std::min(tokens.size(), last + 1 + kWeekdayWithin); ++at) {
    if (is_soft_mark(tokens, at)) continue;
    if (const auto name = weekday_at(tokens, at, language)) {
      const bool closed = is_mark(tokens, name->last + 1, ")");
      const std::size_t end = name->last + (closed ? 1U : 0U);
      return Weekday{name->days, at, end, closed || !is_word(tokens, end + 1) || is_connector(tokens[end + 1].folded)};
    }
    if (!is_filler(tokens, at) || ++words > kWeekdayFillers) return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Weekday> find_weekday(const Tokens& tokens, std::size_t first, std::size_t last, std::string_view language) {
  auto found = weekday_before(tokens, first, language);
  return found ? found : weekday_behind(tokens, last, language);
}

/// 0 is Sunday. Nothing for a day that does not exist.
std::optional<unsigned> weekday_of(const CalendarDay& day) {
  const auto at = instant_of({day.year, day.month, day.day, 0, 0, 0}, 0);
  if (!at) return std::nullopt;
  constexpr std::int64_t kDay = 86'400, kEpochWeekday = 4;
  const std::int64_t days = (at->seconds - (at->seconds % kDay + kDay) % kDay) / kDay;
  return static_cast<unsigned>(((days + kEpochWeekday) % 7 + 7) % 7);
}

bool agrees(const CalendarDay& day, const Weekday& weekday) {
  const auto own = weekday_of(day);
  return own && (weekday.days >> *own & 1U) != 0;
}

/// The reading that the weekday beside it confirms, else the likeliest.
CalendarDay choose(const WrittenDay& day, const std::optional<Weekday>& weekday, WrittenDate& date) {
  if (!weekday || day.readings[0].year == 0) return day.readings[0];
  for (std::size_t i = 0; i < day.count; ++i) {
    if (agrees(day.readings[i], *weekday)) return day.readings[i];
  }
  date.wrong_weekday = weekday->certain && weekday_of(day.readings[0]).has_value();
  return day.readings[0];
}

void widen(const Tokens& tokens, std::size_t first, std::size_t last, WrittenDate& date) {
  date.begin = std::min(date.begin, tokens[first].begin);
  date.end = std::max(date.end, tokens[last].end);
}

void set_clock(const Tokens& tokens, const WrittenClock& clock, WrittenDate& date) {
  widen(tokens, clock.first, clock.last, date);
  date.has_time = true;
  const auto zone = zone_of(tokens, clock);
  if (!zone) return;
  date.offset_minutes = zone->offset_minutes;
  date.zone_name = zone->name;
  widen(tokens, clock.last, zone->last, date);
}

/// The year behind the time and its zone ("Thu Apr 5 10:37:00 CEST 2018"). Source: C's asctime, date(1).
void take_year_behind(const Tokens& tokens, const WrittenClock& clock, WrittenDay& day) {
  for (std::size_t at = clock.last + 1; at <= clock.last + 2; ++at) {
    if (const int year = year_at(tokens, at); year != 0 && at > day.last) {
      day.readings[0].year = year;
      day.last = at;
      return;
    }
    if (!is_word(tokens, at)) return;
  }
}

/// Which days count: those with a year or a time beside them, or any.
enum class Days { placed, any };

std::optional<WrittenDate> find(std::string_view text, std::string_view language, Days days) {
  if (!may_have_number(text)) return std::nullopt;
  const Tokens tokens = tokens_of(text, kMostTokens);
  auto day = find_day(tokens, language);
  if (!day) return std::nullopt;
  const auto clock = find_clock(tokens, day->first, day->last, language);
  if (clock && day->readings[0].year == 0) take_year_behind(tokens, *clock, *day);
  if (day->readings[0].year == 0 && !clock && days == Days::placed) return std::nullopt;
  WrittenDate date;
  date.begin = tokens[day->first].begin;
  date.end = tokens[day->last].end;
  const auto weekday = find_weekday(tokens, day->first, day->last, language);
  if (weekday) widen(tokens, weekday->first, weekday->last, date);
  const CalendarDay chosen = choose(*day, weekday, date);
  if (clock) set_clock(tokens, *clock, date);
  if (chosen.year != 0) {
    const WrittenClock at = clock.value_or(WrittenClock{});
    date.civil = CivilTime{chosen.year, chosen.month, chosen.day, at.hour, at.minute, at.second};
  }
  return date;
}

}  // namespace

std::optional<WrittenDate> find_date(std::string_view text, std::string_view language) {
  return find(text, language, Days::placed);
}

std::optional<WrittenDate> find_day_alone(std::string_view text, std::string_view language) {
  return find(text, language, Days::any);
}

std::optional<Stamp> stamp_of(const WrittenDate& date, std::string_view text, int carrier_offset_minutes) {
  if (!date.civil || !date.has_time) return std::nullopt;
  const auto at = instant_of(*date.civil, date.offset_minutes.value_or(carrier_offset_minutes));
  if (!at) return std::nullopt;
  const ZoneBasis basis = !date.offset_minutes     ? ZoneBasis::assumed
                          : date.zone_name.empty() ? ZoneBasis::stated
                                                   : ZoneBasis::named;
  return Stamp{*at, basis, date.zone_name, std::string(text)};
}

}  // namespace threadline::facts
