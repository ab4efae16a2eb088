// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace threadline::findings {

/// A text as the pairs of words that follow each other in it, numbers left out: they are what a forger replaces. Of a script
/// without blanks (Chinese, Japanese) each character is a word.
struct WordPairs {
  std::size_t words = 0;             ///< without digits in them
  std::vector<std::size_t> pairs;    ///< hashes, sorted, each once
  std::vector<std::size_t> numbers;  ///< of words with digits in them, sorted, each once
};

/// Limits: the first 2,000 words.
[[nodiscard]] WordPairs word_pairs(std::string_view text);

/// How much of a copy stands in a source.
struct Likeness {
  double pairs = 0;    ///< share of the copy's pairs, [0, 1]
  double numbers = 0;  ///< share of its words with digits; 1 where it has none
};
[[nodiscard]] Likeness likeness(const WordPairs& copy, const WordPairs& source);

}  // namespace threadline::findings
