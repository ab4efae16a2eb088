// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "facts/conversation/tokens.h"

namespace threadline::facts {

/// Day, month and year; `year` is 0 when none is written.
struct CalendarDay {
  int year = 0, month = 0, day = 0;
};

/// A day as it is written: its readings, the likelier first, and the tokens [first, last] that say it, without the weekday.
struct WrittenDay {
  std::array<CalendarDay, 3> readings{};
  std::size_t count = 0;
  std::size_t first = 0, last = 0;
};

/// The first day of a text that has a year, else the first without. By a month's name ("5 avr. 2018", "April 5, 2018",
/// "2018\u5e744\u67085\u65e5") or in numbers with points, slashes or hyphens. Years of the Thai Buddhist era and of the Persian
/// calendar are turned into Gregorian ones.
/// Range: years 1900 to 2199. Limits: numbers that hang together with letters or more numbers are no date ("v10.4.18",
/// "10.4.18.1").
[[nodiscard]] std::optional<WrittenDay> find_day(const std::vector<Token>& tokens, std::string_view language);

/// The Gregorian year that a number of four digits at that token is; 0 when none stands there.
[[nodiscard]] int year_at(const std::vector<Token>& tokens, std::size_t at);

/// Whether a time of day with a colon, point or h begins at that token ("10:37", "10.37", "10h37").
[[nodiscard]] bool is_clock_at(const std::vector<Token>& tokens, std::size_t at);

}  // namespace threadline::facts
