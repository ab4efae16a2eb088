// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
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
    for (const auto stem : stems) add(stem);
  }
  template <std::size_t N>
  explicit Stems(const std::array<std::string_view, N>& stems) {
    for (const auto stem : stems) add(stem);
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
  /// The first eight bytes of a stem are compared at once; few places need more.
  struct Stem {
    std::uint64_t head, mask;
    std::string_view whole;
    [[nodiscard]] bool begins(std::string_view text, std::uint64_t text_head) const {
      return ((head ^ text_head) & mask) == 0 && (whole.size() <= sizeof head || text.starts_with(whole));
    }
  };

  static std::uint64_t head_of(std::string_view text) {
    std::uint64_t head = 0;
    std::memcpy(&head, text.data(), std::min(text.size(), sizeof head));
    return head;
  }

  void add(std::string_view stem) {
    std::uint64_t mask = 0;
    std::memset(&mask, 0xff, std::min(stem.size(), sizeof mask));
    by_pair_[pair_of(stem[0], stem[1])].push_back({.head = head_of(stem), .mask = mask, .whole = stem});
  }

  template <class IsPlace>
  [[nodiscard]] StemPlace last_where(std::string_view folded, IsPlace is_place) const {
    StemPlace best;
    for (std::size_t at = 0; at + 1 < folded.size(); ++at) {
      const auto& stems = by_pair_[pair_of(folded[at], folded[at + 1])];
      if (stems.empty() || !is_place(at)) continue;
      const auto rest = folded.substr(at);
      const auto head = head_of(rest);
      for (const Stem& stem : stems) {
        if (at + stem.whole.size() > best.end && stem.begins(rest, head)) best = {.begin = at, .end = at + stem.whole.size()};
      }
    }
    return best;
  }

  static constexpr std::size_t kPairs = 1024;
  static std::size_t pair_of(char first, char second) {
    return (static_cast<unsigned char>(first) * 31U + static_cast<unsigned char>(second)) % kPairs;
  }
  std::array<std::vector<Stem>, kPairs> by_pair_;
};

}  // namespace threadline::facts
