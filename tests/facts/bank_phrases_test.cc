// SPDX-License-Identifier: Apache-2.0
// Sentences of attackers, accountants and translating machines, written before the words of money_words.def were looked at.
#include <gtest/gtest.h>

#include <algorithm>

#include "facts/bank/account.h"

namespace threadline::facts {
namespace {

enum class Verdict { heard, silent, missed, false_alarm };

/// What the table says of one sentence; `missed` and `false_alarm` are rows that are known to be read wrong.
struct Phrase {
  const char* language;
  const char* kind;
  Verdict verdict;
  const char* text;
};
constexpr Phrase kPhrases[] = {
#define PHRASE(language, kind, verdict, text) {language, kind, Verdict::verdict, text},
#include "bank_phrases_de.def"
#include "bank_phrases_en.def"
#include "bank_phrases_es.def"
#include "bank_phrases_fr.def"
#include "bank_phrases_it.def"
#include "bank_phrases_nl.def"
#include "bank_phrases_pt.def"
#include "bank_same_words.def"
#undef PHRASE
};

bool is_heard(std::string_view text, std::string_view kind) {
  ReadText body;
  body.text = text;
  std::vector<Note> notes;
  return std::ranges::any_of(read_requests(body, {}, {}, notes), [&](const Request& request) {
    return request.kind == kind || (kind == "bank_change" && request.kind == "redirect") ||
           (kind == "payroll" && request.kind == "payroll_given");
  });
}

bool is_pressing(std::string_view text) {
  constexpr std::string_view kKinds[] = {"pressure", "deadline", "secrecy", "discretion", "contact"};
  return std::ranges::any_of(kKinds, [&](std::string_view kind) { return is_heard(text, kind); });
}

bool is_expected(Verdict verdict) { return verdict == Verdict::heard || verdict == Verdict::false_alarm; }

TEST(Phrases, AreHeardOrLeftAloneAsTheirRowSays) {
  for (const auto& phrase : kPhrases)
    EXPECT_EQ(is_heard(phrase.text, phrase.kind), is_expected(phrase.verdict)) << phrase.language << ' ' << phrase.text;
}

struct PressingPhrase {
  const char* language;
  Verdict verdict;
  const char* text;
};
constexpr PressingPhrase kPressing[] = {
#define PRESSURE(language, verdict, text) {language, Verdict::verdict, text},
#include "bank_pressure.def"
#undef PRESSURE
};

TEST(Phrases, PressOrDoNotAsTheirRowSays) {
  for (const auto& phrase : kPressing)
    EXPECT_EQ(is_pressing(phrase.text), is_expected(phrase.verdict)) << phrase.language << ' ' << phrase.text;
}

TEST(Phrases, AreHeardAcrossLineEndsAndBlanksThatDoNotBreak) {
  for (const auto& phrase : kPhrases) {
    std::string wrapped, tied;
    for (const char c : std::string_view(phrase.text)) {
      wrapped += c == ' ' ? "\n> " : std::string(1, c);
      tied += c == ' ' ? "\u00a0" : std::string(1, c);
    }
    EXPECT_EQ(is_heard(wrapped, phrase.kind), is_expected(phrase.verdict)) << wrapped;
    EXPECT_EQ(is_heard(tied, phrase.kind), is_expected(phrase.verdict)) << tied;
  }
}

}  // namespace
}  // namespace threadline::facts
