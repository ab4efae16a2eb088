// SPDX-License-Identifier: Apache-2.0
#include "findings/insertion.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "text/fold.h"

namespace threadline::findings {
namespace {

enum class AnswerWord { whose, answer, place };
struct AnswerWords {
  AnswerWord kind;
  std::string_view words;
};
constexpr auto kAnswerWords = std::to_array<AnswerWords>({
#define THREADLINE_ANSWER_WORDS(kind, words) {AnswerWord::kind, words},
#include "findings/answer_words.def"
#undef THREADLINE_ANSWER_WORDS
});
constexpr std::size_t kBytesRead = 4'000;  ///< of the new text, in which answers are announced

bool is_letter(char letter) { return (letter >= 'a' && letter <= 'z') || static_cast<unsigned char>(letter) >= 0x80; }

std::vector<std::string_view> words_of(std::string_view folded) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < folded.size();) {
    std::size_t end = at;
    while (end < folded.size() && is_letter(folded[end])) ++end;
    if (end > at) words.push_back(folded.substr(at, end - at));
    at = std::max(end, at + 1);
  }
  return words;
}

/// Whether the word is one of a list; "repons*" is any that begins so.
bool is_listed(std::string_view word, std::string_view list) {
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t end = std::min(list.find(' ', at), list.size());
    const std::string_view one = list.substr(at, end - at);
    if (one.ends_with('*') ? word.starts_with(one.substr(0, one.size() - 1)) : word == one) return true;
    at = end + 1;
  }
  return false;
}

bool says(std::string_view word, AnswerWord kind) {
  return std::ranges::any_of(kAnswerWords,
                             [&](const AnswerWords& one) { return one.kind == kind && is_listed(word, one.words); });
}

/// "Mes reponses en rouge": whose, then what, at most two words apart, and where.
bool is_announcement(const std::vector<std::string_view>& sentence) {
  constexpr std::size_t kApart = 3;
  bool is_what = false;
  for (std::size_t at = 0; at < sentence.size(); ++at) {
    if (is_what && says(sentence[at], AnswerWord::place)) return true;
    if (!says(sentence[at], AnswerWord::answer)) continue;
    for (std::size_t back = at - std::min(at, kApart); back < at; ++back) is_what |= says(sentence[back], AnswerWord::whose);
  }
  return false;
}

bool announces_answers(const facts::Facts& carrier) {
  const std::string folded = text::fold(std::string_view(carrier.conversation.new_text).substr(0, kBytesRead));
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find_first_of(".!?", at), folded.size());
    if (is_announcement(words_of(std::string_view(folded).substr(at, end - at)))) return true;
    at = end + 1;
  }
  return false;
}

/// "[Ann] ...", "=> ...", "Ann: ...", "AM> ...", "Answer: ..." at the begin of a line or of the words.
class AnswerMarks {
 public:
  explicit AnswerMarks(const facts::Facts& carrier) {
    if (carrier.from.empty()) return;
    const std::string folded = text::fold(carrier.from.front().name);
    std::string initials;
    for (const std::string_view word : words_of(folded)) names_.emplace_back(word), initials.push_back(word.front());
    if (initials.size() > 1) names_.push_back(initials);
  }

  [[nodiscard]] bool stands_at(std::string_view text, std::size_t begin) const {
    constexpr std::size_t kLabelBytes = 40;
    constexpr std::string_view kBeside = " \t*_";
    while (begin > 0 && std::string_view("[<>=-").find(text[begin - 1]) != std::string_view::npos) --begin;
    std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
    line.remove_prefix(std::min(line.find_first_not_of(kBeside), line.size()));
    for (const std::string_view mark : {"[", "=>", "->", "-->", "==>", ">>", "\u2192"}) {
      if (line.starts_with(mark)) return true;
    }
    const std::size_t end = line.find_first_of(":>]");
    return end != std::string_view::npos && end <= kLabelBytes && is_label(line.substr(0, end));
  }

