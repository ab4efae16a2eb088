// SPDX-License-Identifier: Apache-2.0
#include "logs/clock.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "base/ascii.h"
#include "text/fold.h"
#include "text/mail_date.h"

namespace threadline::logs {
namespace {

constexpr auto kMonths =
    std::to_array<std::string_view>({"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"});
constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kMilliseconds = 100'000'000'000;      ///< from here on a count since 1970 is of milliseconds
constexpr std::int64_t kMicroseconds = 100'000'000'000'000;  ///< and from here on of microseconds

/// Walks over a date; every `take_` answers whether it found what it wants.
class Walk {
 public:
  explicit Walk(std::string_view text) : rest_(text) {}

  bool take_number(int& value, std::size_t least, std::size_t most) {
    std::size_t length = 0;
    int number = 0;
    while (length < rest_.size() && length < most && is_digit(rest_[length])) number = number * 10 + (rest_[length++] - '0');
    if (length < least) return false;
    value = number;
    rest_.remove_prefix(length);
    return true;
  }
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool take_one_of(std::string_view set, char& which) {
    if (rest_.empty() || set.find(rest_.front()) == std::string_view::npos) return false;
    which = rest_.front();
    rest_.remove_prefix(1);
    return true;
  }
  void skip_spaces() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t"), rest_.size())); }
  void skip_digits() {
    while (!rest_.empty() && is_digit(rest_.front())) rest_.remove_prefix(1);
  }
  bool take_month(int& month) {
    if (rest_.size() < 3) return false;
    const auto found = std::ranges::find(kMonths, text::ascii_lower(rest_.substr(0, 3)));
    if (found == kMonths.end()) return false;
    month = static_cast<int>(found - kMonths.begin()) + 1;
    rest_.remove_prefix(3);
    return true;
  }
  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

struct Reading {
  CivilTime civil;
  bool order_assumed = false;
};

/// "10:37", "10:37:00", "10:37:00.123", "8:37:00 AM".
bool take_time(Walk& walk, CivilTime& civil) {
  if (!walk.take_number(civil.hour, 1, 2) || !walk.take(':') || !walk.take_number(civil.minute, 2, 2)) return false;
  if (walk.take(':') && !walk.take_number(civil.second, 2, 2)) return false;
  if (walk.take('.') || walk.take(',')) walk.skip_digits();
  Walk ahead = walk;
  ahead.skip_spaces();
  const std::string half = text::ascii_lower(ahead.rest().substr(0, 2));
  if (half != "am" && half != "pm") return true;
  civil.hour = civil.hour % 12 + (half == "pm" ? 12 : 0);
  walk = Walk(ahead.rest().substr(2));
  return true;
}

/// "2018-04-05", "2018/04/05".
bool take_year_first(Walk& walk, CivilTime& civil) {
  char mark = '-';
  return walk.take_number(civil.year, 4, 4) && walk.take_one_of("-/", mark) && walk.take_number(civil.month, 1, 2) &&
         walk.take(mark) && walk.take_number(civil.day, 1, 2);
}

bool has_half_of_day(std::string_view text) {
  const std::string lower = text::ascii_lower(text);
  return lower.ends_with("am") || lower.ends_with("pm");
}

/// "05.04.2018", "05-04-2018", "4/5/2018", "05/Apr/2018".
bool take_year_last(Walk& walk, const ClockSettings& settings, Reading& reading) {
  CivilTime& civil = reading.civil;
  char mark = '.';
  if (!walk.take_number(civil.day, 1, 2) || !walk.take_one_of("./-", mark)) return false;
  const bool is_named = walk.take_month(civil.month);
  if (!is_named && !walk.take_number(civil.month, 1, 2)) return false;
  if (!walk.take(mark) || !walk.take_number(civil.year, 4, 4)) return false;
  if (is_named || mark != '/' || civil.day > 12) return true;
  const bool swaps = civil.month > 12 || settings.order == DateOrder::month_first ||
                     (settings.order == DateOrder::unknown && has_half_of_day(walk.rest()));
  reading.order_assumed = civil.month <= 12 && civil.day != civil.month && settings.order == DateOrder::unknown;
  if (swaps) std::swap(civil.day, civil.month);
  return true;
}

/// "+02:00", "+0200", "Z", "UTC", "CEST"; nothing where the text says none.
std::optional<std::pair<int, ZoneBasis>> zone_at(Walk walk) {
  walk.skip_spaces();
  if (walk.rest().starts_with("Z") || walk.rest().starts_with("UTC") || walk.rest().starts_with("GMT"))
    return std::pair{0, ZoneBasis::stated};
  char sign = '+';
  int hours = 0;
  int minutes = 0;
  if (walk.take_one_of("+-", sign)) {
    if (!walk.take_number(hours, 2, 2)) return std::nullopt;
    walk.take(':');
    walk.take_number(minutes, 2, 2);
    const int offset = hours * 60 + minutes;
    return std::pair{sign == '-' ? -offset : offset, ZoneBasis::stated};
  }
  const auto name = walk.rest().substr(0, walk.rest().find(' '));
  if (const auto zone = text::named_zone(name); zone && !name.empty()) return std::pair{zone->offset_minutes, ZoneBasis::named};
  return std::nullopt;
}

/// The instant of these fields on a clock of that zone; the earlier one where the clock shows them twice.
std::optional<Instant> in_zone(const CivilTime& civil, const text::Zone& zone) {
  const auto guess = instant_of(civil, 0);
  if (!guess) return std::nullopt;
  const int before = zone.at(Instant{guess->seconds - kDay / 2, 0}).offset_minutes;
  const auto at = instant_of(civil, before);
  return at ? instant_of(civil, zone.at(*at).offset_minutes) : std::nullopt;
}

std::optional<Stamp> finish(std::string_view text, const Reading& reading, const Walk& after, const ClockSettings& settings) {
  const auto zone = zone_at(after);
  auto at = instant_of(reading.civil, zone ? zone->first : settings.offset_minutes);
  if (!at) return std::nullopt;
  if (!zone && settings.zone) at = in_zone(reading.civil, *settings.zone);
  ZoneBasis basis = zone ? zone->second : settings.basis;
  if (reading.order_assumed) basis = ZoneBasis::assumed;
  return Stamp{*at, basis, {}, std::string(text)};
}

/// The year that syslog leaves out: the last one in which the day is not after the log was written. A heuristic: wrong for logs
/// that hold more than a year.
int year_of(const CivilTime& civil, const ClockSettings& settings) {
  if (!settings.written) return 1970;
  const CivilTime written = civil_of(Instant{settings.written->seconds + kDay, settings.offset_minutes});
  const bool is_after = std::pair(civil.month, civil.day) > std::pair(written.month, written.day);
  return is_after ? written.year - 1 : written.year;
}

std::optional<Stamp> read_syslog(std::string_view text, const ClockSettings& settings) {
  Walk walk(text);
  Reading reading;
  if (!walk.take_month(reading.civil.month)) return std::nullopt;
  walk.skip_spaces();
  if (!walk.take_number(reading.civil.day, 1, 2)) return std::nullopt;
  walk.skip_spaces();
  Walk ahead = walk;
  const bool has_year = ahead.take_number(reading.civil.year, 4, 4);
  if (has_year) walk = ahead;
  walk.skip_spaces();
  if (!take_time(walk, reading.civil)) return std::nullopt;
  if (!has_year && !settings.written) return std::nullopt;
  if (!has_year) reading.civil.year = year_of(reading.civil, settings);
  auto stamp = finish(text, reading, walk, settings);
  if (stamp && !has_year) stamp->basis = ZoneBasis::assumed;
  return stamp;
}

std::optional<Stamp> read_count(std::string_view text) {
  std::int64_t count = 0;
  std::size_t at = 0;
  while (at < text.size() && at < 17 && is_digit(text[at])) count = count * 10 + (text[at++] - '0');
  if (at < 9 || (at < text.size() && text[at] != '.')) return std::nullopt;
  if (count >= kMicroseconds) count /= 1'000'000;
  if (count >= kMilliseconds) count /= 1'000;
  return Stamp{Instant{count, 0}, ZoneBasis::stated, {}, std::string(text)};
}

/// "/Date(1522917420000)/", "/Date(1522917420000+0200)/": milliseconds since 1970, as Windows PowerShell's ConvertTo-Json writes.
std::string_view count_of_dotnet(std::string_view text) {
  constexpr std::string_view kBegin = "/Date(";
  if (!text.starts_with(kBegin)) return text;
  text.remove_prefix(kBegin.size());
  return text.substr(0, text.find_first_not_of("0123456789"));
}

}  // namespace

std::optional<Stamp> read_clock(std::string_view text, const ClockSettings& settings) {
  text = count_of_dotnet(text::trimmed(text));
  if (text.size() < 8) return std::nullopt;
  if (!is_digit(text.front())) return read_syslog(text, settings);
  Walk walk(text);
  Reading reading;
  Walk ahead(text);
  if (take_year_first(ahead, reading.civil)) {
    walk = ahead;
  } else if (!take_year_last(walk, settings, reading)) {
    return read_count(text);
  }
  if (!walk.take('T') && !walk.take(':')) {
    walk.take(',');
    walk.skip_spaces();
  }
  if (!walk.rest().empty() && !take_time(walk, reading.civil)) return std::nullopt;
  return finish(text, reading, walk, settings);
}

DateOrder order_proved_by(std::string_view text) {
  Walk walk(text::trimmed(text));
  int first = 0;
  int second = 0;
  if (!walk.take_number(first, 1, 2) || !walk.take('/') || !walk.take_number(second, 1, 2) || !walk.take('/'))
    return DateOrder::unknown;
  if (first > 12) return DateOrder::day_first;
  return second > 12 ? DateOrder::month_first : DateOrder::unknown;
}

}  // namespace threadline::logs
