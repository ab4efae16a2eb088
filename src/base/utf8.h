// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace threadline::inline base {

/// Whether a byte of UTF-8 stands inside of a character, behind its first byte (RFC 3629 section 3).
[[nodiscard]] constexpr bool is_inside_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

/// The first place from `at` on where a character begins, or the end of the text.
[[nodiscard]] constexpr std::size_t next_character(std::string_view text, std::size_t at) {
  while (at < text.size() && is_inside_character(text[at])) ++at;
  return at;
}

/// The last place up to `at` where a character begins, the end of the text where `at` is behind it. Damaged text has no such
/// place for long: it may be 0.
[[nodiscard]] constexpr std::size_t character_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return text.size();
  while (at > 0 && is_inside_character(text[at])) --at;
  return at;
}

/// Puts a code point (U+0000 to U+10FFFF) behind the text.
inline void append_utf8(std::string& to, char32_t code_point) {
  const auto put = [&to](char32_t byte) { to += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0U | (code_point >> 6U)), put(0x80U | (code_point & 0x3FU));
  } else if (code_point < 0x10000) {
    put(0xE0U | (code_point >> 12U)), put(0x80U | ((code_point >> 6U) & 0x3FU)), put(0x80U | (code_point & 0x3FU));
  } else {
    put(0xF0U | (code_point >> 18U)), put(0x80U | ((code_point >> 12U) & 0x3FU));
    put(0x80U | ((code_point >> 6U) & 0x3FU)), put(0x80U | (code_point & 0x3FU));
  }
}

}  // namespace threadline::inline base
