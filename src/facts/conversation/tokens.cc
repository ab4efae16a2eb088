// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/tokens.h"

#include "text/charset.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

enum class Class { space, digit, letter, mark };

Class class_of(char32_t c) {
  if (c >= U'0' && c <= U'9') return Class::digit;
  if (c < 0x80) {
    if (c <= U' ') return Class::space;
    return ((c | 0x20U) >= U'a' && (c | 0x20U) <= U'z') ? Class::letter : Class::mark;
  }
  if (c == 0xA0 || (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) || c == 0x3000 || c == 0xFEFF)
    return Class::space;
  if (c >= 0x2060 && c <= 0x206F) return Class::space;
  if (c < 0xC0 && c != 0xAA && c != 0xB5 && c != 0xBA) return Class::mark;
  const bool is_mark = (c >= 0x2010 && c <= 0x205E) || (c >= 0x3001 && c <= 0x3020) || (c >= 0xFF01 && c <= 0xFF0F) ||
                       (c >= 0xFF1A && c <= 0xFF20) || c == 0x60C || c == 0x55D || c == 0x17D6 || c == 0x589;
  return is_mark ? Class::mark : Class::letter;
}

int value_of(std::string_view digits) {
  if (digits.size() > 6) return -1;
  int value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  return value;
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
  if (token.kind == TokenKind::number) token.value = value_of(token.text);
  if (token.kind == TokenKind::word) token.folded = text::fold(token.text);
  return token;
}

}  // namespace

std::vector<Token> tokens_of(std::string_view text, std::size_t most) {
  std::vector<Token> tokens;
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

std::string_view trimmed_line(std::string_view text) {
  std::size_t begin = 0, end = text.size();
  while (begin < end) {
    const text::CodePoint point = text::code_point_at(text, begin);
    if (class_of(point.value) != Class::space) break;
    begin += point.length;
  }
  while (end > begin) {
    std::size_t last = end - 1;
    while (last > begin && (static_cast<unsigned char>(text[last]) & 0xC0U) == 0x80U) --last;
    if (class_of(text::code_point_at(text.substr(0, end), last).value) != Class::space) break;
    end = last;
  }
  return text.substr(begin, end - begin);
}

}  // namespace threadline::facts
