// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace threadline::inline base {

/// A point of time and the offset from UTC in which it was written.
/// Order and equality are those of the point of time; the offset only shows.
struct Instant {
  std::int64_t seconds = 0;         ///< since 1970-01-01T00:00:00Z
  std::int32_t offset_minutes = 0;  ///< east of UTC

  constexpr auto operator<=>(const Instant& other) const { return seconds <=> other.seconds; }
  constexpr bool operator==(const Instant& other) const { return seconds == other.seconds; }
};

/// What a written time's zone rests on (row.schema.json, zone_basis).
enum class ZoneBasis { stated, named, assumed, chosen };
[[nodiscard]] std::string_view name_of(ZoneBasis basis);

/// A time as it stands in the evidence.
struct Stamp {
  Instant at;
  ZoneBasis basis = ZoneBasis::stated;
  std::string zone_name;  ///< "PST", "GMT": as written, where the zone was a name
  std::string text;       ///< the date as it stands in the evidence

  bool operator==(const Stamp&) const = default;
};

/// Calendar fields as written. Range: year 0..9999; second up to 60 (leap second, folded to 59).
struct CivilTime {
  int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0;

  bool operator==(const CivilTime&) const = default;
};

/// The instant of these fields at that offset. Nothing when a field is out of range (30 February).
[[nodiscard]] std::optional<Instant> instant_of(const CivilTime& civil, int offset_minutes);
/// The calendar fields of an instant at its own offset.
[[nodiscard]] CivilTime civil_of(const Instant& instant);

/// "2018-04-05T10:37:00+02:00" (the instant's own offset; "Z" is written "+00:00").
[[nodiscard]] std::string rfc3339(const Instant& instant);
/// "2018-04-05T08:37:00Z".
[[nodiscard]] std::string rfc3339_utc(const Instant& instant);
/// "+02:00".
[[nodiscard]] std::string offset_text(int offset_minutes);

}  // namespace threadline::inline base
