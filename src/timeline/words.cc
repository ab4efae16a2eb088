// SPDX-License-Identifier: Apache-2.0
#include "timeline/words.h"

#include <algorithm>
#include <unordered_map>

namespace threadline::timeline {
namespace {

using Index = std::unordered_map<std::string_view, const Entry*>;

const Index& index() {
  static const Index kIndex = [] {
    Index made;
    for (const Entry& entry : all_words()) made.emplace(entry.key, &entry);
    return made;
  }();
  return kIndex;
}

const std::string* value_of(std::string_view name, const Values& values) {
  const auto found = std::ranges::find(values, name, &Values::value_type::first);
  return found == values.end() || found->second.empty() ? nullptr : &found->second;
}

/// Appends the template with its names replaced. False when a name had no value.
bool append_filled(std::string& to, std::string_view form, const Values& values) {
  bool whole = true;
  std::size_t at = 0;
  while (at < form.size()) {
    const std::size_t open = form.find('{', at);
    const std::size_t close = open == std::string_view::npos ? open : form.find('}', open);
    if (close == std::string_view::npos) break;
    to += form.substr(at, open - at);
    const std::string* value = value_of(form.substr(open + 1, close - open - 1), values);
    if (value != nullptr) to += *value;
    whole = whole && value != nullptr;
    at = close + 1;
  }
  to += form.substr(at);
  return whole;
}

void append_group(std::string& to, std::string_view group, const Values& values) {
  std::string filled;
  if (append_filled(filled, group, values)) to += filled;
}

}  // namespace

const std::vector<Entry>& all_words() {
  static const std::vector<Entry> kEntries{
#define THREADLINE_WORDS(key, french, english) {key, french, english},
#include "timeline/case_words.def"
#include "timeline/log_words.def"
#include "timeline/page_words.def"
#include "timeline/words.def"
#undef THREADLINE_WORDS
#define THREADLINE_NOTE(code, kind, french, english) {"note." #code, french, english},
#include "base/notes.def"
#undef THREADLINE_NOTE
  };
  return kEntries;
}

std::optional<std::string_view> known_words(std::string_view key, Language language) {
  const auto found = index().find(key);
  if (found == index().end()) return std::nullopt;
  return language == Language::fr ? found->second->french : found->second->english;
}

std::string_view words(std::string_view key, Language language) { return known_words(key, language).value_or(key); }

std::string phrase(std::string_view key, Language language, const Values& values) {
  const std::string_view form = words(key, language);
  std::string text;
  std::size_t at = 0;
  while (at < form.size()) {
    const std::size_t open = form.find('[', at);
    const std::size_t close = open == std::string_view::npos ? open : form.find(']', open);
    if (close == std::string_view::npos) break;
    append_filled(text, form.substr(at, open - at), values);
    append_group(text, form.substr(open + 1, close - open - 1), values);
    at = close + 1;
  }
  append_filled(text, form.substr(at), values);
  return text;
}

}  // namespace threadline::timeline
