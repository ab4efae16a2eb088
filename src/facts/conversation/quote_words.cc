// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/quote_words.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/text_map.h"
#include "facts/conversation/tokens.h"
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
struct BehalfRow {
  std::string_view written;
  bool behind;
};

#define THREADLINE_LABEL(...)
#define THREADLINE_SEPARATOR(...)
#define THREADLINE_VERB(...)
#define THREADLINE_CONNECTOR(...)
#define THREADLINE_ATTRIBUTION(...)
#define THREADLINE_ON_BEHALF(...)
#define THREADLINE_BARE(...)
#define THREADLINE_SENT(...)
#define THREADLINE_READER(...)

#undef THREADLINE_LABEL
#define THREADLINE_LABEL(text, field, language) {text, QuoteField::field, language},
constexpr LabelRow kLabels[] = {
#include "facts/conversation/locales.inc"
#include "facts/conversation/quote_words.def"
};
#undef THREADLINE_LABEL
#define THREADLINE_LABEL(...)

#undef THREADLINE_SEPARATOR
#define THREADLINE_SEPARATOR(text, kind) {text, SeparatorKind::kind},
constexpr SeparatorRow kSeparators[] = {
#include "facts/conversation/locales.inc"
#include "facts/conversation/quote_words.def"
};
#undef THREADLINE_SEPARATOR
#define THREADLINE_SEPARATOR(...)

#undef THREADLINE_VERB
#define THREADLINE_VERB(text, unspaced, language) {text, unspaced, language},
constexpr VerbRow kVerbs[] = {
#include "facts/conversation/locales.inc"
#include "facts/conversation/quote_words.def"
};
#undef THREADLINE_VERB
#define THREADLINE_VERB(...)

#undef THREADLINE_CONNECTOR
#define THREADLINE_CONNECTOR(text) text,
constexpr std::string_view kConnectors[] = {
#include "facts/conversation/locales.inc"
#include "facts/conversation/quote_words.def"
};
#undef THREADLINE_CONNECTOR
#define THREADLINE_CONNECTOR(...)

#undef THREADLINE_ATTRIBUTION
#define THREADLINE_ATTRIBUTION(text, language) {text, language},
constexpr AttributionRow kAttributions[] = {
#include "facts/conversation/locales.inc"
#include "facts/conversation/quote_words.def"
};
#undef THREADLINE_ATTRIBUTION
#define THREADLINE_ATTRIBUTION(...)

#undef THREADLINE_BARE
#define THREADLINE_BARE(text) text,
constexpr std::string_view kBare[] = {
#include "facts/conversation/quote_words.def"
};
#undef THREADLINE_BARE
#define THREADLINE_BARE(...)

#undef THREADLINE_SENT
#define THREADLINE_SENT(text) text,
constexpr std::string_view kSent[] = {
#include "facts/conversation/quote_words.def"
};
#undef THREADLINE_SENT
#define THREADLINE_SENT(...)

#undef THREADLINE_READER
#define THREADLINE_READER(text) text,
constexpr std::string_view kReader[] = {
#include "facts/conversation/quote_words.def"
};
#undef THREADLINE_READER
#define THREADLINE_READER(...)

#undef THREADLINE_ON_BEHALF
#define THREADLINE_ON_BEHALF(text, behind) {text, behind},
constexpr BehalfRow kBehalf[] = {
#include "facts/conversation/quote_words.def"
};

/// Languages by the mail that is written in them; a heuristic, for words that several share.
constexpr std::string_view kByUse[] = {"en", "de", "fr", "es", "ru", "ja", "it", "pt", "nl", "pl", "zh",
                                       "tr", "cs", "sv", "da", "no", "fi", "hu", "uk", "ro", "sk", "ko",
                                       "el", "bg", "hr", "ca", "sl", "sr", "lt", "lv", "et"};

/// The tables with their keys folded as the words that are looked up. Made once a process.
struct Tables {
  TextMap<std::vector<LabelUse>> labels;
  std::map<std::string, std::vector<LabelUse>, std::less<>> by_language;
  TextMap<SeparatorKind> separators;
  TextMap<std::string_view> verbs;
  std::vector<std::pair<std::string, std::string_view>> unspaced_verbs;
  TextSet connectors, readers;
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
    if (row.unspaced) {
      tables.unspaced_verbs.emplace_back(text::fold(row.written), row.language);
      continue;
    }
    const auto [verb, is_new] = tables.verbs.emplace(text::fold(row.written), row.language);
    if (!is_new && rank_of(row.language) < rank_of(verb->second)) verb->second = row.language;
  }
}

Tables make_tables() {
  Tables tables;
  add_labels(tables);
  add_verbs(tables);
  for (const SeparatorRow& row : kSeparators) tables.separators.emplace(text::fold(row.written), row.kind);
  for (const std::string_view word : kConnectors) tables.connectors.insert(text::fold(word));
  for (const std::string_view word : kReader) tables.readers.insert(text::fold(word));
  return tables;
}

TextMap<std::vector<BehalfPhrase>> make_behalf_phrases() {
  TextMap<std::vector<BehalfPhrase>> phrases;
  for (const BehalfRow& row : kBehalf) {
    BehalfPhrase phrase{.words = {}, .behind = row.behind};
    for (const Token& token : tokens_of(row.written, 16)) phrase.words.push_back(token.folded);
    const std::string first = phrase.words.front();
    phrases[first].push_back(std::move(phrase));
  }
  return phrases;
}

const Tables& tables() {
  static const Tables made = make_tables();
  return made;
}

}  // namespace

const std::vector<LabelUse>* label_uses(std::string_view folded) {
  const auto found = tables().labels.find(folded);
  return found == tables().labels.end() ? nullptr : &found->second;
}

const std::vector<LabelUse>& labels_of(std::string_view language) {
  static const std::vector<LabelUse> none;
  const auto found = tables().by_language.find(language);
  return found == tables().by_language.end() ? none : found->second;
}

std::size_t rank_of(std::string_view language) {
  return static_cast<std::size_t>(std::ranges::find(kByUse, language) - std::begin(kByUse));
}

const std::vector<BehalfPhrase>* behalf_phrases(std::string_view first_word) {
  static const TextMap<std::vector<BehalfPhrase>> made = make_behalf_phrases();
  const auto found = made.find(first_word);
  return found == made.end() ? nullptr : &found->second;
}

bool says_sent(std::string_view written) { return std::ranges::find(kSent, written) != std::end(kSent); }

std::span<const std::string_view> bare_labels() { return kBare; }

std::span<const AttributionRow> attribution_rows() { return kAttributions; }

std::optional<SeparatorKind> separator_kind(std::string_view folded) {
  const auto found = tables().separators.find(folded);
  if (found == tables().separators.end()) return std::nullopt;
  return found->second;
}

std::string_view verb_language(std::string_view folded_word) {
  const auto found = tables().verbs.find(folded_word);
  if (found != tables().verbs.end()) return found->second;
  if (folded_word.empty() || static_cast<unsigned char>(folded_word.front()) < 0x80) return {};
  for (const auto& [verb, language] : tables().unspaced_verbs) {
    if (folded_word.find(verb) != std::string_view::npos) return language;
  }
  return {};
}

bool is_reader(std::string_view folded_word) { return tables().readers.contains(folded_word); }

bool is_connector(std::string_view folded_word) { return tables().connectors.contains(folded_word); }

}  // namespace threadline::facts
