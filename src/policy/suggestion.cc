// SPDX-License-Identifier: Apache-2.0
#include "policy/suggestion.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace threadline::policy {
namespace {

constexpr std::size_t kLongestWord = 40;

/// Insertions, deletions and substitutions from one word to the other. Precondition: both are short (words of our own tables).
std::size_t edits(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  for (std::size_t j = 0; j <= to.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= from.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= to.size(); ++j) {
      const std::size_t replaced = diagonal + (from[i - 1] == to[j - 1] ? 0U : 1U);
      diagonal = std::exchange(row[j], std::min({replaced, row[j] + 1, row[j - 1] + 1}));
    }
  }
  return row[to.size()];
}

}  // namespace

std::optional<NearWord> nearest_word(std::string_view given, const std::vector<std::string_view>& allowed) {
  if (given.empty() || given.size() > kLongestWord) return std::nullopt;
  const auto nearest = std::ranges::min_element(allowed, {}, [given](std::string_view word) { return edits(given, word); });
  if (nearest == allowed.end()) return std::nullopt;
  const NearWord near{.word = *nearest, .edits = edits(given, *nearest)};
  return near.edits <= std::max<std::size_t>(2, nearest->size() / 3) ? std::optional(near) : std::nullopt;
}

std::string suggestion(std::string_view given, const std::vector<std::string_view>& allowed) {
  const std::string all = fmt::format("allowed here: {}", fmt::join(allowed, ", "));
  const auto near = nearest_word(given, allowed);
  return near ? fmt::format("did you mean \"{}\"? {}", near->word, all) : all;
}

}  // namespace threadline::policy
