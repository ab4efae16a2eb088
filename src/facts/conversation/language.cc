// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/language.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <vector>

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

/// The words of a text that are function words of each language: one element a word, the languages as bits.
using Words = std::vector<unsigned>;

std::size_t hits_of(const Words& words, std::size_t language) {
  return static_cast<std::size_t>(std::ranges::count_if(words, [=](unsigned of) { return ((of >> language) & 1U) != 0; }));
}

/// Whether a text is in the one rather than in the other: by far more words, or by the words that only one of the two has, where
/// a short text's are mostly common to both ("de la ...").
bool leads(const Words& words, std::size_t one, std::size_t other) {
  constexpr std::size_t kFewestOwn = 2;
  if (2 * hits_of(words, one) >= 3 * hits_of(words, other)) return true;
  const auto own_words = [&](std::size_t language, std::size_t but_not) {
    return std::ranges::count_if(words, [=](unsigned of) { return ((of >> language) & 1U) != 0 && ((of >> but_not) & 1U) == 0; });
  };
  const auto own = static_cast<std::size_t>(own_words(one, other)), others = static_cast<std::size_t>(own_words(other, one));
  return own >= kFewestOwn && own >= 3 * others;
}

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
  std::size_t words = 0;
  Words function_words;
  each_word(folded, [&](std::string_view word) {
    ++words;
    const auto known = words_of_all().find(word);
    if (known != words_of_all().end()) function_words.push_back(known->second);
  });
  Counts counts{};
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i] = hits_of(function_words, i);
  const auto best = static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin());
  if (words < kFewestWords || counts[best] < kFewestHits || 5 * counts[best] < words) return {};
  for (std::size_t other = 0; other < counts.size(); ++other) {
    if (other != best && !leads(function_words, best, other)) return {};
  }
  return kLanguages[best].name;
}

}  // namespace threadline::facts
