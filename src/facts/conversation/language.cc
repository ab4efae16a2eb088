// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/language.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include "text/charset.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

struct Language {
  std::string_view name, words;
};
constexpr auto kLanguages = std::to_array<Language>({
#define THREADLINE_FUNCTION_WORDS(name, words) {name, words},
#include "facts/conversation/function_words.def"
#undef THREADLINE_FUNCTION_WORDS
});

constexpr std::size_t kReadBytes = 10'000;
constexpr std::size_t kFewestWords = 15;  ///< of a text whose language shows
constexpr std::size_t kFewestHits = 5;    ///< function words of the leading language

using Counts = std::array<std::size_t, kLanguages.size()>;

template <class Visit>
void each_word(std::string_view text, Visit visit) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) >= 0x80); };
  for (auto at = text.begin(); at != text.end();) {
    const auto begin = std::find_if(at, text.end(), is_letter);
    at = std::find_if_not(begin, text.end(), is_letter);
    if (begin != at) visit(text.substr(static_cast<std::size_t>(begin - text.begin()), static_cast<std::size_t>(at - begin)));
  }
}

/// For each word the languages that have it, as bits.
const std::unordered_map<std::string_view, unsigned>& words_of_all() {
  static const auto all = [] {
    std::unordered_map<std::string_view, unsigned> words;
    for (std::size_t i = 0; i < kLanguages.size(); ++i)
      each_word(kLanguages[i].words, [&](std::string_view word) { words[word] |= 1U << i; });
    return words;
  }();
  return all;
}

}  // namespace

std::string_view language_of_text(std::string_view text) {
  const std::string folded = text::fold(text::valid_utf8(text.substr(0, kReadBytes)));
  Counts counts{};
  std::size_t words = 0;
  each_word(folded, [&](std::string_view word) {
    ++words;
    const auto known = words_of_all().find(word);
    for (std::size_t i = 0; known != words_of_all().end() && i < counts.size(); ++i) counts[i] += (known->second >> i) & 1U;
  });
  const auto best = std::ranges::max_element(counts);
  const std::size_t hits = *best;
  const auto language = static_cast<std::size_t>(best - counts.begin());
  counts[language] = 0;
  const bool leads = 2 * hits >= 3 * *std::ranges::max_element(counts);
  return words >= kFewestWords && hits >= kFewestHits && 5 * hits >= words && leads ? kLanguages[language].name
                                                                                    : std::string_view{};
}

}  // namespace threadline::facts
