// SPDX-License-Identifier: Apache-2.0
#include "facts/bank/money_word.h"

#include <cstddef>
#include <numeric>
#include <span>
#include <vector>

namespace threadline::facts {
namespace {

struct MoneyWord {
  std::string_view stem;
  std::uint64_t classes;
  std::uint32_t pressure;
  std::uint8_t languages;
};
constexpr MoneyWord kWords[] = {
#define THREADLINE_WORD(stem, classes, languages) {stem, classes, 0, languages},
#include "facts/bank/money_words.def"
#undef THREADLINE_WORD
#define THREADLINE_PRESSURE(stem, classes, languages) {stem, 0, classes, languages},
#include "facts/bank/pressure_words.def"
#undef THREADLINE_PRESSURE
};

constexpr std::size_t kLetters = 26, kOthers = kLetters + 1;  ///< a letter, or anything else and nothing

std::size_t letter_at(std::string_view word, std::size_t at) {
  const bool is_letter = at < word.size() && word[at] >= 'a' && word[at] <= 'z';
  return is_letter ? static_cast<std::size_t>(word[at] - 'a') : kLetters;
}

/// Words of the tables by their first three letters; those that fewer are enough for stand with each that may follow.
class Beginnings {
 public:
  Beginnings() : ends_(kLetters * kOthers * kOthers) {
    for (const MoneyWord& word : kWords) each_place(word.stem, [&](std::size_t place) { ++ends_[place]; });
    std::partial_sum(ends_.begin(), ends_.end(), ends_.begin());
    words_.resize(ends_.back());
    for (const MoneyWord& word : kWords) each_place(word.stem, [&](std::size_t place) { words_[--ends_[place]] = &word; });
    ends_.push_back(words_.size());  // each is now where its words begin
  }
  [[nodiscard]] std::span<const MoneyWord* const> of(std::string_view word) const {
    const std::size_t place = (letter_at(word, 0) * kOthers + letter_at(word, 1)) * kOthers + letter_at(word, 2);
    return std::span(words_).subspan(ends_[place], ends_[place + 1] - ends_[place]);
  }

 private:
  struct Letters {
    std::size_t first, last;  // half-open
  };
  static Letters letters_at(std::string_view stem, std::size_t at) {
    if (stem.find('*') <= at) return {0, kOthers};
    return {letter_at(stem, at), letter_at(stem, at) + 1};
  }
  template <class Visit>
  static void each_place(std::string_view stem, const Visit& visit) {
    const Letters seconds = letters_at(stem, 1), thirds = letters_at(stem, 2);
    for (std::size_t second = seconds.first; second < seconds.last; ++second) {
      for (std::size_t third = thirds.first; third < thirds.last; ++third)
        visit((letter_at(stem, 0) * kOthers + second) * kOthers + third);
    }
  }
  std::vector<std::size_t> ends_;
  std::vector<const MoneyWord*> words_;
};

bool matches(std::string_view stem, std::string_view word) {
  if (stem.back() != '*') return stem == word;
  stem.remove_suffix(1);
  return word.starts_with(stem);
}

}  // namespace

Meaning meaning_of(std::string_view word) {
  Meaning meaning;
  static const Beginnings beginnings;
  if (word[0] < 'a' || word[0] > 'z') return meaning;
  for (const MoneyWord* known : beginnings.of(word)) {
    if (!matches(known->stem, word)) continue;
    meaning.pressure |= known->pressure;
    if (known->pressure != 0) meaning.pressing_in |= known->languages;
    if (known->classes == 0) continue;
    meaning.classes |= known->classes;
    meaning.languages |= known->languages;
    for (std::size_t language = 0; language < meaning.in.size(); ++language) {
      if (((known->languages >> language) & 1U) != 0) meaning.in[language] |= known->classes;
    }
  }
  return meaning;
}

}  // namespace threadline::facts
