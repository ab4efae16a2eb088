// SPDX-License-Identifier: Apache-2.0
#include "findings/hop_times.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <vector>

#include "text/fold.h"
#include "text/mail_date.h"

namespace threadline::findings {
namespace {

using facts::Hop;

constexpr std::int64_t kHour = 3'600;
constexpr std::int64_t kDay = 24 * kHour;
/// What clocks drift without anybody noticing. 0.13 % of real pairs are below -60 s (issue 7); of 700 public mails of 1991 to
/// 2020 none whose zone is right lies between 15 minutes and an hour.
constexpr std::int64_t kSkew = 20 * 60;
constexpr std::int64_t kWholeHours = 10 * 60;  ///< how near to whole hours a wrong zone lies, skew and delay included
constexpr std::int64_t kWidestZone = 14 * kHour;
/// A queue gives up after four or five days (RFC 5321 section 4.5.4.1); a week is beyond that, and beyond an outbox over
/// holidays.
constexpr std::int64_t kDateBehind = 7 * kDay;
/// No zone that is written wrong moves a Date this far ahead of the host that took the message in, nor a scheduled sending.
constexpr std::int64_t kDateAhead = kDay;
constexpr std::int64_t kUnsetClock = 631'152'000;  ///< 1990-01-01: before it only clocks that nobody set tell the time
constexpr std::int64_t kYear10000 = 253'402'300'800;
constexpr int kBuddhistYears = 543;

bool is_near_whole_hours(std::int64_t seconds) {
  const std::int64_t rest = std::abs(seconds) % kHour;
  return rest <= kWholeHours || rest >= kHour - kWholeHours;
}

bool is_ambiguous(const Stamp& stamp) {
  const auto zone = stamp.basis == ZoneBasis::named ? text::named_zone(stamp.zone_name) : std::nullopt;
  return zone && zone->ambiguous;
}

/// Whether the pair fits once a zone is read as the other host's, with the other sign, or with the other season's hour.
bool is_wrong_zone(const Stamp& before, const Stamp& after, std::int64_t seconds) {
  if (std::abs(seconds) > kWidestZone + kSkew) return false;
  const bool is_guess =
      before.basis == ZoneBasis::assumed || after.basis == ZoneBasis::assumed || is_ambiguous(before) || is_ambiguous(after);
  if (is_guess && is_near_whole_hours(seconds)) return true;
  const std::int64_t east_before = before.at.offset_minutes * 60LL, east_after = after.at.offset_minutes * 60LL;
  const std::int64_t apart = east_after - east_before;
  const auto shifts = std::to_array<std::int64_t>({apart, -2 * east_before, 2 * east_after});
  const bool is_summer_time = seconds + kHour >= -kSkew && seconds + kHour <= kWholeHours;
  return is_summer_time || std::ranges::any_of(shifts, [&](std::int64_t shift) { return std::abs(seconds + shift) <= kSkew; });
}

/// The stamps of one host on the near side of a jump: two or more say that its clock is off, not that one stamp is.
bool is_constant(const std::vector<const Hop*>& timed, std::size_t later) {
  const auto same_host = [&](std::size_t left, std::size_t right) {
    return !timed[left]->by.empty() && text::equal_ascii_nocase(timed[left]->by, timed[right]->by);
  };
  return (later >= 2 && same_host(later - 2, later - 1)) || (later + 1 < timed.size() && same_host(later, later + 1));
}

/// At the border or behind it: nobody outside writes what follows.
bool is_inside(const facts::Route& route, std::size_t at) {
  return route.border >= 0 && at >= static_cast<std::size_t>(route.border);
}

bool is_set(const Hop& hop) { return hop.time && hop.time->at.seconds >= kUnsetClock && hop.time->at.seconds < kYear10000; }

bool is_buddhist_year(std::int64_t date, std::int64_t seconds) {
  using namespace std::chrono;
  const year_month_day written{floor<days>(sys_seconds{std::chrono::seconds{date}})};
  const year_month_day seen{floor<days>(sys_seconds{std::chrono::seconds{seconds}})};
  return std::abs(static_cast<int>(written.year()) - static_cast<int>(seen.year()) - kBuddhistYears) <= 1;
}

}  // namespace

std::optional<Backwards> time_backwards(const facts::Route& route) {
  std::vector<const Hop*> timed;
  for (const Hop& hop : route.hops) {
    if (is_set(hop)) timed.push_back(&hop);
  }
  const auto place = [&](std::size_t at) { return static_cast<std::size_t>(timed[at] - route.hops.data()); };
  for (std::size_t i = 1; i < timed.size() && !is_inside(route, place(i - 1)); ++i) {
    const Stamp &before = *timed[i - 1]->time, &after = *timed[i]->time;
    const std::int64_t seconds = after.at.seconds - before.at.seconds;
    if (seconds >= -kSkew || is_wrong_zone(before, after, seconds)) continue;
    if (std::abs(seconds) <= kWidestZone + kSkew && is_near_whole_hours(seconds) && is_constant(timed, i)) continue;
    return Backwards{.earlier = place(i - 1), .later = place(i), .seconds = seconds};
  }
  return std::nullopt;
}

std::optional<std::int64_t> date_far_from_first_hop(const facts::Route& route, const Stamp& date) {
  const std::int64_t written = date.at.seconds;
  const auto first = std::ranges::find_if(route.hops, is_set);
  if (first == route.hops.end() || written < kUnsetClock || written >= kYear10000) return std::nullopt;
  const std::int64_t ahead = written - first->time->at.seconds;
  if (ahead > kDateAhead) return is_buddhist_year(written, first->time->at.seconds) ? std::nullopt : std::optional(ahead);
  const bool fits = std::ranges::any_of(
      route.hops, [&](const Hop& hop) { return is_set(hop) && std::abs(hop.time->at.seconds - written) <= kDateBehind; });
  return fits ? std::nullopt : std::optional(ahead);
}

}  // namespace threadline::findings
