// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "facts/conversation/tokens.h"

namespace threadline::facts {

/// Which names of months count: those of the language in hand and English, or those of all languages.
enum class NamesOf { language, all };

/// A month by name ("avr.", "\u5341\u6708", "M. F\u00f3mh") or by number and unit ("4\u6708", "thg 4"), and its last token.
struct MonthName {
  int month = 0;
  std::size_t last = 0;
};
[[nodiscard]] std::optional<MonthName> month_at(const std::vector<Token>& tokens, std::size_t at, std::string_view language,
                                                NamesOf names);

/// The months that a word names in whatever language, bit n for the n-th; 0: none.
[[nodiscard]] unsigned months_named(std::string_view folded_word);

/// A weekday by name: bit n is set when the name means day n (0: Sunday) in some language.
/// Limits: names of up to five letters count in their own language and in English only ("Anna" is Friday in Turkmen).
struct WeekdayName {
  std::uint8_t days = 0;
  std::size_t last = 0;
};
[[nodiscard]] std::optional<WeekdayName> weekday_at(const std::vector<Token>& tokens, std::size_t at, std::string_view language);

/// Whether the mark of a day's number stands there alone ("\u65e5"); as a weekday it would be Sunday.
[[nodiscard]] bool is_day_mark(const std::vector<Token>& tokens, std::size_t at);

/// What a day period does to an hour of the 12 h clock. `night` is before six, and from six on the evening.
enum class DayHalf { am, pm, noon, midnight, night };
struct DayHalfName {
  DayHalf half = DayHalf::am;
  std::size_t last = 0;
};
[[nodiscard]] std::optional<DayHalfName> day_half_at(const std::vector<Token>& tokens, std::size_t at, std::string_view language);

/// In which order a language writes a date in numbers alone.
enum class DateOrder { dmy, mdy, ymd };
[[nodiscard]] DateOrder date_order(std::string_view language);

/// The offset of a zone's short name that localized clients print and mail headers do not ("MESZ", "SEL\u010c", "HNE").
[[nodiscard]] std::optional<int> local_zone(std::string_view name);
/// GMT, UTC, or what a language calls it.
[[nodiscard]] bool is_universal_time(std::string_view folded_word);

}  // namespace threadline::facts
