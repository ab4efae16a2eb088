// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace threadline::findings {

/// What a word of a mail is worth protecting for.
enum class WordKind { plain, amount, phone, address, link, date };

/// One word in comparable form. Numbers written in groups ("12 345,67", "01 23 45 67 89") are one word.
struct HistoryWord {
  WordKind kind = WordKind::plain;
  std::string key;  ///< lower case without punctuation; amounts, phones and dates in numbers: digits; links: as before they were
                    ///< rewritten
  std::string written;
  bool opaque = false;  ///< a rewritten link that does not tell its target
};

/// The words of a text, at most 20,000; quote marks, wrapping and white space (NBSP too) make no difference. Numbers in groups of
/// three digits, with cents or beside a currency are amounts; "12/04/2018", "12 April" and "12 April 2018" are dates.
[[nodiscard]] std::vector<HistoryWord> history_words(std::string_view text);

/// A protected word of the original in whose place the copy has another of the same kind.
struct Replaced {
  WordKind kind = WordKind::plain;
  std::string quoted, original;
};

/// Protected words that the copy replaces: both texts are laid side by side at the words that each has once (patience alignment),
/// and what stands between two such places is compared kind by kind. What is only missing (a shortened quote) or only added (a
/// footer, a banner) is no difference. Time: n log n in words.
[[nodiscard]] std::vector<Replaced> replaced_words(std::string_view quoted, std::string_view original);

}  // namespace threadline::findings
