// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace threadline::findings {

/// What a word of a mail is worth protecting for.
enum class WordKind { plain, amount, phone, address, link };

/// One word in comparable form. Numbers written in groups ("12 345,67", "01 23 45 67 89") are one word.
struct HistoryWord {
  WordKind kind = WordKind::plain;
  std::string key;  ///< lower case without punctuation; amounts and phones: digits; links: as before they were rewritten
  std::string written;
  bool opaque = false;  ///< a rewritten link that does not tell its target
};

/// The words of a text, at most 20,000; quote marks, wrapping and white space (NBSP too) make no difference.
[[nodiscard]] std::vector<HistoryWord> history_words(std::string_view text);

/// A protected word of the original in whose place the copy has another of the same kind.
struct Replaced {
  WordKind kind = WordKind::plain;
  std::string quoted, original;
};

/// Protected words that the copy replaces: found by the two words before or after them, which must be unmistakable in the
/// original. What is only missing (a shortened quote) or only added (a footer, a banner) is no difference. Linear time.
[[nodiscard]] std::vector<Replaced> replaced_words(std::string_view quoted, std::string_view original);

}  // namespace threadline::findings
