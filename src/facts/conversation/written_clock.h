// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/conversation/tokens.h"

namespace threadline::facts {

/// A time of day on the 24 h clock, and the tokens [first, last] that say it, with "AM", "Uhr" and the like.
struct WrittenClock {
  int hour = 0, minute = 0, second = 0;
  std::size_t first = 0, last = 0;
};

/// The time that belongs to the day written in tokens [first, last]: the first behind it, else the nearest before it.
[[nodiscard]] std::optional<WrittenClock> find_clock(const std::vector<Token>& tokens, std::size_t first, std::size_t last,
                                                     std::string_view language);

/// The zone of a time, right behind it or with its offset right before it: "+0200", "GMT+2", "(UTC+01:00)", "MESZ". A name that
/// several zones bear is graded by text::named_zone.
struct WrittenZone {
  int offset_minutes = 0;
  std::string name;  ///< where the zone is a name
  std::size_t last = 0;
};
[[nodiscard]] std::optional<WrittenZone> zone_of(const std::vector<Token>& tokens, const WrittenClock& clock);

}  // namespace threadline::facts
