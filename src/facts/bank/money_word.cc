// SPDX-License-Identifier: Apache-2.0
#include "facts/bank/money_word.h"

#include <array>
#include <cstddef>
#include <vector>

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

/// Words of the table that begin with two letters, in its order; those that one letter is enough for stand with each second one.
class Beginnings {
 public:
  Beginnings() {
    for (std::size_t i = 0; i < std::size(kWords); ++i) {
      const std::string_view stem = kWords[i].stem;
      const auto first = static_cast<std::size_t>(stem[0] - 'a');
      for (std::size_t second = 0; second < kSeconds; ++second) {
        const bool is_open = stem.size() < 2 || stem[1] == '*';
        if (is_open || second_of(stem) == second) words_[first][second].push_back(i);
      }
    }
  }
  [[nodiscard]] const std::vector<std::size_t>& of(std::string_view word) const {
    return words_[static_cast<std::size_t>(word[0] - 'a')][second_of(word)];
  }

 private:
  static constexpr std::size_t kSeconds = 27;  ///< a letter, or anything else and nothing
  static std::size_t second_of(std::string_view word) {
    const bool is_letter = word.size() > 1 && word[1] >= 'a' && word[1] <= 'z';
    return is_letter ? static_cast<std::size_t>(word[1] - 'a') : kSeconds - 1;
  }
  std::array<std::array<std::vector<std::size_t>, kSeconds>, 26> words_;
};

bool matches(std::string_view stem, std::string_view word) {
  if (stem.back() != '*') return stem == word;
  stem.remove_suffix(1);
  return word.starts_with(stem);
}

/// Most words with the same two letters do.
bool differs_in_third(std::string_view stem, std::string_view word) {
  return stem.size() > 2 && stem[2] != '*' && (word.size() < 3 || word[2] != stem[2]);
}

}  // namespace

Meaning meaning_of(std::string_view word) {
  Meaning meaning;
  static const Beginnings beginnings;
  if (word[0] < 'a' || word[0] > 'z') return meaning;
  for (const std::size_t i : beginnings.of(word)) {
    if (differs_in_third(kWords[i].stem, word) || !matches(kWords[i].stem, word)) continue;
    meaning.classes |= kWords[i].classes;
    meaning.languages |= kWords[i].languages;
    for (std::size_t language = 0; language < meaning.silencers.size(); ++language) {
      if (((kWords[i].languages >> language) & 1U) != 0) meaning.silencers[language] |= kWords[i].classes & kSilencers;
    }
  }
  return meaning;
}

}  // namespace threadline::facts
