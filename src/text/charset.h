// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace threadline::text {

/// Bytes as UTF-8, and how that was arrived at.
struct Decoded {
  std::string text;            ///< valid UTF-8; illegal bytes are U+FFFD
  std::string charset;         ///< the charset used, lower case
  bool guessed = false;        ///< not the declared one
  std::uint64_t replaced = 0;  ///< illegal sequences
};

/// Decodes bytes by the declared charset (MIME name, may be empty or wrong); without a usable one: UTF-8 when valid, else what
/// ICU's detector says, else windows-1252. A declared charset that the bytes contradict is kept, unless they are valid UTF-8
/// with at least one multi-byte sequence; UTF-8 that holds not one such sequence is no UTF-8. What is declared as a charset of
/// single bytes or UTF-8, or not at all, and is `unmarked_utf16` is read as that. "utf-16" without a mark is guessed, too.
[[nodiscard]] Decoded decode(std::string_view bytes, std::string_view declared);

/// "utf-16le" or "utf-16be" where the bytes are UTF-16 without a mark, told by the zeros in one byte of nearly each pair; else
/// empty. A heuristic for languages of Latin letters, as editors have it.
[[nodiscard]] std::string_view unmarked_utf16(std::string_view bytes);

[[nodiscard]] bool is_valid_utf8(std::string_view bytes);
/// The same text with illegal sequences replaced by U+FFFD.
[[nodiscard]] std::string valid_utf8(std::string_view bytes);

/// One code point of valid UTF-8 and its length; invalid bytes are U+FFFD with length 1. Precondition: at < text.size().
struct CodePoint {
  char32_t value = 0;
  std::uint32_t length = 1;
};
[[nodiscard]] CodePoint code_point_at(std::string_view text, std::size_t at);

}  // namespace threadline::text
