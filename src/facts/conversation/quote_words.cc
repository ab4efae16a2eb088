// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/quote_words.h"

#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "text/fold.h"

namespace threadline::facts {
namespace {

struct LabelRow {
  std::string_view written;
  QuoteField field;
  std::string_view language;
};
struct SeparatorRow {
  std::string_view written;
  SeparatorKind kind;
};
struct VerbRow {
  std::string_view written;
  bool unspaced;
  std::string_view language;
};
struct MonthRow {
  std::string_view written;
  int month;
  std::string_view languages;
};

#define THREADLINE_LABEL(...)
#define THREADLINE_SEPARATOR(...)
#define THREADLINE_VERB(...)
#define THREADLINE_CONNECTOR(...)
#define THREADLINE_MONTH(...)
#define THREADLINE_WEEKDAY(...)

#undef THREADLINE_LABEL
#define THREADLINE_LABEL(text, field, language) {text, QuoteField::field, language},
constexpr LabelRow kLabels[] = {
#include "facts/conversation/locales.inc"
};
#undef THREADLINE_LABEL
#define THREADLINE_LABEL(...)

#undef THREADLINE_SEPARATOR
#define THREADLINE_SEPARATOR(text, kind) {text, SeparatorKind::kind},
constexpr SeparatorRow kSeparators[] = {
#include "facts/conversation/locales.inc"
    // Outlook for Windows; Source: counted mail (talon's and Outlook's separators).
    {"Message d'origine", SeparatorKind::original},
    {"Urspr\u00fcngliche Nachricht", SeparatorKind::original},
    {"Mensaje original", SeparatorKind::original},
    {"Original Appointment", SeparatorKind::original},
    {"Forwarded by", SeparatorKind::forward},
    {"Original message", SeparatorKind::original},
    {"Original Message processed by david", SeparatorKind::original},
    {"Reply message", SeparatorKind::original},
};
#undef THREADLINE_SEPARATOR
#define THREADLINE_SEPARATOR(...)

#undef THREADLINE_VERB
#define THREADLINE_VERB(text, unspaced, language) {text, unspaced, language},
constexpr VerbRow kVerbs[] = {
#include "facts/conversation/locales.inc"
};
#undef THREADLINE_VERB
#define THREADLINE_VERB(...)

#undef THREADLINE_CONNECTOR
#define THREADLINE_CONNECTOR(text) text,
constexpr std::string_view kConnectors[] = {
#include "facts/conversation/locales.inc"
    "u\u017cytkownik",
    "\u043f\u043e\u043b\u044c\u0437\u043e\u0432\u0430\u0442\u0435\u043b\u044c",
    "pou\u017e\u00edvate\u013e",
    "ezt",
    "id\u0151pontban",
    "f\u00f6ljande",
    "f\u00f8lgende",
    "\u015funu",
    "tarihinde",
    "giorno",
    "alle",
    "ore",
    "Uhr",
    "klo",
    "kl",
    "om",
    "folgendes",
    "sendte",
    "d",
    "the",
    "at",
    "following",
    "n\u00e1sleduj\u00edc\u00ed",
    "via",
    "\ub2d8\uc774",
    "\ub2d8\uc774",
};
#undef THREADLINE_CONNECTOR
#define THREADLINE_CONNECTOR(...)

#undef THREADLINE_MONTH
#define THREADLINE_MONTH(text, month, languages) {text, month, languages},
constexpr MonthRow kMonths[] = {
#include "facts/conversation/date_names.inc"
    {"sept", 9, " en fr "}, {"okto", 10, " fi "}, {"gen", 1, " it ca "}, {"mrz", 3, " de "}, {"set", 9, " it pt "},
};
#undef THREADLINE_MONTH
#define THREADLINE_MONTH(...)

#undef THREADLINE_WEEKDAY
#define THREADLINE_WEEKDAY(text) text,
constexpr std::string_view kWeekdays[] = {
#include "facts/conversation/date_names.inc"
    "thur",
    "thurs",
    "tues",
    "weds",
};

/// The tables with their keys folded as the words that are looked up. Made once a process.
struct Tables {
  std::unordered_map<std::string, std::vector<LabelUse>> labels;
  std::map<std::string, std::vector<LabelUse>, std::less<>> by_language;
  std::unordered_map<std::string, SeparatorKind> separators;
  std::unordered_map<std::string, std::string_view> verbs;
  std::vector<std::pair<std::string, std::string_view>> unspaced_verbs;
  std::unordered_set<std::string> connectors, weekdays;
  std::unordered_map<std::string, std::vector<std::pair<int, std::string_view>>> months;
};

void add_labels(Tables& tables) {
  for (const LabelRow& row : kLabels) {
    const LabelUse use{row.field, row.language, row.written};
    tables.labels[text::fold(row.written)].push_back(use);
    tables.by_language[std::string(row.language)].push_back(use);
  }
}

void add_verbs(Tables& tables) {
  for (const VerbRow& row : kVerbs) {
    if (row.unspaced)
      tables.unspaced_verbs.emplace_back(text::fold(row.written), row.language);
    else
      tables.verbs.emplace(text::fold(row.written), row.language);
  }
}

Tables make_tables() {
  Tables tables;
  add_labels(tables);
  add_verbs(tables);
  for (const SeparatorRow& row : kSeparators) tables.separators.emplace(text::fold(row.written), row.kind);
  for (const std::string_view word : kConnectors) tables.connectors.insert(text::fold(word));
  for (const std::string_view word : kWeekdays) tables.weekdays.insert(text::fold(word));
  for (const MonthRow& row : kMonths) tables.months[text::fold(row.written)].emplace_back(row.month, row.languages);
  return tables;
}

const Tables& tables() {
  static const Tables made = make_tables();
  return made;
}

}  // namespace

const std::vector<LabelUse>* label_uses(std::string_view folded) {
  const auto found = tables().labels.find(std::string(folded));
  return found == tables().labels.end() ? nullptr : &found->second;
}

const std::vector<LabelUse>& labels_of(std::string_view language) {
  static const std::vector<LabelUse> none;
  const auto found = tables().by_language.find(language);
  return found == tables().by_language.end() ? none : found->second;
}

std::optional<SeparatorKind> separator_kind(std::string_view folded) {
  const auto found = tables().separators.find(std::string(folded));
  if (found == tables().separators.end()) return std::nullopt;
  return found->second;
}

std::string_view verb_language(std::string_view folded_word) {
  const auto found = tables().verbs.find(std::string(folded_word));
  if (found != tables().verbs.end()) return found->second;
  if (folded_word.empty() || static_cast<unsigned char>(folded_word.front()) < 0x80) return {};
  for (const auto& [verb, language] : tables().unspaced_verbs) {
    if (folded_word.find(verb) != std::string_view::npos) return language;
  }
  return {};
}

bool is_connector(std::string_view folded_word) { return tables().connectors.contains(std::string(folded_word)); }

int month_named(std::string_view folded_word, std::string_view language) {
  const auto found = tables().months.find(std::string(folded_word));
  if (found == tables().months.end()) return 0;
  const std::string asked = " " + std::string(language) + " ";
  for (const auto& [month, languages] : found->second) {
    if (!language.empty() && languages.find(asked) != std::string_view::npos) return month;
  }
  return found->second.front().first;
}

bool is_weekday(std::string_view folded_word) { return tables().weekdays.contains(std::string(folded_word)); }

}  // namespace threadline::facts
