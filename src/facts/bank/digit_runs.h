// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "facts/bank/glyph.h"

namespace threadline::facts {

/// A run of digits, with the small separators that hold it together.
struct DigitRun {
  std::string digits;
  std::size_t begin = 0, end = 0;
};

/// What may stand between two digits of one run, once.
enum class Joiner { none, dash, dash_or_blank };

/// Whether the character is a hyphen or a dash of any length.
[[nodiscard]] bool is_dash(std::string_view text, const Glyph& glyph);

/// The first eight runs of digits in text[from, to). Preconditions: a character begins at `from`.
[[nodiscard]] std::vector<DigitRun> digit_runs(std::string_view text, std::size_t from, std::size_t to, Joiner joiner);

}  // namespace threadline::facts
