// SPDX-License-Identifier: Apache-2.0
#include "message/rtf_tokens.h"

#include <limits>

#include "base/ascii.h"

namespace threadline::message {
namespace {

bool is_passed_over(char c) { return c == '\r' || c == '\n' || c == '\0'; }
bool ends_text(char c) { return c == '\\' || c == '{' || c == '}' || is_passed_over(c); }

}  // namespace

RtfToken RtfTokens::next() {
  while (at_ < rtf_.size() && is_passed_over(rtf_[at_])) ++at_;
  if (at_ >= rtf_.size()) return {};
  switch (rtf_[at_]) {
    case '{': return ++at_, RtfToken{.kind = RtfTokenKind::open};
    case '}': return ++at_, RtfToken{.kind = RtfTokenKind::close};
    case '\\': return ++at_, control();
    default: return text();
  }
}

bool RtfTokens::skip(std::uint32_t bytes) {
  if (bytes > rtf_.size() - at_) return false;
  at_ += bytes;
  return true;
}

RtfToken RtfTokens::control() {
  if (at_ >= rtf_.size()) return {};
  if (is_letter(rtf_[at_])) return word();
  if (rtf_[at_] == '\'') return hex();
  return {.kind = RtfTokenKind::symbol, .text = rtf_.substr(at_++, 1)};
}

RtfToken RtfTokens::word() {
  const std::size_t begin = at_;
  while (at_ < rtf_.size() && is_letter(rtf_[at_])) ++at_;
  RtfToken token{.kind = RtfTokenKind::word, .text = rtf_.substr(begin, at_ - begin)};
  const bool is_negative = at_ + 1 < rtf_.size() && rtf_[at_] == '-' && is_digit(rtf_[at_ + 1]);
  if (is_negative) ++at_;
  std::int64_t value = 0;
  for (; at_ < rtf_.size() && is_digit(rtf_[at_]); ++at_) {
    token.has_value = true;
    if (value < std::numeric_limits<std::int32_t>::max()) value = value * 10 + (rtf_[at_] - '0');
  }
  if (value > std::numeric_limits<std::int32_t>::max()) value = std::numeric_limits<std::int32_t>::max();
  token.value = static_cast<std::int32_t>(is_negative ? -value : value);
  if (at_ < rtf_.size() && rtf_[at_] == ' ') ++at_;
  return token;
}

RtfToken RtfTokens::hex() {
  const int byte = hex_byte(rtf_, at_ + 1);
  if (byte < 0) return {.kind = RtfTokenKind::symbol, .text = rtf_.substr(at_++, 1)};
  at_ += 3;
  return {.kind = RtfTokenKind::byte, .value = byte, .has_value = true};
}

RtfToken RtfTokens::text() {
  const std::size_t begin = at_;
  while (at_ < rtf_.size() && !ends_text(rtf_[at_])) ++at_;
  return {.kind = RtfTokenKind::text, .text = rtf_.substr(begin, at_ - begin)};
}

}  // namespace threadline::message
