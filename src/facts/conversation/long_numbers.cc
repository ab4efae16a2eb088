// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/long_numbers.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kFewest = 8, kMost = 61;  ///< digits
constexpr int kBetween = 2;                     ///< marks between two digits

bool is_digit(std::string_view text, std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; }

/// Bytes of a mark that may stand between digits, or 0.
std::size_t mark_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at, 3);
  if (rest.starts_with(' ') || rest.starts_with('.') || rest.starts_with('-')) return 1;
  if (rest.starts_with("\u00a0")) return 2;
  return rest == "\u202f" ? 3 : 0;
}

/// The next digit of a number, behind one that ends at `end`; or npos.
std::size_t next_digit(std::string_view text, std::size_t end) {
  for (int marks = 0; !is_digit(text, end); ++marks) {
    const std::size_t mark = marks < kBetween ? mark_at(text, end) : 0;
    if (mark == 0) return std::string_view::npos;
    end += mark;
  }
  return end;
}

/// The end of an IPv4 address that begins at `at` (RFC 791, as RFC 3986 section 3.2.2 writes it), or npos: no number is meant.
std::size_t end_of_ipv4(std::string_view text, std::size_t at) {
  constexpr int kOctets = 4, kMostOctet = 255;
  for (int octet = 1; octet <= kOctets; ++octet) {
    int value = 0;
    const std::size_t begin = at;
    for (; is_digit(text, at) && at - begin < 4; ++at) value = 10 * value + (text[at] - '0');
    if (at == begin || at - begin > 3 || value > kMostOctet) return std::string_view::npos;
    const bool is_last = octet == kOctets;
    if (is_last != (at >= text.size() || text[at] != '.' || !is_digit(text, at + 1))) return std::string_view::npos;
    if (!is_last) ++at;
  }
  return at;
}

}  // namespace

std::vector<std::string> long_numbers(std::string_view text, std::size_t most) {
  std::vector<std::string> numbers;
  std::string digits;
  for (std::size_t at = 0; at < text.size() && numbers.size() < most; ++at) {
    if (!is_digit(text, at)) continue;
    if (const std::size_t end = end_of_ipv4(text, at); end != std::string_view::npos) {
      at = end - 1;
      continue;
    }
    digits.clear();
    for (std::size_t next = at; next != std::string_view::npos && digits.size() < kMost; next = next_digit(text, at))
      digits += text[next], at = next + 1;
    if (digits.size() >= kFewest) numbers.push_back(digits);
    --at;
  }
  return numbers;
}

}  // namespace threadline::facts