 private:
  [[nodiscard]] bool is_label(std::string_view label) const {
    const std::string folded = text::fold(label);
    const auto words = words_of(folded);
    const auto is_telling = [&](std::string_view word) {
      return std::ranges::find(names_, word) != names_.end() || says(word, AnswerWord::answer);
    };
    return std::ranges::any_of(words, is_telling) &&
           std::ranges::all_of(words, [&](std::string_view word) { return is_telling(word) || says(word, AnswerWord::whose); });
  }

  std::vector<std::string> names_;
};

bool is_marked(const facts::Facts& carrier, std::string_view text, const Inserted& inserted) {
  const AnswerMarks marks(carrier);
  if (marks.stands_at(text, inserted.begin)) return true;
  for (std::size_t at = text.find('\n', inserted.begin); at < inserted.at; at = text.find('\n', at + 1)) {
    if (marks.stands_at(text, at + 1)) return true;
  }
  return false;
}

/// "SAS au capital de 40 000 EUR", "Stammkapital 25.000 EUR".
bool is_capital_of_firm(std::string_view text, std::size_t at) {
  constexpr std::size_t kBefore = 40;
  const std::size_t begin = at - std::min(at, kBefore);
  const std::string before = text::fold(text.substr(begin, at - begin));
  return before.find("capital") != std::string::npos || before.find("kapital") != std::string::npos;
}

bool ends_sentence(char letter) { return std::string_view(".!?:;").find(letter) != std::string_view::npos; }

/// The words follow a comma, or stand on the line of what is before or behind them without the end of a sentence between.
bool is_inside_sentence(std::string_view text, const Inserted& inserted) {
  constexpr std::string_view kBlanks = " \t\r\"*_<>|";
  const std::size_t before = inserted.begin == 0 ? std::string_view::npos : text.find_last_not_of(kBlanks, inserted.begin - 1);
  if (before != std::string_view::npos && text[before] != '\n' && !ends_sentence(text[before])) return true;
  if (before != std::string_view::npos && text[before] == '\n') {
    const std::size_t last = text.find_last_not_of(" \t\r\n", before);
    if (last != std::string_view::npos && text[last] == ',' && before - last <= 2) return true;
  }
  const std::size_t behind = text.find_first_not_of(kBlanks, inserted.end);
  return behind != std::string_view::npos && inserted.end > 0 && text[behind] != '\n' && !ends_sentence(text[inserted.end - 1]);
}

/// Words of one's own beyond a greeting.
bool has_own_words(const facts::Facts& carrier) {
  constexpr std::size_t kGreetingWords = 3;
  std::string_view own = carrier.conversation.new_text;
  own.remove_suffix(std::min(own.size(), carrier.conversation.signature.size()));
  return words_of(text::fold(own.substr(0, kBytesRead))).size() > kGreetingWords;
}

}  // namespace

InsertionKind insertion_kind(const facts::Facts& carrier, const facts::QuotedBlock& block, const Inserted& inserted) {
  const std::string_view text = block.text;
  const bool is_of_signature = !block.signature.empty() && inserted.at + block.signature.size() >= text.size();
  if (is_of_signature || is_capital_of_firm(text, inserted.at) || is_answer(carrier, block, inserted)) return InsertionKind::none;
  return is_inside_sentence(text, inserted) ? InsertionKind::inside : InsertionKind::sentence;
}

bool is_answer(const facts::Facts& carrier, const facts::QuotedBlock& block, const Inserted& inserted) {
  return is_marked(carrier, block.text, inserted) || announces_answers(carrier);
}

Severity severity_of_insertion(const facts::Facts& carrier, const facts::QuotedBlock& block, InsertionKind kind,
                               bool by_insider) {
  if (kind == InsertionKind::inside) return Severity::high;
  const bool is_of_sender = !carrier.from.empty() && text::equal_ascii_nocase(carrier.from.front().address, block.from.address);
  if (by_insider && !is_of_sender) return Severity::low;
  return block.form == facts::QuoteForm::attribution && has_own_words(carrier) ? Severity::high : Severity::low;
}

}  // namespace threadline::findings
