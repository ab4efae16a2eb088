// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace threadline::facts {

enum class TokenKind { number, word, mark };

/// A run of digits, a run of letters, or one other character of running text; white space is left out.
struct Token {
  TokenKind kind = TokenKind::mark;
  std::string_view text;
  std::size_t begin = 0, end = 0;
  int value = 0;       ///< of a number of at most six digits, else -1
  std::string folded;  ///< of a word: text::fold
};

/// The first `most` tokens of a text. Numbers are ASCII digits; letters are ASCII letters and all code points that are neither
/// white space nor punctuation (General Punctuation, CJK and full-width marks, Latin-1 marks).
[[nodiscard]] std::vector<Token> tokens_of(std::string_view text, std::size_t most);

/// Ends without white space and invisible characters (NBSP, zero width, byte order mark).
[[nodiscard]] std::string_view trimmed_line(std::string_view text);

}  // namespace threadline::facts
