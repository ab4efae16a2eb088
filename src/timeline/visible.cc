// SPDX-License-Identifier: Apache-2.0
#include "timeline/visible.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/utf8.h"
#include "text/charset.h"

namespace threadline::timeline {
namespace {

struct Range {
  char32_t first, last;
};

/// Characters that are shown by their number: controls (Cc), line and paragraph separators, format characters (Cf) and other
/// default ignorables but for the variation selectors of emoji. Source: UCD 15, DerivedCoreProperties,
/// Default_Ignorable_Code_Point.
constexpr auto kShown = std::to_array<Range>({
    {0x00, 0x09},     {0x0B, 0x1F},     {0x7F, 0x9F},       {0xAD, 0xAD},       {0x034F, 0x034F},   {0x0600, 0x0605},
    {0x061C, 0x061C}, {0x06DD, 0x06DD}, {0x070F, 0x070F},   {0x115F, 0x1160},   {0x17B4, 0x17B5},   {0x180B, 0x180F},
    {0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F},   {0x3164, 0x3164},   {0xFE00, 0xFE0E},   {0xFEFF, 0xFEFF},
    {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
});

/// East Asian Wide and Fullwidth, and emoji that terminals draw wide. Source: UCD 15, EastAsianWidth (W, F), joined to blocks.
constexpr auto kWide = std::to_array<Range>({
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},   {0x2614, 0x2615},   {0x26AA, 0x26AB},
    {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},   {0xA960, 0xA97F},
    {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},
    {0x16FE0, 0x18CFF}, {0x1B000, 0x1B2FF}, {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A}, {0x1F200, 0x1F320}, {0x1F32D, 0x1F64F},
    {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD},
});

/// Marks that stand on the character before them. Source: UCD 15, general category Mn and Me, the blocks that mail holds.
constexpr auto kCombining = std::to_array<Range>({
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x05BF, 0x05BF}, {0x05C1, 0x05C2}, {0x0610, 0x061A}, {0x064B, 0x065F},
    {0x0670, 0x0670}, {0x06D6, 0x06DC}, {0x093C, 0x093C}, {0x0E31, 0x0E31}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF},
    {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0x302A, 0x302D}, {0x3099, 0x309A}, {0xFE0F, 0xFE0F}, {0xFE20, 0xFE2F},
});

template <std::size_t N>
bool is_in(const std::array<Range, N>& ranges, char32_t character) {
  const auto* found = std::ranges::lower_bound(ranges, character, {}, &Range::last);
  return found != ranges.end() && found->first <= character;
}

std::size_t width_of(char32_t character) {
  if (character < 0x300) return 1;
  if (is_in(kCombining, character)) return 0;
  return is_in(kWide, character) ? 2 : 1;
}

bool is_plain_ascii(char byte) { return byte >= 0x20 && byte < 0x7F; }

bool is_space(char32_t character) {
  return character == ' ' || (character >= 0x09 && character <= 0x0D) || character == 0x85 || character == 0x2028 ||
         character == 0x2029;
}

/// The longest head of `text` that fits, broken at a space where there is one; never empty for text that is not.
std::size_t head_that_fits(std::string_view text, std::size_t columns) {
  std::size_t used = 0;
  std::size_t last_space = 0;
  for (std::size_t at = 0; at < text.size();) {
    const text::CodePoint point = text::code_point_at(text, at);
    used += width_of(point.value);
    if (used > columns && at > 0 && point.value != ' ') return last_space > 0 ? last_space : at;
    if (point.value == ' ') last_space = at;
    if (used > columns && at > 0) return at;
    at += point.length;
  }
  return text.size();
}

void wrap_line(std::vector<std::string>& lines, std::string_view line, std::size_t columns) {
  do {
    const std::size_t length = columns == 0 ? line.size() : head_that_fits(line, columns);
    lines.emplace_back(line.substr(0, length));
    line.remove_prefix(length);
    while (!line.empty() && line.front() == ' ') line.remove_prefix(1);
  } while (!line.empty());
}

}  // namespace

std::string visible(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const text::CodePoint point = text::code_point_at(text, at);
    if (is_in(kShown, point.value)) {
      shown += fmt::format("\\u{{{:04X}}}", static_cast<std::uint32_t>(point.value));
    } else {
      append_utf8(shown, point.value);
    }
    at += point.length;
  }
  return shown;
}

std::string one_line(std::string_view text, std::size_t code_points) {
  std::string line;
  std::size_t count = 0;
  bool space = false;
  for (std::size_t at = 0; at < text.size();) {
    const text::CodePoint point = text::code_point_at(text, at);
    at += point.length;
    if (is_space(point.value)) {
      space = !line.empty();
      continue;
    }
    if (++count > code_points) return line + "\u2026";
    if (space) line += ' ';
    space = false;
    append_utf8(line, point.value);
  }
  return line;
}

std::size_t width_of(std::string_view text) {
  if (std::ranges::all_of(text, is_plain_ascii)) return text.size();
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const text::CodePoint point = text::code_point_at(text, at);
    width += width_of(point.value);
    at += point.length;
  }
  return width;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines;
  std::size_t at = 0;
  while (true) {
    const std::size_t end = text.find('\n', at);
    wrap_line(lines, text.substr(at, end == std::string_view::npos ? end : end - at), columns);
    if (end == std::string_view::npos) return lines;
    at = end + 1;
  }
}

}  // namespace threadline::timeline
