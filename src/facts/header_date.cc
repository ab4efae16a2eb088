// SPDX-License-Identifier: Apache-2.0
#include "facts/header_date.h"

#include <algorithm>
#include <bit>
#include <string>
#include <string_view>

#include "facts/conversation/date_words.h"
#include "facts/conversation/tokens.h"
#include "facts/conversation/written_date.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kDateBytes = 200;  ///< of a field; what is longer is no date

/// 0 is Sunday.
unsigned weekday_of(const CivilTime& civil) {
  constexpr std::int64_t kDay = 86'400, kEpochWeekday = 4;
  const auto at = instant_of({civil.year, civil.month, civil.day, 0, 0, 0}, 0);
  return at ? static_cast<unsigned>(((at->seconds / kDay + kEpochWeekday) % 7 + 7) % 7) : 7U;
}

/// The day's own name in short ("Lun"), which in running text could be a word of another language.
bool is_own_weekday(std::string_view word, const CivilTime& civil) {
  const std::string marked = std::string(trimmed_line(word)) + ",";
  const auto tokens = tokens_of(marked, 3);
  if (tokens.size() != 2) return false;
  const auto name = weekday_at(tokens, 0, {});
  return name && (static_cast<unsigned>(name->days) >> weekday_of(civil) & 1U) != 0;
}

/// Blanks and marks, or a zone's name in a comment.
bool is_nothing_more(std::string_view rest) {
  rest = trimmed_line(rest);
  if (rest.starts_with('(') && rest.ends_with(')')) return true;
  return rest.find_first_not_of(" \t,.;") == std::string_view::npos;
}

/// Whether a word of the text names that month, and no word that does names another, too.
bool is_named_once(std::string_view text, int month) {
  const unsigned own = 1U << static_cast<unsigned>(month);
  bool is_named = false;
  for (const Token& token : tokens_of(text, kDateBytes)) {
    const unsigned months = token.kind == TokenKind::word ? months_named(token.folded) : 0U;
    if ((months & own) == 0) continue;
    if (std::popcount(months) > 1) return false;
    is_named = true;
  }
  return is_named;
}

std::optional<Stamp> localized_date(std::string_view text) {
  if (text.size() > kDateBytes) return std::nullopt;
  const auto date = find_date(text, {});
  if (!date || !date->civil || date->wrong_weekday || !is_named_once(text, date->civil->month)) return std::nullopt;
  const std::string_view before = text.substr(0, date->begin);
  if (!is_nothing_more(before) && !is_own_weekday(before, *date->civil)) return std::nullopt;
  if (!is_nothing_more(text.substr(date->end))) return std::nullopt;
  return stamp_of(*date, text, 0);
}

}  // namespace

std::optional<Stamp> header_date(const message::Message& message) {
  if (message.date) return message.date;
  const message::HeaderField* field = message.field("Date");
  return field == nullptr ? std::nullopt : localized_date(trimmed_line(field->value));
}

}  // namespace threadline::facts
