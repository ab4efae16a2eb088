// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace threadline::facts {

/// Classes of the words of former_words.def; a word may have several.
enum NamingClass : std::uint32_t {
  kOldWord = 1U << 0U,
  kOldBehindWord = 1U << 1U,  ///< "old" that may follow its noun
  kAccountWord = 1U << 2U,
  kIsWord = 1U << 3U,
  kKindWord = 1U << 4U,  ///< between "old" and the noun
  kAtWord = 1U << 5U,    ///< leads to the name of a bank
  kNewWord = 1U << 6U,
  kClosedWord = 1U << 7U,
  kPayWord = 1U << 8U,
  kNotWord = 1U << 9U,
  kBetweenWord = 1U << 10U,  ///< between "not" and a verb
  kMailWord = 1U << 11U,     ///< of mails and papers
  kHolderWord = 1U << 12U,   ///< of the labels beside an account: holder, BIC, address
  kOurWord = 1U << 13U,
};
/// A word of a clause; begin and end are offsets in its folded text.
struct NamingWord {
  std::size_t begin, end;
  std::uint32_t classes;
  [[nodiscard]] bool is(std::uint32_t wanted) const { return (classes & wanted) != 0; }
};

/// A stretch of text, folded line by line, and its words.
struct Clause {
  std::string folded;
  std::vector<NamingWord> words;

  /// What stands between a word and the next one, or the end.
  [[nodiscard]] std::string_view gap_behind(std::size_t word) const {
    const auto end = word + 1 < words.size() ? words[word + 1].begin : folded.size();
    return std::string_view(folded).substr(words[word].end, end - words[word].end);
  }
};

/// Folds line by line, and looks each word up in former_words.def.
[[nodiscard]] Clause clause_from(std::string_view raw);

/// "Not" beside a verb, or a word like "to" between the two.
[[nodiscard]] bool is_negated(const Clause& clause, std::size_t verb);

/// The end of the last word of these classes that no "not" stands beside, or 0.
[[nodiscard]] std::size_t end_of_last(const Clause& clause, std::uint32_t classes);

/// Whether a word of these classes is among them, negated or not.
[[nodiscard]] bool has_word(const Clause& clause, std::uint32_t classes);

}  // namespace threadline::facts
