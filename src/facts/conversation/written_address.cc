// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/written_address.h"

#include <algorithm>

namespace threadline::facts {
namespace {

constexpr std::size_t kLocal = 64, kDomain = 250, kLeastEnding = 2, kMostEnding = 24;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_domain(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-'; }
bool is_local(char c) { return is_domain(c) || c == '_' || c == '%' || c == '+'; }

/// Letters from a place on, no more than an ending may have.
std::size_t letters_at(std::string_view text, std::size_t at) {
  std::size_t count = 0;
  while (count < kMostEnding && at + count < text.size() && is_letter(text[at + count])) ++count;
  return count;
}

/// The end of the domain that begins there, by its last point with an ending behind it; 0 where there is none.
std::size_t end_of_domain(std::string_view text, std::size_t begin) {
  std::size_t most = begin;
  while (most < text.size() && most - begin < kDomain && is_domain(text[most])) ++most;
  for (std::size_t point = std::min(most, text.size() - 1); point > begin; --point) {
    if (text[point] != '.') continue;
    if (const std::size_t letters = letters_at(text, point + 1); letters >= kLeastEnding) return point + 1 + letters;
  }
  return 0;
}

}  // namespace

std::optional<WrittenAddress> written_address(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find('@', from); at != std::string_view::npos; at = text.find('@', at + 1)) {
    std::size_t begin = at;
    while (begin > from && at - begin < kLocal && is_local(text[begin - 1])) --begin;
    if (begin == at || at + 1 >= text.size()) continue;
    if (const std::size_t end = end_of_domain(text, at + 1); end > 0) return WrittenAddress{begin, end};
  }
  return std::nullopt;
}

}  // namespace threadline::facts
