// SPDX-License-Identifier: Apache-2.0
#include "message/mapi_time.h"

#include <bit>
#include <cmath>

#include "message/mapi_text.h"

namespace threadline::message {
namespace {

constexpr std::int64_t kLatest = 253'402'300'799;  ///< the end of the year 9999

Stamp stamp_of(std::int64_t seconds, ZoneBasis basis) {
  const Instant at{seconds, 0};
  return {.at = at, .basis = basis, .zone_name = {}, .text = rfc3339_utc(at)};
}

/// PtypTime: 100 ns since 1601-01-01 UTC; 0 and all ones are no date. Source: MS-OXCDATA section 2.11.1.
std::optional<Stamp> file_time(std::uint64_t ticks) {
  constexpr std::int64_t kFrom1601 = 11'644'473'600;
  const auto seconds = static_cast<std::int64_t>(ticks / 10'000'000) - kFrom1601;
  if (ticks == 0 || seconds > kLatest) return std::nullopt;
  return stamp_of(seconds, ZoneBasis::stated);
}

/// PtypFloatingTime: days since 1899-12-30 without a zone, read as UTC.
std::optional<Stamp> floating_time(std::uint64_t bits) {
  constexpr double kDaysTo1970 = 25'569;
  const auto seconds = std::round((std::bit_cast<double>(bits) - kDaysTo1970) * 86'400);
  if (!(seconds > -5e10 && seconds < static_cast<double>(kLatest))) return std::nullopt;
  return stamp_of(static_cast<std::int64_t>(seconds), ZoneBasis::assumed);
}

}  // namespace

std::optional<Stamp> time_in(const MapiProperties& properties, std::uint16_t id) {
  const auto* property = properties.find(id);
  if (property == nullptr || property->value.size() != 8) return std::nullopt;
  const auto number = number_in(properties, id);
  if (property->type == static_cast<std::uint16_t>(MapiType::time)) return file_time(number);
  if (property->type == static_cast<std::uint16_t>(MapiType::floating_time)) return floating_time(number);
  return std::nullopt;
}

}  // namespace threadline::message
