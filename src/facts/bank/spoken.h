// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "facts/bank/neighbour_words.h"

namespace threadline::facts {

/// The words of a sentence as they were said, packed: the first eight letters of each.
using Spoken = std::span<const std::uint64_t>;

/// The place that many words before `at`, or the first.
constexpr std::size_t back(std::size_t at, std::size_t many) { return at - std::min(at, many); }

/// Whether one of the words stands in spoken[begin, end); places beyond the sentence hold none.
template <std::size_t N>
bool stands(Spoken spoken, std::size_t begin, std::size_t end, const std::array<std::uint64_t, N>& words) {
  begin = std::min(begin, spoken.size());
  end = std::clamp(end, begin, spoken.size());
  return std::ranges::any_of(spoken.subspan(begin, end - begin), [&](std::uint64_t word) { return is_one_of(word, words); });
}
template <std::size_t N>
bool stands(Spoken spoken, const std::array<std::uint64_t, N>& words) {
  return stands(spoken, 0, spoken.size(), words);
}

/// Whether one of the words stands where the predicate holds of its place.
template <std::size_t N, class IsPlace>
bool any_place(Spoken spoken, const std::array<std::uint64_t, N>& words, IsPlace is_place) {
  for (std::size_t at = 0; at < spoken.size(); ++at) {
    if (is_one_of(spoken[at], words) && is_place(at)) return true;
  }
  return false;
}

}  // namespace threadline::facts
