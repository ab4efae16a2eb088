// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "facts/bank/money_word.h"

namespace threadline::facts {

/// The words of one sentence with a meaning; `at` counts all words, `clause` the commas and semicolons before it.
struct Sentence {
  struct Hit {
    std::size_t at;
    std::size_t clause;
    Meaning meaning;
    bool has_object = false;  ///< a change of something that the next word begins to name: "changes its hours"
    bool is_owner = false;    ///< a word for the reader behind "of": "the bank details of your suppliers"
    bool is_own = false;      ///< a mail of the writer's, or mail as a way: "this e-mail", "by mail"
  };
  struct Press {
    std::size_t at;
    std::uint32_t classes;
    std::uint8_t languages;
  };
  std::vector<Hit> hits;
  std::vector<Press> pressing;
  std::vector<std::uint64_t> spoken;  ///< all words, packed (neighbour_words.h); word `at` is spoken[at - 1]
  std::uint64_t classes = 0;
  std::uint32_t pressure = 0;  ///< PressureClass of all words
  std::size_t words = 0, clauses = 0, begin = 0, end = 0;
  std::vector<std::size_t> clause_begins;  ///< words before each clause but the first
  std::size_t quotation_marks = 0;
  std::size_t quoted_from = 0, quoted_to = 0;  ///< words before the first quotation mark, and before the last
  bool question = false;
  bool if_you = false;       ///< "if you", "si vous": what the reader may do
  bool is_elliptic = false;  ///< it ends with "have not", "has not": what stands before is not so
  bool has_digits = false;
  bool has_clock = false;  ///< an hour of the day in digits: "16h", "4 pm", "17:30"

  [[nodiscard]] bool has(std::uint64_t wanted) const { return (classes & wanted) != 0; }
  [[nodiscard]] bool presses(std::uint32_t wanted) const { return (pressure & wanted) != 0; }
  void forget();
};

inline constexpr std::uint64_t kNouns = kStrong | kBank | kAccount;
inline constexpr std::size_t kSentenceWords = 60;  ///< a longer stretch without a full stop is cut

/// A word of `left` and another of `right` at most `within` words apart.
[[nodiscard]] bool is_near(const Sentence& sentence, std::uint64_t left, std::uint64_t right, std::size_t within);

/// The same without a comma or semicolon between them.
[[nodiscard]] bool is_near_in_clause(const Sentence& sentence, std::uint64_t left, std::uint64_t right, std::size_t within);

/// A word of `left` at most `within` words before one of `right`, in one clause.
[[nodiscard]] bool is_ahead(const Sentence& sentence, std::uint64_t left, std::uint64_t right, std::size_t within);

/// The bank itself is another one: "we changed bank", "our new bank", "our bank has changed"; not what a bank changes or asks
/// for anew ("the bank changed its hours", "the bank requires a new copy").
[[nodiscard]] bool is_bank_changed(const Sentence& sentence);

/// Whether one of words begin + 1 to end (the first of the sentence is 1) is of these classes.
[[nodiscard]] bool has_hit(const Sentence& sentence, std::size_t begin, std::size_t end, std::uint64_t wanted);

/// A word of `right` that stands directly behind one of `left`.
[[nodiscard]] bool is_led_by(const Sentence& sentence, std::uint64_t left, std::uint64_t right);

/// A word that presses of `left`, and behind it one of `right` of the same language, at most `within` words apart.
[[nodiscard]] bool presses_before(const Sentence& sentence, std::uint32_t left, std::uint32_t right, std::size_t within);

/// The same in either order.
[[nodiscard]] bool presses_beside(const Sentence& sentence, std::uint32_t left, std::uint32_t right, std::size_t within);

/// The index in kLanguages of the language that most words speak; a word of one language counts three times.
[[nodiscard]] std::size_t language_of(const Sentence& sentence);

/// Gives each word the meaning that it has beside its neighbours, in that language: "bank charges" are no bank, an "updated
/// invoice" is no change of the account behind it, "your payment from another account" tells nobody to pay there.
void read_neighbours(Sentence& sentence, std::size_t language);

}  // namespace threadline::facts
