// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <string>
#include <string_view>

#include "facts/bank/glyph.h"

namespace threadline::facts {

inline constexpr std::size_t kReadingSymbols = 40;  ///< more than the longest account (34)
inline constexpr std::size_t kGapBytes = 48;        ///< between two characters of one account, quote marks included

/// What stands between two characters of an account.
struct Gap {
  std::size_t end = 0;
  bool ok = true;        ///< ordinary separators only, within kGapBytes
  bool visible = false;  ///< anything a person sees
  bool invisible = false;
  bool soft = false;  ///< a soft hyphen stands there
  bool line = false;
};
/// Skips separators, line ends with quote marks ("\n> "), invisible characters.
[[nodiscard]] Gap gap_at(std::string_view text, std::size_t at);

/// Letters and digits read across separators.
struct AccountReading {
  std::string symbols;                          ///< upper case
  std::size_t begin = 0, end = 0;               ///< in the text
  std::bitset<kReadingSymbols + 1> gap_before;  ///< a visible gap stands before symbol i
  bool invisible = false, disguised = false;
  bool soft_inside_four = false;              ///< a soft hyphen where no group of four ends, and nothing else parts them
  bool letter_for_digit = false;              ///< O read as 0, I or L as 1
  bool any_lower = false, any_upper = false;  ///< letters, country code apart
  bool country_lower = false;
  bool complete = false;  ///< all places were filled
};

/// Reads one symbol for each place ('n' digit, 'a' letter, 'c' either); stops at the first that does not fit.
/// `tolerant`: O stands for 0 and I, L for 1 where a digit must be (as OCR reads, or as somebody hides it).
[[nodiscard]] AccountReading read_places(std::string_view text, std::size_t begin, std::string_view places, bool tolerant);

/// No letter or digit touches the stretch on that side, or what touches is another word ("...189BIC").
[[nodiscard]] bool ends_word(std::string_view text, const AccountReading& reading);
[[nodiscard]] bool begins_word(std::string_view text, std::size_t begin);

/// Whether one of the label words stands right before `at`, with nothing but blanks, punctuation and few small words between.
[[nodiscard]] bool labelled(std::string_view text, std::size_t at);

/// The stretch of the text that is a piece of a hex dump: nothing but hex digits in groups of one size, more of them around.
[[nodiscard]] bool in_hex_dump(std::string_view text, const AccountReading& reading);

}  // namespace threadline::facts
