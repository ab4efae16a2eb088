// SPDX-License-Identifier: Apache-2.0
#include "timeline/journal/personal.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "text/fold.h"

namespace threadline::timeline::journal {
namespace {

/// Folded; "&" for "et" and "and". `is_plain`: one word that begins ordinary sentences too.
struct Mark {
  std::string_view words;
  bool is_plain = false;
};
constexpr Mark kMarks[] = {{"personnel", true},
                           {"personnelle", true},
                           {"perso", true},
                           {"prive", true},
                           {"privee", true},
                           {"personal", true},
                           {"private", true},
                           {"strictement personnel"},
                           {"strictement prive"},
                           {"strictly personal"},
                           {"strictly private"},
                           {"a titre personnel"},
                           {"a titre prive"},
                           {"a titre strictement personnel"},
                           {"personnel & confidentiel"},
                           {"prive & confidentiel"},
                           {"confidentiel & personnel"},
                           {"confidentiel & prive"},
                           {"personal & confidential"},
                           {"private & confidential"},
                           {"strictly private & confidential"},
                           {"confidential & personal"}};

/// Words behind "priv\u00e9" and behind a mark in capitals that make a sentence of it: "PERSONNEL de nuit", "priv\u00e9 ou
/// public".
constexpr std::string_view kGoesOn[] = {"de",   "du",   "des", "d'un", "d'une", "et",  "ou",  "en",  "au",  "a",
                                        "pour", "vs",   "&",   "of",   "and",   "or",  "for", "to",  "in",  "est",
                                        "is",   "sont", "are", "sur",  "from",  "non", "qui", "que", "dans"};

/// Punctuation of more bytes than one: dashes, quotation marks, bullet, middle dot, full-width and no-break forms fold elsewhere.
constexpr std::string_view kLongBreaks[] = {"\xE2\x80\x92", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\x95", "\xE2\x80\x9C",
                                            "\xE2\x80\x9D", "\xC2\xAB",     "\xC2\xBB",     "\xE2\x80\xA2", "\xC2\xB7"};
constexpr std::string_view kBreaks = ":-[](){}/|,;.!?*#=~_<>\"";
constexpr std::size_t kSubjectBytes = 1'000;  ///< in which a mark is looked for
constexpr std::size_t kPrefixBytes = 5;       ///< of "Re", "Fwd", "R\u00e9p"

using Words = std::vector<std::string>;

std::string with_plain_breaks(std::string_view subject) {
  std::string text;
  while (!subject.empty()) {
    const auto* const found = std::ranges::find_if(kLongBreaks, [&](std::string_view one) { return subject.starts_with(one); });
    text += found == std::end(kLongBreaks) ? subject.front() : ':';
    subject.remove_prefix(found == std::end(kLongBreaks) ? 1 : found->size());
  }
  return text;
}

Words words_in(std::string_view part) {
  Words words;
  std::string word;
  for (const char c : std::string(part) + ' ') {
    const bool is_space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!is_space) word += c;
    if (is_space && !word.empty()) words.push_back(std::exchange(word, {}));
  }
  return words;
}

std::string folded_word(const std::string& word) {
  const std::string folded = text::fold(word);
  return folded == "et" || folded == "and" ? "&" : folded;
}

std::string folded(const Words& words, std::size_t count) {
  std::string text;
  for (std::size_t at = 0; at < count; ++at) text += (at == 0 ? "" : " ") + folded_word(words[at]);
  return text;
}

/// ASCII, and the accented letters of French.
bool has_small_letter(const std::string& word) {
  for (std::size_t at = 0; at < word.size(); ++at) {
    if (word[at] >= 'a' && word[at] <= 'z') return true;
    const bool is_latin = word[at] == '\xC3' && at + 1 < word.size();
    if (is_latin && static_cast<unsigned char>(word[at + 1]) >= 0x9F) return true;
  }
  return false;
}

/// "de nuit", "d'\u00e9lectricit\u00e9".
bool goes_on(const std::string& word) {
  const std::string folded = text::fold(word);
  return std::ranges::find(kGoesOn, folded) != std::end(kGoesOn) || folded.starts_with("d'");
}

/// A plain mark, and what its part says behind it.
bool is_mark_before_words(const Words& words, bool is_first) {
  const std::string mark = folded_word(words.front());
  if (is_first && (mark == "prive" || mark == "privee" || mark == "perso")) return true;
  const bool has_small = std::any_of(words.begin() + 1, words.end(), has_small_letter);
  return !has_small_letter(words.front()) && has_small;
}

/// One part of a subject between punctuation; `is_first`: nothing but "Re:" and the like before it.
bool has_mark(const Words& words, bool is_first, Marks marks) {
  return std::ranges::any_of(kMarks, [&](const Mark& mark) {
    const auto count = static_cast<std::size_t>(std::ranges::count(mark.words, ' ')) + 1;
    if (words.size() < count || folded(words, count) != mark.words) return false;
    if (words.size() == count || marks == Marks::alone) return words.size() == count;
    return !goes_on(words[count]) && (!mark.is_plain || is_mark_before_words(words, is_first));
  });
}

}  // namespace

bool is_personal(std::string_view subject, Marks marks) {
  const std::string text = with_plain_breaks(subject.substr(0, kSubjectBytes));
  bool is_first = true;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find_first_of(kBreaks, begin), text.size());
    const Words words = words_in(std::string_view(text).substr(begin, end - begin));
    if (has_mark(words, is_first, marks)) return true;
    is_first = is_first && (words.empty() || (words.size() == 1 && words.front().size() <= kPrefixBytes));
    begin = end + 1;
  }
  return false;
}

}  // namespace threadline::timeline::journal
