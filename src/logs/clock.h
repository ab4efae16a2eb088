// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "base/instant.h"
#include "text/zone.h"

namespace threadline::logs {

/// How a log writes a date of three numbers with "/" between them.
enum class DateOrder { unknown, day_first, month_first };

/// What a log's times do not say themselves.
struct ClockSettings {
  DateOrder order = DateOrder::unknown;
  int offset_minutes = 0;                       ///< of a time without a zone
  ZoneBasis basis = ZoneBasis::stated;          ///< stated: the format says so (AuditData is UTC); assumed: nobody does
  std::shared_ptr<const text::Zone> zone = {};  ///< of a time without a zone, instead of the offset
  std::optional<Instant> written = {};          ///< when the log was last written: gives syslog its year
};

/// Reads a time as logs write it: ISO 8601 (also with a space, up to nine decimals, "Z", "+0200", "UTC"), "4/5/2018 8:37:00 AM",
/// "05.04.2018 08:37:00", "05-04-2018 08:37:00", "05/Apr/2018:10:37:00 +0200", syslog's "Apr  5 10:37:00", seconds, milliseconds
/// or microseconds since 1970, "/Date(1522917420000)/".
/// A heuristic where a date with "/" has no order: day first unless AM or PM follows; the basis is then `assumed`.
[[nodiscard]] std::optional<Stamp> read_clock(std::string_view text, const ClockSettings& settings);

/// The order that this date proves: one of its first two numbers is above 12.
[[nodiscard]] DateOrder order_proved_by(std::string_view text);

}  // namespace threadline::logs
