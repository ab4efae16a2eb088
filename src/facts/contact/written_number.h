// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace threadline::facts {

/// A run of digits with the separators that people write in telephone numbers.
struct WrittenNumber {
  bool has_plus = false;
  std::string digits;  ///< all of them; a "(0)" behind a calling code is left out
  std::string groups;  ///< sizes of the groups: "2-2-2-2-2"
  bool has_parentheses = false;
  bool is_date_like = false;  ///< "01.02.2018", "01/02/2018"
  std::size_t begin = 0, end = 0;
};

/// Reads the run that begins at `begin` with "+", "(" or a digit. Two numbers on one line ("01 99 00 12 34 / 06 39 98 12 34") are
/// two. Limits: 48 bytes.
[[nodiscard]] WrittenNumber written_number_at(std::string_view text, std::size_t begin);

}  // namespace threadline::facts
