// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "memory/memory.h"

namespace threadline::findings {

using memory::HistoryWord;
using memory::WordKind;

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
/// The same against the new text of a message that the memory knows, which may have no more than hashes of its words.
[[nodiscard]] std::vector<Replaced> replaced_words(std::string_view quoted, const memory::Record& original);

/// The same of a copy whose words are there already, against a message that the memory has hashes of.
[[nodiscard]] std::vector<Replaced> replaced_words(const std::vector<HistoryWord>& quoted, const memory::KeptText& original);

/// The words of a text with their hashes; of plain words nothing else is left.
[[nodiscard]] std::vector<HistoryWord> kept_words(std::string_view text, const memory::KeyedHash& hash);

}  // namespace threadline::findings
