// SPDX-License-Identifier: Apache-2.0
// The words around an account by what they say of its owner, in the language that they speak.
#include "facts/bank/whose_words.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <unordered_map>

#include "facts/bank/stems.h"
#include "text/fold.h"

namespace threadline::facts::whose {
namespace {

constexpr std::size_t kWordsBefore = 240, kWordsBehind = 160;  ///< bytes
constexpr int kOnlyHere = 3;                                   ///< votes of a word that one language knows

enum Language : std::size_t { fr, en, de, es, it, pt, nl, kLanguageCount };
using Meanings = std::array<std::uint64_t, kLanguageCount>;

struct Row {
  Language language;
  std::uint64_t classes;
  std::string_view words;
};
constexpr Row kRows[] = {
#define THREADLINE_WHOSE(language, class, words) {language, class, words},
#include "facts/bank/whose_words.def"
};

std::unordered_map<std::string_view, Meanings> read_rows() {
  std::unordered_map<std::string_view, Meanings> known;
  for (const Row& row : kRows) {
    for (std::string_view rest = row.words; !rest.empty();) {
      const auto end = std::min(rest.find(' '), rest.size());
      known[rest.substr(0, end)][row.language] |= row.classes;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return known;
}

/// "Sparkassenkonto", "bedrijfsrekening": German and Dutch compounds.
Meanings meanings_of(std::string_view word) {
  static const auto known = read_rows();
  if (const auto found = known.find(word); found != known.end()) return found->second;
  Meanings meanings{};
  if (word.ends_with("konto")) meanings[de] = kAccount;
  if (word.ends_with("rekening")) meanings[nl] = kAccount;
  return meanings;
}

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

/// What the bytes between two words part: "1.250,00" and "M. Roux" nothing.
Gap gap_of(std::string_view folded, std::size_t begin, std::size_t end) {
  constexpr auto kAbbreviations = std::to_array<std::string_view>({"nr", "no", "mr", "dr", "ms", "st"});
  Gap gap = Gap::none;
  for (std::size_t at = begin; at < end; ++at) {
    const char byte = folded[at];
    const bool is_in_number = at + 1 == end && end < folded.size() && is_digit(folded[end]) && at > 0 && is_digit(folded[at - 1]);
    const auto word = folded.substr(0, at).substr(folded.substr(0, at).find_last_of(" \n") + 1);
    const bool is_abbreviation = word.size() == 1 || std::ranges::find(kAbbreviations, word) != kAbbreviations.end();
    Gap here = Gap::none;
    if (byte == '?') here = Gap::question;
    if (byte == '!' || (byte == '.' && !is_in_number && !is_abbreviation)) here = Gap::sentence;
    if (byte == '\n' && folded.substr(at + 1, end - at - 1).find('\n') != folded.npos) here = Gap::sentence;
    if ((byte == ',' && !is_in_number) || byte == ';' || byte == ':' || byte == ')') here = Gap::clause;
    gap = std::max(gap, here);
  }
  return gap;
}

struct Spoken {
  std::vector<Meanings> words;
  std::vector<Gap> gaps;  ///< before each word, and behind the last
};

Spoken spoken_in(std::string_view raw) {
  std::string folded;
  while (!raw.empty()) {
    const auto end = std::min(raw.find('\n'), raw.size());
    folded += text::fold(raw.substr(0, end));
    if (end < raw.size()) folded += '\n';
    raw.remove_prefix(std::min(end + 1, raw.size()));
  }
  Spoken spoken;
  std::size_t last = 0;
  for (std::size_t at = 0; at < folded.size();) {
    const auto end = static_cast<std::size_t>(
        std::find_if_not(folded.begin() + static_cast<std::ptrdiff_t>(at), folded.end(), is_of_word) - folded.begin());
    if (end > at) {
      spoken.gaps.push_back(gap_of(folded, last, at));
      spoken.words.push_back(meanings_of(std::string_view(folded).substr(at, end - at)));
      last = end;
    }
    at = end + 1;
  }
  spoken.gaps.push_back(gap_of(folded, last, folded.size()));
  return spoken;
}

void vote(const Spoken& spoken, std::array<int, kLanguageCount>& votes) {
  for (const Meanings& word : spoken.words) {
    const auto speaking = std::ranges::count_if(word, [](std::uint64_t classes) { return classes != 0; });
    for (std::size_t language = 0; language < kLanguageCount; ++language) {
      if (word[language] != 0) votes[language] += speaking == 1 ? kOnlyHere : 1;
    }
  }
}

std::vector<WhoseWord> words_in(const Spoken& spoken, std::size_t language) {
  std::vector<WhoseWord> words;
  for (std::size_t at = 0; at < spoken.words.size(); ++at)
    words.push_back({.classes = spoken.words[at][language], .gap = spoken.gaps[at]});
  return words;
}

/// Where the stretch begins that no gap of that kind or a greater one parts from the end.
std::size_t begin_of_last(WhoseWords words, Gap gap) {
  std::size_t begin = words.size();
  while (begin > 0 && words[begin - 1].gap < gap) --begin;
  return begin > 0 ? begin - 1 : 0;
}

/// The end of the stretch that begins at `from`.
std::size_t end_of_first(WhoseWords words, std::size_t from, Gap gap) {
  std::size_t end = std::min(from + 1, words.size());
  while (end < words.size() && words[end].gap < gap) ++end;
  return end;
}

bool is_label_only(WhoseWords words) {
  return std::ranges::all_of(words, [](const WhoseWord& word) { return word.is(kAccount | kLabel); });
}

}  // namespace

WhoseWords WhoseText::clause() const {
  if (gap >= Gap::sentence) return {};
  const WhoseWords all = before;
  auto begin = begin_of_last(all, Gap::clause);
  const bool goes_on = begin > 0 && begin < all.size() && all[begin].gap == Gap::clause;
  if (goes_on && is_label_only(all.subspan(begin))) begin = begin_of_last(all.first(begin), Gap::clause);
  return all.subspan(begin);
}

WhoseWords WhoseText::sentence() const {
  if (gap >= Gap::sentence) return {};
  const WhoseWords all = before;
  return all.subspan(begin_of_last(all, Gap::sentence));
}

WhoseWords WhoseText::sentence_above() const {
  const WhoseWords all = before;
  const auto end = gap >= Gap::sentence ? all.size() : begin_of_last(all, Gap::sentence);
  return all.subspan(begin_of_last(all.first(end), Gap::sentence)).first(end - begin_of_last(all.first(end), Gap::sentence));
}

WhoseWords WhoseText::clause_behind() const {
  const WhoseWords all = behind;
  if (all.empty() || all.front().gap >= Gap::sentence) return {};
  return all.first(end_of_first(all, 0, Gap::clause));
}

WhoseWords WhoseText::sentence_behind() const {
  const WhoseWords all = behind;
  if (all.empty() || all.front().gap >= Gap::sentence) return {};
  return all.first(end_of_first(all, 0, Gap::sentence));
}

WhoseWords WhoseText::next_clause() const {
  const WhoseWords all = behind;
  if (all.empty()) return {};
  const auto begin = all.front().gap >= Gap::clause ? 0 : end_of_first(all, 0, Gap::clause);
  return all.subspan(begin, end_of_first(all, begin, Gap::clause) - begin);
}

bool WhoseText::is_question() const {
  const WhoseWords all = behind;
  if (all.empty()) return false;
  if (all.front().gap >= Gap::sentence) return all.front().gap == Gap::question;
  const auto end = end_of_first(all, 0, Gap::sentence);
  return end < all.size() && all[end].gap == Gap::question;
}

std::vector<WhoseText> whose_texts(const AccountPlace& place) {
  const auto raw = raw_behind(place, kWordsBehind);
  const auto before = spoken_in(raw_before(place, kWordsBefore)), behind = spoken_in(raw);
  std::array<int, kLanguageCount> votes{};
  vote(before, votes);
  vote(behind, votes);
  const int most = std::ranges::max(votes);
  std::vector<WhoseText> texts;
  for (std::size_t language = 0; most > 0 && language < kLanguageCount; ++language) {
    if (votes[language] != most) continue;
    WhoseText text{.before = words_in(before, language),
                   .behind = words_in(behind, language),
                   .gap = before.gaps.back(),
                   .is_open_ended = place.next_begin >= place.end + raw.size()};
    text.behind.push_back({.classes = 0, .gap = std::max(behind.gaps.back(), Gap::clause)});
    texts.push_back(std::move(text));
  }
  return texts;
}

bool has(WhoseWords words, std::uint64_t classes) {
  return std::ranges::any_of(words, [&](const WhoseWord& word) { return word.is(classes); });
}

bool has_pair(WhoseWords words, std::uint64_t left, std::uint64_t right) {
  for (std::size_t at = 1; at < words.size(); ++at) {
    if (words[at - 1].is(left) && words[at].is(right) && words[at].gap == Gap::none) return true;
  }
  return false;
}

WhoseWords without_last(WhoseWords words, std::uint64_t classes) {
  while (!words.empty() && words.back().is(classes)) words = words.first(words.size() - 1);
  return words;
}

bool orders(WhoseWords words) {
  return has(words, kYouPay) || has_pair(words, kPay, kYou) || has_pair(words, kTo, kBe) ||
         (has(words, kAsk) && has(words, kPay | kTransfer));
}

}  // namespace threadline::facts::whose
