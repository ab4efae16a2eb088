// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "memory/words.h"

namespace threadline::findings {

using memory::WordPairs;

/// The pairs of a text; its numbers are apart, since they are what a forger replaces. Of a script without blanks (Chinese,
/// Japanese) each character is a word. `key`: of the store whose texts it is held against; without one, texts in evidence.
/// Limits: the first 2,000 words.
[[nodiscard]] WordPairs word_pairs(std::string_view text, const memory::KeyedHash* key = nullptr);

/// How much of a copy stands in a source.
struct Likeness {
  double pairs = 0;    ///< share of the copy's pairs, [0, 1]
  double numbers = 0;  ///< share of its words with digits; 1 where it has none
};
[[nodiscard]] Likeness likeness(const WordPairs& copy, const WordPairs& source);

}  // namespace threadline::findings
