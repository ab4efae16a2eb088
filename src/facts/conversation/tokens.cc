// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/tokens.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "text/charset.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kUsualTokens = 128;  ///< room made at once

enum class Class { space, digit, letter, mark };

/// The zeros of the scripts whose digits clients print. Source: UnicodeData.txt, general category Nd.
constexpr std::array<char32_t, 18> kZeros{0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66,
                                          0x0CE6, 0x0D66, 0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x17E0, 0xFF10};

/// The value of a decimal digit, or -1.
int digit_value(char32_t c) {
  if (c < 0x80) return c >= U'0' && c <= U'9' ? static_cast<int>(c - U'0') : -1;
  for (const char32_t zero : kZeros) {
    if (c >= zero && c <= zero + 9) return static_cast<int>(c - zero);
  }
  return -1;
}

Class class_of(char32_t c) {
  if (c >= U'0' && c <= U'9') return Class::digit;
  if (c < 0x80) {
    if (c <= U' ') return Class::space;
    return ((c | 0x20U) >= U'a' && (c | 0x20U) <= U'z') ? Class::letter : Class::mark;
  }
  if (c == 0xA0 || (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) || c == 0x3000 || c == 0xFEFF)
    return Class::space;
  if ((c >= 0x2060 && c <= 0x206F) || c == 0x61C) return Class::space;
  if (c < 0xC0 && c != 0xAA && c != 0xB5 && c != 0xBA) return Class::mark;
  const bool is_mark = (c >= 0x2010 && c <= 0x205E) || (c >= 0x3001 && c <= 0x3020) || (c >= 0xFF01 && c <= 0xFF0F) ||
                       (c >= 0xFF1A && c <= 0xFF20) || c == 0x60C || c == 0x2212 || c == 0x55D || c == 0x17D6 || c == 0x589;
  if (is_mark) return Class::mark;
  return c >= kZeros.front() && digit_value(c) >= 0 ? Class::digit : Class::letter;
}

void read_number(Token& token) {
  for (std::size_t at = 0; at < token.text.size(); ++token.digits) {
    const text::CodePoint point = text::code_point_at(token.text, at);
    token.value = token.digits < 6 ? token.value * 10 + digit_value(point.value) : -1;
    at += point.length;
  }
}

Token read_token(std::string_view text, std::size_t at, Class first, std::size_t first_length) {
  Token token;
  token.begin = at;
  std::size_t end = at + first_length;
  while (first != Class::mark && end < text.size()) {
    const text::CodePoint next = text::code_point_at(text, end);
    if (class_of(next.value) != first) break;
    end += next.length;
  }
  token.end = end;
  token.text = text.substr(at, end - at);
  token.kind = first == Class::digit ? TokenKind::number : first == Class::letter ? TokenKind::word : TokenKind::mark;
  if (token.kind == TokenKind::number) read_number(token);
  if (token.kind == TokenKind::word) token.folded = text::fold(token.text);
  return token;
}

}  // namespace

std::vector<Token> tokens_of(std::string_view text, std::size_t most) {
  std::vector<Token> tokens;
  tokens.reserve(std::min({most, text.size() / 3 + 1, kUsualTokens}));
  std::size_t at = 0;
  while (at < text.size() && tokens.size() < most) {
    const text::CodePoint point = text::code_point_at(text, at);
    const Class found = class_of(point.value);
    if (found == Class::space) {
      at += point.length;
      continue;
    }
    tokens.push_back(read_token(text, at, found, point.length));
    at = tokens.back().end;
  }
  return tokens;
}

bool is_word(const std::vector<Token>& tokens, std::size_t at) {
  return at < tokens.size() && tokens[at].kind == TokenKind::word;
}

bool is_mark(const std::vector<Token>& tokens, std::size_t at, std::string_view marks) {
  return at < tokens.size() && tokens[at].kind == TokenKind::mark && tokens[at].text.size() == 1 &&
         marks.find(tokens[at].text[0]) != std::string_view::npos;
}

bool is_number(const std::vector<Token>& tokens, std::size_t at, std::size_t least, std::size_t most) {
  return at < tokens.size() && tokens[at].kind == TokenKind::number && tokens[at].digits >= least && tokens[at].digits <= most;
}

bool is_short_word(const std::vector<Token>& tokens, std::size_t at) {
  constexpr std::size_t kLetters = 4;
  if (!is_word(tokens, at) || tokens[at].text.size() > kLetters * 4) return false;
  const auto is_first_byte = [](char c) { return !is_inside_character(c); };
  return static_cast<std::size_t>(std::ranges::count_if(tokens[at].text, is_first_byte)) <= kLetters;
}

std::string_view trimmed_line(std::string_view text) {
  const auto is_plain = [](char c) { return c > ' ' && (static_cast<unsigned char>(c) & 0x80U) == 0; };
  if (!text.empty() && is_plain(text.front()) && is_plain(text.back())) return text;
  std::size_t begin = 0, end = text.size();
  while (begin < end) {
    const text::CodePoint point = text::code_point_at(text, begin);
    if (class_of(point.value) != Class::space) break;
    begin += point.length;
  }
  while (end > begin) {
    const std::size_t last = std::max(character_at(text, end - 1), begin);
    if (class_of(text::code_point_at(text.substr(0, end), last).value) != Class::space) break;
    end = last;
  }
  return text.substr(begin, end - begin);
}

}  // namespace threadline::facts
