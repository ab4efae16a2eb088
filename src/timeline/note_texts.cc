// SPDX-License-Identifier: Apache-2.0
#include "timeline/note_texts.h"

#include <optional>
#include <vector>

namespace threadline::timeline {
namespace {

constexpr NoteText kTexts[] = {
#define THREADLINE_NOTE_TEXT(english, french) {english, french},
#include "timeline/note_texts.def"
#undef THREADLINE_NOTE_TEXT
};
constexpr std::string_view kAny = "{}";

using Kept = std::vector<std::string_view>;

/// The words that stand for each "{}" of the pattern, the shortest that fit; nothing where the text is not of that form. They are
/// one piece of it, at its end any number.
std::optional<Kept> matched(std::string_view text, std::string_view pattern) {
  Kept kept;
  std::size_t hole = pattern.find(kAny);
  if (!text.starts_with(pattern.substr(0, hole))) return std::nullopt;
  if (hole == std::string_view::npos) return text == pattern ? std::optional(kept) : std::nullopt;
  text.remove_prefix(hole);
  while (hole != std::string_view::npos) {
    pattern.remove_prefix(hole + kAny.size());
    hole = pattern.find(kAny);
    const std::string_view next = pattern.substr(0, hole);
    if (hole == std::string_view::npos && !text.ends_with(next)) return std::nullopt;
    const std::size_t end = hole == std::string_view::npos ? text.size() - next.size() : text.find(next);
    if (end == std::string_view::npos || end == 0) return std::nullopt;
    const bool is_last = hole == std::string_view::npos && next.empty();
    if (!is_last && text.substr(0, end).find(": ") != std::string_view::npos) return std::nullopt;
    kept.push_back(text.substr(0, end));
    text.remove_prefix(end + next.size());
  }
  return kept;
}

std::string filled(std::string_view pattern, const Kept& kept) {
  std::string out;
  for (const std::string_view words : kept) {
    const std::size_t hole = pattern.find(kAny);
    out.append(pattern.substr(0, hole)).append(words);
    pattern.remove_prefix(hole + kAny.size());
  }
  return out.append(pattern);
}

/// Lines without a "{}" first: "further ones are not read" before "{} are not read".
std::optional<std::string> known_text(std::string_view text) {
  for (const NoteText& entry : kTexts) {
    if (entry.english == text) return std::string(entry.french);
  }
  for (const NoteText& entry : kTexts) {
    if (const auto kept = matched(text, entry.english)) return filled(entry.french, *kept);
  }
  return std::nullopt;
}

/// Words that the table does not have: a value, a name, or what somebody else's program says, then in quotes.
std::string foreign_text(std::string_view text) {
  if (text.find(' ') == std::string_view::npos) return std::string(text);
  return std::string("\u00ab ").append(text).append(" \u00bb");
}

}  // namespace

std::string note_text(std::string_view text, Language language) {
  if (language == Language::en) return std::string(text);
  std::string out;
  while (true) {
    if (auto known = known_text(text)) return out.append(*known);
    const std::size_t colon = text.find(": ");
    if (colon == std::string_view::npos) return out.append(foreign_text(text));
    const std::string_view piece = text.substr(0, colon);
    out.append(known_text(piece).value_or(std::string(piece))).append(" : ");
    text.remove_prefix(colon + 2);
  }
}

std::span<const NoteText> all_note_texts() { return kTexts; }

}  // namespace threadline::timeline
