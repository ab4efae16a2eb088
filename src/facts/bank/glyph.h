// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace threadline::facts {

/// What one character means inside an account number.
enum class GlyphKind : std::uint8_t {
  symbol,     ///< letter or digit, also in disguise
  space,      ///< any blank but a line end
  line,       ///< LF, CR, VT, FF
  mark,       ///< punctuation that people put between groups
  invisible,  ///< zero width, bidi or other control: no person sees it
  soft,       ///< soft hyphen: invisible, and ordinary in HTML
  mask,       ///< star, number sign or bullet that stands for a character
  other,
};

struct Glyph {
  GlyphKind kind = GlyphKind::other;
  char symbol = 0;         ///< upper-case A-Z or 0-9
  bool lower = false;      ///< written in lower case
  bool disguised = false;  ///< full-width, mathematical, Cyrillic, Greek, other script's digit, raised, lowered
  bool raised = false;     ///< superscript or subscript, beside another or behind a letter
  std::size_t begin = 0, end = 0;

  [[nodiscard]] bool is_digit() const { return kind == GlyphKind::symbol && symbol <= '9'; }
  [[nodiscard]] bool is_letter() const { return kind == GlyphKind::symbol && symbol >= 'A'; }
};

/// The ASCII characters, begin and end not set.
inline constexpr auto kAsciiGlyphs = [] {
  std::array<Glyph, 128> table{};
  for (std::size_t i = 0; i < 128; ++i) {
    const char each = static_cast<char>(i);
    Glyph glyph;
    if ((each >= '0' && each <= '9') || (each >= 'A' && each <= 'Z')) glyph = {.kind = GlyphKind::symbol, .symbol = each};
    if (each >= 'a' && each <= 'z') glyph = {.kind = GlyphKind::symbol, .symbol = static_cast<char>(each - 32), .lower = true};
    if (i < 0x20 || i == 0x7F) glyph.kind = GlyphKind::invisible;
    if (each == ' ' || each == '\t') glyph.kind = GlyphKind::space;
    if (each >= '\n' && each <= '\r') glyph.kind = GlyphKind::line;
    if ((each >= ',' && each <= '/') || each == ':' || each == '_' || each == '|') glyph.kind = GlyphKind::mark;
    if (each == '[' || each == ']' || each == '(' || each == ')') glyph.kind = GlyphKind::mark;
    if (each == '*' || each == '#') glyph.kind = GlyphKind::mask;
    table[i] = glyph;
  }
  return table;
}();

/// The character outside ASCII that begins or ends at `at`. Precondition: one does.
[[nodiscard]] Glyph wide_glyph_at(std::string_view text, std::size_t at);
[[nodiscard]] Glyph wide_glyph_before(std::string_view text, std::size_t at);

/// The character that begins at `at`; kind other with begin == end at the end of the text.
[[nodiscard]] inline Glyph glyph_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {.begin = text.size(), .end = text.size()};
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte >= 0x80) return wide_glyph_at(text, at);
  Glyph glyph = kAsciiGlyphs[byte];
  glyph.begin = at;
  glyph.end = at + 1;
  return glyph;
}

/// The character that ends at `at`; kind other with begin == end at the beginning of the text.
[[nodiscard]] inline Glyph glyph_before(std::string_view text, std::size_t at) {
  if (at == 0) return {};
  return static_cast<unsigned char>(text[at - 1]) < 0x80 ? glyph_at(text, at - 1) : wide_glyph_before(text, at);
}

/// The capital letter under an accented Latin letter (U+00C0..U+017F), a blank for everything else outside ASCII.
[[nodiscard]] char latin_base(char32_t code);

/// text[begin, end) in capital ASCII: every letter and digit by its glyph, accents dropped, invisible characters left out,
/// everything else a blank. For looking up labels.
[[nodiscard]] std::string plain_capitals(std::string_view text);

}  // namespace threadline::facts
