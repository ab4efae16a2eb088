// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "findings/history_words.h"
#include "findings/insertion.h"

namespace threadline::findings {

/// A protected word of the original in whose place the copy has another of the same kind.
struct Replaced {
  WordKind kind = WordKind::plain;
  std::string quoted, original;
  std::optional<Inserted> inserted = {};  ///< what stands in nothing's place: `original` is empty
};

/// Protected words that the copy replaces: both texts are laid side by side at the words that each has once (patience alignment),
/// and what stands between two such places is compared kind by kind. What is only missing (a shortened quote) or only added (a
/// footer, a banner) is no difference - but an amount with its currency, a telephone number or an address that stands between
/// words of the original is -, nor is a stretch that says the same but for its white space. Time: n log n in words.
[[nodiscard]] std::vector<Replaced> replaced_words(std::string_view quoted, std::string_view original);
/// The same against the new text of a message that the memory knows, which may have no more than hashes of its words.
[[nodiscard]] std::vector<Replaced> replaced_words(std::string_view quoted, const memory::Record& original);

/// The same of a copy whose words are there already, against a message that the memory has hashes of.
[[nodiscard]] std::vector<Replaced> replaced_words(std::string_view quoted, const std::vector<HistoryWord>& words,
                                                   const memory::KeptText& original);

}  // namespace threadline::findings
