// SPDX-License-Identifier: Apache-2.0
// The words of a clause by what they say of an account: old, new, closed, to be paid to.
#include "facts/bank/naming_words.h"

#include <algorithm>
#include <unordered_map>

#include "facts/bank/stems.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

struct KnownWord {
  std::string_view word;
  std::uint32_t classes;
};
constexpr KnownWord kWords[] = {
#define THREADLINE_NAMING_WORD(classes, word) {word, classes},
#include "facts/bank/former_words.def"
};
std::uint32_t classes_of(std::string_view word) {
  static const auto known = [] {
    std::unordered_map<std::string_view, std::uint32_t> classes;
    for (const auto& row : kWords) classes[row.word] |= row.classes;
    return classes;
  }();
  const auto found = known.find(word);
  return found == known.end() ? 0U : found->second;
}

}  // namespace

Clause clause_from(std::string_view raw) {
  Clause clause;
  while (!raw.empty()) {
    const auto end = std::min(raw.find('\n'), raw.size());
    clause.folded += text::fold(raw.substr(0, end));
    if (end < raw.size()) clause.folded += '\n';
    raw.remove_prefix(std::min(end + 1, raw.size()));
  }
  const std::string_view folded = clause.folded;
  for (std::size_t at = 0; at < folded.size();) {
    const auto end = static_cast<std::size_t>(std::ranges::find_if_not(folded.substr(at), is_of_word) - folded.begin());
    if (end > at) clause.words.push_back({.begin = at, .end = end, .classes = classes_of(folded.substr(at, end - at))});
    at = end + 1;
  }
  return clause;
}

bool is_negated(const Clause& clause, std::size_t verb) {
  const auto is_not_within = [&](std::size_t from, std::size_t step) {
    for (auto at = from + step; at < clause.words.size(); at += step) {
      if (clause.words[at].is(kNotWord)) return true;
      if (!clause.words[at].is(kBetweenWord)) return false;
    }
    return false;
  };
  return is_not_within(verb, 1) || is_not_within(verb, static_cast<std::size_t>(-1));
}

std::size_t end_of_last(const Clause& clause, std::uint32_t classes) {
  for (auto at = clause.words.size(); at-- > 0;) {
    if (clause.words[at].is(classes) && !is_negated(clause, at)) return clause.words[at].end;
  }
  return 0;
}

bool has_word(const Clause& clause, std::uint32_t classes) {
  return std::ranges::any_of(clause.words, [&](const NamingWord& word) { return word.is(classes); });
}

}  // namespace threadline::facts
