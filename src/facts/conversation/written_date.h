// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"

namespace threadline::facts {

/// A date as a client writes it for people, and where it stands in the text searched.
struct WrittenDate {
  std::size_t begin = 0, end = 0;  ///< with weekday, time and zone
  std::optional<CivilTime> civil;  ///< nothing when a part is missing or impossible ("5 April, 10:37")
  bool has_time = false;
  std::optional<int> offset_minutes;  ///< of a stated zone
  std::string zone_name;              ///< where the zone is a name
  bool wrong_weekday = false;         ///< it names a weekday that is not its own
};

/// The first date of a text: names of months in all languages of the table, numbers in the orders dmy, ymd and, with AM/PM and
/// slashes, mdy; CJK marks; 12 h clocks; zones as offset, GMT+2, (UTC+01:00) or name. `language` decides between languages in
/// which a name means different months ("listopada"), empty when unknown.
/// A heuristic: 4/5/2018 on a 24 h clock is read day first, also where an American wrote it.
[[nodiscard]] std::optional<WrittenDate> find_date(std::string_view text, std::string_view language);

/// The same, and a day that has neither year nor time ("On Wed, Dec 9, X wrote"): for a text that is known to name a day.
[[nodiscard]] std::optional<WrittenDate> find_day_alone(std::string_view text, std::string_view language);

/// The date as a Stamp; without a zone it is assumed to have the carrier's offset. `text` is the verbatim date.
[[nodiscard]] std::optional<Stamp> stamp_of(const WrittenDate& date, std::string_view text, int carrier_offset_minutes);

}  // namespace threadline::facts
