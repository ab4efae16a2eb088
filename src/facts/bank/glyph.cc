// SPDX-License-Identifier: Apache-2.0
#include "facts/bank/glyph.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/utf8.h"
#include "text/charset.h"

namespace threadline::facts {
namespace {

struct Range {
  char32_t first, last;
};

/// Blanks (Unicode White_Space without line ends).
constexpr Range kSpaces[] = {{0x09, 0x09},     {0x20, 0x20},     {0xA0, 0xA0},     {0x1680, 0x1680},
                             {0x2000, 0x200A}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}};
/// Default_Ignorable characters that mail carries (UAX 44), soft hyphen apart; U+2800 BRAILLE PATTERN BLANK, which is no
/// blank to Unicode and shows nothing; U+20E3, which makes a key of the digit before it; and C1 controls (ECMA-48 section 5.3).
constexpr Range kInvisible[] = {{0x0080, 0x009F}, {0x034F, 0x034F}, {0x061C, 0x061C}, {0x115F, 0x1160},
                                {0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x200B, 0x200F}, {0x202A, 0x202E},
                                {0x2060, 0x206F}, {0x20E3, 0x20E3}, {0x2800, 0x2800}, {0x3164, 0x3164},
                                {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xE0000, 0xE0FFF}};
/// Dashes, dots, slashes, bars and brackets between groups.
constexpr Range kMarks[] = {{0x28, 0x29},     {0x2C, 0x2F},     {0x3A, 0x3A},     {0x5B, 0x5B},     {0x5D, 0x5D},
                            {0x5F, 0x5F},     {0x7C, 0x7C},     {0xB7, 0xB7},     {0x2010, 0x2015}, {0x2027, 0x2027},
                            {0x2043, 0x2044}, {0x2212, 0x2212}, {0x2502, 0x2503}, {0xFE58, 0xFE58}, {0xFE63, 0xFE63},
                            {0xFF0D, 0xFF0F}, {0xFF1A, 0xFF1A}};
constexpr Range kMasks[] = {{0x2A, 0x2A},     {0x2022, 0x2022}, {0x2217, 0x2217}, {0x25CF, 0x25CF},
                            {0x2731, 0x2731}, {0x26AB, 0x26AB}, {0xFF0A, 0xFF0A}};
/// Zeros of other scripts' and styles' decimal digits (Unicode Nd).
constexpr char32_t kZeros[] = {0x0660, 0x06F0,  0x07C0,  0x0966,  0x09E6,  0x0A66,  0x0AE6, 0x0B66, 0x0BE6,
                               0x0C66, 0x0CE6,  0x0D66,  0x0E50,  0x0ED0,  0x0F20,  0x1040, 0x17E0, 0x1810,
                               0xFF10, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1FBF0};

/// Characters that follow each other as digits or letters do: fullwidth, in a circle, in brackets (Unicode
/// Numeric_Type=Digit, compatibility decompositions). Emoji are left out.
struct Run {
  char32_t first;
  char symbol;
  char32_t count;
};
constexpr Run kRuns[] = {{0x2460, '1', 9},  {0x2474, '1', 9},  {0x2488, '1', 9},  {0x249C, 'A', 26},
                         {0x24B6, 'A', 26}, {0x24D0, 'A', 26}, {0x24EA, '0', 1},  {0x24F5, '1', 9},
                         {0x24FF, '0', 1},  {0x2776, '1', 9},  {0x2780, '1', 9},  {0x278A, '1', 9},
                         {0xFF21, 'A', 26}, {0xFF41, 'A', 26}, {0x1F10B, '0', 1}, {0x1F10C, '0', 1}};

struct Twin {
  char32_t code;
  char symbol;
};
/// Letters of other scripts that look like Latin ones, capitals (UTS 39 confusables, those of accounts).
constexpr Twin kTwins[] = {
    {0x0391, 'A'}, {0x0392, 'B'}, {0x0395, 'E'}, {0x0396, 'Z'}, {0x0397, 'H'}, {0x0399, 'I'}, {0x039A, 'K'}, {0x039C, 'M'},
    {0x039D, 'N'}, {0x039F, 'O'}, {0x03A1, 'P'}, {0x03A4, 'T'}, {0x03A5, 'Y'}, {0x03A7, 'X'}, {0x03BF, 'O'}, {0x0405, 'S'},
    {0x0406, 'I'}, {0x0408, 'J'}, {0x0410, 'A'}, {0x0412, 'B'}, {0x0415, 'E'}, {0x0417, '3'}, {0x041A, 'K'}, {0x041C, 'M'},
    {0x041D, 'H'}, {0x041E, 'O'}, {0x0420, 'P'}, {0x0421, 'C'}, {0x0422, 'T'}, {0x0423, 'Y'}, {0x0425, 'X'}, {0x0430, 'A'},
    {0x0435, 'E'}, {0x043E, 'O'}, {0x0440, 'P'}, {0x0441, 'C'}, {0x0443, 'Y'}, {0x0445, 'X'}, {0x0455, 'S'}, {0x0456, 'I'},
    {0x0458, 'J'}, {0x04AE, 'Y'}, {0x04C0, 'I'}, {0x050C, 'G'}, {0x051A, 'Q'}, {0x051C, 'W'}};

/// Base letters of U+00C0..U+017F, blank where there is none.
constexpr std::string_view kLatin =
    "AAAAAAACEEEEIIIIDNOOOOO OUUUUY SAAAAAAACEEEEIIIIDNOOOOO OUUUUY Y"
    "AAAAAACCCCCCCCDDDDEEEEEEEEEEGGGGGGGGHHHHIIIIIIIIIIIIJJKKKLLLLLLLLLLNNNNNNNNNOOOOOOOORRRRRRSSSSSSSSTTTTTTUUUUUUUUUUUUWWYYYZZZ"
    "ZZZS";
static_assert(kLatin.size() == 0x180 - 0xC0);

template <std::size_t N>
bool is_in(const Range (&ranges)[N], char32_t code) {
  return std::ranges::any_of(ranges, [&](const Range& range) { return code >= range.first && code <= range.last; });
}

/// The letter or digit that a character outside ASCII is read as, or 0.
char disguised_symbol(char32_t code) {
  for (const auto zero : kZeros) {
    if (code >= zero && code <= zero + 9) return static_cast<char>('0' + (code - zero));
  }
  for (const Run& run : kRuns) {
    if (code >= run.first && code - run.first < run.count)
      return static_cast<char>(run.symbol + static_cast<int>(code - run.first));
  }
  if (code >= 0x1D400 && code <= 0x1D6A3) return static_cast<char>('A' + (code - 0x1D400) % 26);
  const auto* twin = std::ranges::find(kTwins, code, &Twin::code);
  return twin == std::end(kTwins) ? '\0' : twin->symbol;
}

/// The digit that stands above or below the line, or 0. Source: Unicode 15, <super> and <sub> decompositions.
char raised_digit(char32_t code) {
  if (code == 0xB9) return '1';
  if (code == 0xB2 || code == 0xB3) return static_cast<char>('2' + (code - 0xB2));
  const bool is_one = code == 0x2070 || (code >= 0x2074 && code <= 0x2079) || (code >= 0x2080 && code <= 0x2089);
  return is_one ? static_cast<char>('0' + (code & 0xFU)) : '\0';
}

std::size_t character_before(std::string_view text, std::size_t at) {
  std::size_t begin = at - 1;
  while (begin > 0 && at - begin < 4 && is_inside_character(text[begin])) --begin;
  return begin;
}

/// Beside another one, or behind a letter ("T\u00b2C"); else it is the number of a note, or a power.
bool is_raised_in_row(std::string_view text, const Glyph& glyph) {
  if (glyph.end < text.size() && raised_digit(text::code_point_at(text, glyph.end).value) != 0) return true;
  if (glyph.begin == 0) return false;
  const auto before = text::code_point_at(text, character_before(text, glyph.begin)).value;
  return raised_digit(before) != 0 || (before < 0x80 && is_letter(static_cast<char>(before)));
}

GlyphKind kind_of(char32_t code) {
  if (code == '\n' || code == '\r' || code == 0x2028 || code == 0x2029 || code == 0x85) return GlyphKind::line;
  if (code == 0xAD) return GlyphKind::soft;
  if (is_in(kSpaces, code)) return GlyphKind::space;
  if (is_in(kInvisible, code)) return GlyphKind::invisible;
  if (is_in(kMarks, code)) return GlyphKind::mark;
  return is_in(kMasks, code) ? GlyphKind::mask : GlyphKind::other;
}

}  // namespace

