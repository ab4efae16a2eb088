// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace threadline::facts {

/// What one character means inside an account number.
enum class GlyphKind : std::uint8_t {
  symbol,     ///< letter or digit, also in disguise
  space,      ///< any blank but a line end
  line,       ///< LF, CR
  mark,       ///< punctuation that people put between groups
  invisible,  ///< zero width, bidi control: no person sees it
  soft,       ///< soft hyphen: invisible, and ordinary in HTML
  mask,       ///< star or bullet that stands for a character
  other,
};

struct Glyph {
  GlyphKind kind = GlyphKind::other;
  char symbol = 0;         ///< upper-case A-Z or 0-9
  bool lower = false;      ///< written in lower case
  bool disguised = false;  ///< full-width, mathematical, Cyrillic, Greek, other script's digit
  std::size_t begin = 0, end = 0;

  [[nodiscard]] bool is_digit() const { return kind == GlyphKind::symbol && symbol <= '9'; }
  [[nodiscard]] bool is_letter() const { return kind == GlyphKind::symbol && symbol >= 'A'; }
};

/// The character that begins at `at`; kind other with begin == end at the end of the text.
[[nodiscard]] Glyph glyph_at(std::string_view text, std::size_t at);
/// The character that ends at `at`; kind other with begin == end at the beginning of the text.
[[nodiscard]] Glyph glyph_before(std::string_view text, std::size_t at);

/// The capital letter under an accented Latin letter (U+00C0..U+017F), a blank for everything else outside ASCII.
[[nodiscard]] char latin_base(char32_t code);

/// text[begin, end) in capital ASCII: every letter and digit by its glyph, accents dropped, invisible characters left out,
/// everything else a blank. For looking up labels.
[[nodiscard]] std::string plain_capitals(std::string_view text);

}  // namespace threadline::facts
