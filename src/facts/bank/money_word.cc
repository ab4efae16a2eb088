// SPDX-License-Identifier: Apache-2.0
#include "facts/bank/money_word.h"

#include <cstddef>

namespace threadline::facts {
namespace {

struct MoneyWord {
  std::string_view stem;
  std::uint64_t classes;
  std::uint8_t languages;
};
constexpr MoneyWord kWords[] = {
#define THREADLINE_WORD(stem, classes, languages) {stem, classes, languages},
#include "facts/bank/money_words.def"
#undef THREADLINE_WORD
};

/// Where the words with a first letter begin in the table.
constexpr auto kFirst = [] {
  std::array<std::size_t, 27> first{};
  std::size_t at = 0;
  for (std::size_t letter = 0; letter < 27; ++letter) {
    while (at < std::size(kWords) && static_cast<std::size_t>(kWords[at].stem[0] - 'a') < letter) ++at;
    first[letter] = at;
  }
  return first;
}();

bool matches(std::string_view stem, std::string_view word) {
  if (stem.back() != '*') return stem == word;
  stem.remove_suffix(1);
  return word.starts_with(stem);
}

}  // namespace

Meaning meaning_of(std::string_view word) {
  Meaning meaning;
  const auto letter = static_cast<std::size_t>(word[0] - 'a');
  for (std::size_t i = kFirst[letter]; i < kFirst[letter + 1]; ++i) {
    if (!matches(kWords[i].stem, word)) continue;
    meaning.classes |= kWords[i].classes;
    meaning.languages |= kWords[i].languages;
    for (std::size_t language = 0; language < meaning.silencers.size(); ++language) {
      if (((kWords[i].languages >> language) & 1U) != 0) meaning.silencers[language] |= kWords[i].classes & kSilencers;
    }
  }
  return meaning;
}

}  // namespace threadline::facts
