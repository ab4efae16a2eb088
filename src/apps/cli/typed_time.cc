// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/typed_time.h"

#include <cstdint>
#include <cstdio>
#include <optional>
#include <vector>

#include "base/instant.h"
#include "text/zone.h"

namespace threadline::apps {
namespace {

/// The fields as typed, and the offset where one stands there.
struct Typed {
  CivilTime civil;
  std::optional<int> offset;  ///< minutes
};

/// "" or ":SS", then "" or "Z" or "+02:00".
bool read_end(const char* rest, Typed& typed) {
  int used = 0;
  if (*rest == ':' && std::sscanf(rest, ":%2d%n", &typed.civil.second, &used) == 1)
    rest += used;  // NOLINT(cert-err34-c): instant_of checks
  if (*rest == '\0') return true;
  if (std::string(rest) == "Z") {
    typed.offset = 0;
    return true;
  }
  int hours = 0;
  int minutes = 0;
  char sign = 0;
  used = 0;
  if (std::sscanf(rest, "%c%2d:%2d%n", &sign, &hours, &minutes, &used) != 3 || rest[used] != '\0')
    return false;  // NOLINT(cert-err34-c): instant_of checks
  if (sign != '+' && sign != '-') return false;
  typed.offset = (hours * 60 + minutes) * (sign == '-' ? -1 : 1);
  return true;
}

/// "05/04/2018 \u00e0 14h35" -> "05/04/2018 14:35": as the French write a time.
std::string with_colon(std::string text) {
  if (const std::size_t at = text.find(" \u00e0 "); at != std::string::npos) text.replace(at, 4, " ");
  const auto is_digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
  const std::size_t hour = text.find_first_of("hH");
  if (hour != std::string::npos && hour > 0 && is_digit(hour - 1) && is_digit(hour + 1)) text[hour] = ':';
  return text;
}

/// A year of two digits is none: 18 is a year, too.
constexpr int kFirstYear = 1900;

std::optional<Typed> read_fields(const std::string& as_typed) {
  const std::string text = with_colon(as_typed);
  Typed typed;
  CivilTime& civil = typed.civil;
  int used = 0;
  // NOLINTNEXTLINE(cert-err34-c): instant_of checks the fields
  if (std::sscanf(text.c_str(), "%2d/%2d/%4d %2d:%2d%n", &civil.day, &civil.month, &civil.year, &civil.hour, &civil.minute,
                  &used) != 5) {
    char between = 0;
    used = 0;
    // NOLINTNEXTLINE(cert-err34-c): likewise
    const int read = std::sscanf(text.c_str(), "%4d-%2d-%2d%c%2d:%2d%n", &civil.year, &civil.month, &civil.day, &between,
                                 &civil.hour, &civil.minute, &used);
    if (read != 6 || (between != 'T' && between != ' ')) return std::nullopt;
  }
  if (!read_end(text.c_str() + used, typed) || civil.year < kFirstYear) return std::nullopt;
  return typed;
}

/// The instants at which a clock of that zone showed these fields: none in the hour that summer time skips, two in the hour that
/// its end repeats.
std::vector<Instant> in_zone(const CivilTime& civil, const text::Zone& zone) {
  constexpr std::int64_t kDay = 86'400;
  std::vector<Instant> all;
  const auto as_utc = instant_of(civil, 0);
  if (!as_utc) return all;
  for (const std::int64_t away : {-kDay, kDay}) {  // offsets before and after whatever changes that day
    Instant near = *as_utc;
    near.seconds += away;
    const int offset = zone.at(near).offset_minutes;
    const auto then = instant_of(civil, offset);
    if (!then) continue;
    const Instant guess = zone.at(*then);
    if (guess.offset_minutes == offset && (all.empty() || all.front().seconds != guess.seconds)) all.push_back(guess);
  }
  return all;
}

}  // namespace

Result<TypedTime> read_typed_time(const std::string& text, const std::string& zone_name) {
  const auto typed = read_fields(text);
  const Error wrong{"'" + text + "' is no time", {}, "05/04/2018 14:35, 2018-04-05 14:35 or 2018-04-05T14:35:00+02:00"};
  if (!typed) return tl::unexpected(wrong);
  if (typed->offset || zone_name.empty()) {
    const auto instant = instant_of(typed->civil, typed->offset.value_or(0));
    if (!instant) return tl::unexpected(wrong);
    const std::string zone = typed->offset.value_or(0) == 0 ? "UTC" : offset_text(*typed->offset);
    return TypedTime{rfc3339(*instant), rfc3339_utc(*instant), zone};
  }
  const auto zone = text::Zone::named(zone_name);
  if (!zone) return tl::unexpected(zone.error());
  const auto instants = in_zone(typed->civil, *zone);
  if (instants.size() == 1) return TypedTime{rfc3339(instants[0]), rfc3339_utc(instants[0]), zone->abbreviation(instants[0])};
  if (!instant_of(typed->civil, 0)) return tl::unexpected(wrong);
  if (instants.empty())
    return tl::unexpected(Error{"no clock of " + zone_name + " showed '" + text + "': summer time skips it", {}, wrong.hint});
  return tl::unexpected(Error{
      "a clock of " + zone_name + " showed '" + text + "' twice", {}, rfc3339(instants[0]) + " or " + rfc3339(instants[1])});
}

}  // namespace threadline::apps
