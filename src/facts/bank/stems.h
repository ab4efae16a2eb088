// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace threadline::facts {

/// Where a stem stands in a text.
struct StemPlace {
  std::size_t begin = std::string_view::npos, end = 0;
  [[nodiscard]] bool is_none() const { return begin == std::string_view::npos; }
};

/// A byte of a word in folded text: a letter, a digit, or part of a character beyond ASCII.
constexpr bool is_of_word(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || static_cast<unsigned char>(byte) >= 0x80U;
}

/// Stems (of two letters at least) by their first two: a text is walked once, whatever their number.
class Stems {
 public:
  template <std::size_t N>
  explicit Stems(const std::string_view (&stems)[N]) {
    for (const auto stem : stems) by_pair_[pair_of(stem[0], stem[1])].push_back(stem);
  }

  /// The place of a stem that ends last.
  [[nodiscard]] StemPlace last_in(std::string_view folded) const {
    return last_where(folded, [](std::size_t) { return true; });
  }

  /// The same, of stems that begin where a word begins: "old " is not in "Marigold Ltd".
  [[nodiscard]] StemPlace last_word_in(std::string_view folded) const {
    return last_where(folded, [&](std::size_t at) { return at == 0 || !is_of_word(folded[at - 1]); });
  }

 private:
  template <class IsPlace>
  [[nodiscard]] StemPlace last_where(std::string_view folded, IsPlace is_place) const {
    StemPlace best;
    for (std::size_t at = 0; at + 1 < folded.size(); ++at) {
      if (!is_place(at)) continue;
      for (const auto stem : by_pair_[pair_of(folded[at], folded[at + 1])]) {
        if (at + stem.size() > best.end && folded.substr(at).starts_with(stem)) best = {.begin = at, .end = at + stem.size()};
      }
    }
    return best;
  }

  static constexpr std::size_t kPairs = 1024;
  static std::size_t pair_of(char first, char second) {
    return (static_cast<unsigned char>(first) * 31U + static_cast<unsigned char>(second)) % kPairs;
  }
  std::array<std::vector<std::string_view>, kPairs> by_pair_;
};

}  // namespace threadline::facts
