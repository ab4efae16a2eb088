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
  std::size_t digits = 0;  ///< of a number
  int value = 0;           ///< of a number of at most six digits, else -1
  std::string folded;      ///< of a word: text::fold
};

/// The first `most` tokens of a text. Numbers are the decimal digits of any script; letters are ASCII letters and all code points
/// that are neither white space nor punctuation (General Punctuation, CJK and full-width marks, Latin-1 marks).
[[nodiscard]] std::vector<Token> tokens_of(std::string_view text, std::size_t most);

[[nodiscard]] bool is_word(const std::vector<Token>& tokens, std::size_t at);
/// Whether one of these ASCII marks stands there.
[[nodiscard]] bool is_mark(const std::vector<Token>& tokens, std::size_t at, std::string_view marks);
/// Whether a number of so many digits stands there.
[[nodiscard]] bool is_number(const std::vector<Token>& tokens, std::size_t at, std::size_t least = 1, std::size_t most = 4);
/// Whether a word of at most four letters stands there, as fill the room between the parts of a date ("of", "de", "gada").
[[nodiscard]] bool is_short_word(const std::vector<Token>& tokens, std::size_t at);

/// Ends without white space and invisible characters (NBSP, zero width, byte order mark).
[[nodiscard]] std::string_view trimmed_line(std::string_view text);

}  // namespace threadline::facts
