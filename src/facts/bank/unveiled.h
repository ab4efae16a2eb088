// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace threadline::facts {

/// A text as a person reads it, without what veils words and numbers, and the way back.
struct Unveiled {
  enum class How : unsigned char { invisible, soft, homoglyph };
  struct Change {
    std::size_t at;  ///< in `text`: before this character something was left out, or it was another one
    How how;
  };
  struct Piece {
    std::size_t begin, source_begin;
  };
  std::string text;  ///< empty: nothing is veiled
  std::vector<Piece> pieces;
  std::vector<Change> changes;  ///< in the order of the text

  /// Where the character at `at` begins in the source.
  [[nodiscard]] std::size_t source_of(std::size_t at) const;
  /// How the letters and digits of text[begin, end) that are part of `value` are veiled ("invisible", "homoglyph"), or empty.
  /// A soft hyphen between groups of four, or of two in a number of six digits, lets a line break and veils nothing.
  [[nodiscard]] std::string_view how_veiled(std::size_t begin, std::size_t end, std::string_view value) const;
  /// Whether something was changed in text[begin, end).
  [[nodiscard]] bool is_changed(std::size_t begin, std::size_t end) const;
};

/// Leaves out invisible characters inside a word or a number, and writes letters and digits in disguise beside others, and O, I
/// and L inside a number, as what they are read as. A text without them costs one look at each byte.
[[nodiscard]] Unveiled unveil(std::string_view text);

}  // namespace threadline::facts
