// SPDX-License-Identifier: Apache-2.0
#include "base/instant.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

namespace threadline::inline base {
namespace {

constexpr int kMinutesPerDay = 24 * 60;
/// The years 0 to 9999 in UTC: RFC 3339 writes no other, and as text they would stand in no order.
constexpr std::int64_t kFirst = -62'167'219'200, kLast = 253'402'300'799;

bool is_in_range(const CivilTime& civil, const std::chrono::year_month_day& date) {
  return civil.year >= 0 && civil.year <= 9999 && date.ok() && civil.hour >= 0 && civil.hour <= 23 && civil.minute >= 0 &&
         civil.minute <= 59 && civil.second >= 0 && civil.second <= 60;
}

void append_digits(std::string& to, int value, int unit) {
  for (; unit > 0; unit /= 10) to += static_cast<char>('0' + value / unit % 10);
}

std::string local_text(const Instant& instant) {
  const CivilTime c = civil_of(instant);
  if (c.year >= 0 && c.year <= 9999) {  // every row has two: fmt takes ten times as long
    std::string text;
    append_digits(text, c.year, 1000);
    for (const auto& [mark, value] : {std::pair{'-', c.month}, {'-', c.day}, {'T', c.hour}, {':', c.minute}, {':', c.second}}) {
      text += mark;
      append_digits(text, value, 10);
    }
    return text;
  }
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", c.year, c.month, c.day, c.hour, c.minute, c.second);
}

}  // namespace

std::string_view name_of(ZoneBasis basis) {
  switch (basis) {
    case ZoneBasis::stated: return "stated";
    case ZoneBasis::named: return "named";
    case ZoneBasis::assumed: return "assumed";
    case ZoneBasis::chosen: return "chosen";
  }
  return "stated";
}

std::optional<Instant> instant_of(const CivilTime& civil, int offset_minutes) {
  using namespace std::chrono;
  const year_month_day date{year{civil.year}, month{static_cast<unsigned>(civil.month)}, day{static_cast<unsigned>(civil.day)}};
  if (!is_in_range(civil, date) || offset_minutes <= -kMinutesPerDay || offset_minutes >= kMinutesPerDay) return std::nullopt;
  const std::int64_t days = sys_days{date}.time_since_epoch().count();
  const int second = civil.second == 60 ? 59 : civil.second;
  const std::int64_t local = ((days * 24 + civil.hour) * 60 + civil.minute) * 60 + second;
  const std::int64_t at = local - std::int64_t{offset_minutes} * 60;
  if (at < kFirst || at > kLast) return std::nullopt;
  return Instant{at, offset_minutes};
}

CivilTime civil_of(const Instant& instant) {
  using namespace std::chrono;
  const sys_seconds local{seconds{instant.seconds + std::int64_t{instant.offset_minutes} * 60}};
  const auto midnight = floor<days>(local);
  const year_month_day date{midnight};
  const hh_mm_ss time{local - midnight};
  return {static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())),
          static_cast<int>(time.hours().count()),
          static_cast<int>(time.minutes().count()),
          static_cast<int>(time.seconds().count())};
}

std::string offset_text(int offset_minutes) {
  const int magnitude = offset_minutes < 0 ? -offset_minutes : offset_minutes;
  return fmt::format("{}{:02}:{:02}", offset_minutes < 0 ? '-' : '+', magnitude / 60, magnitude % 60);
}

std::string rfc3339(const Instant& instant) { return local_text(instant) + offset_text(instant.offset_minutes); }

std::string rfc3339_utc(const Instant& instant) { return local_text({instant.seconds, 0}) + "Z"; }

}  // namespace threadline::inline base