Glyph wide_glyph_at(std::string_view text, std::size_t at) {
  const auto point = text::code_point_at(text, at);
  Glyph glyph;
  glyph.begin = at;
  glyph.end = at + point.length;
  glyph.symbol = disguised_symbol(point.value);
  if (const char raised = raised_digit(point.value); raised != 0 && is_raised_in_row(text, glyph)) {
    glyph.symbol = raised;
    glyph.raised = true;
  }
  glyph.disguised = glyph.symbol != 0;
  glyph.kind = glyph.disguised ? GlyphKind::symbol : kind_of(point.value);
  return glyph;
}

Glyph wide_glyph_before(std::string_view text, std::size_t at) {
  auto glyph = glyph_at(text, character_before(text, at));
  if (glyph.end != at) glyph = {.kind = GlyphKind::other, .begin = at - 1, .end = at};
  return glyph;
}

char latin_base(char32_t code) { return code >= 0xC0 && code < 0x180 ? kLatin[code - 0xC0] : ' '; }

std::string plain_capitals(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto glyph = glyph_at(text, at);
    if (glyph.kind == GlyphKind::symbol) {
      plain += glyph.symbol;
    } else if (glyph.kind != GlyphKind::invisible && glyph.kind != GlyphKind::soft) {
      plain += latin_base(text::code_point_at(text, at).value);
    }
    at = glyph.end;
  }
  return plain;
}

}  // namespace threadline::facts
