// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/attribution_reading.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/kept_answers.h"
#include "facts/conversation/attribution_form.h"
#include "facts/conversation/quote_words.h"
#include "facts/conversation/sender.h"
#include "facts/conversation/tokens.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kMostTokens = 120;

bool is_fixed_word(const Token& token, bool may_be_capital) {
  if (token.kind != TokenKind::word) return false;
  const char first = token.text.front();
  if (token.folded == "uhr") return true;
  if (!may_be_capital && first >= 'A' && first <= 'Z') return false;
  return is_connector(token.folded) || !verb_language(token.folded).empty() || token.folded == "he" || token.folded == "at" ||
         token.folded == "from";
}

bool is_edge_mark(const Token& token, std::string_view marks) {
  if (token.kind != TokenKind::mark) return false;
  if (token.text.size() == 1) return marks.find(token.text[0]) != std::string_view::npos;
  return token.text == "\uff0c" || token.text == "\uff1a" || token.text == "\u3001" || token.text == "\u2013" ||
         token.text == "\u17d6" || token.text == "\u060c";
}

/// The words of [begin, end) without the fixed words and marks at both ends.
std::pair<std::string_view, std::size_t> name_zone(std::string_view text, const std::vector<Token>& tokens, std::size_t begin,
                                                   std::size_t end) {
  std::size_t first = 0;
  while (first < tokens.size() && tokens[first].begin < begin) ++first;
  std::size_t last = first;
  while (last < tokens.size() && tokens[last].end <= end) ++last;
  while (first < last && (is_edge_mark(tokens[first], ",;:.-)/|>") || is_fixed_word(tokens[first], first == 0))) ++first;
  while (first < last && (is_edge_mark(tokens[last - 1], ",;:-(/|<") || is_fixed_word(tokens[last - 1], false))) --last;
  if (last - first == 0) return {{}, 0};
  return {text.substr(tokens[first].begin, tokens[last - 1].end - tokens[first].begin), last - first};
}

/// A name without the quotation marks of its language, and without a parenthesis that has lost its partner.
std::string unquoted(std::string_view name) {
  static constexpr std::array<std::string_view, 8> kMarks{"\u00ab", "\u00bb", "\u201e", "\u201d",
                                                          "\u201c", "\u2039", "\u203a", "\""};
  for (bool again = true; again;) {
    again = false;
    name = trimmed_line(name);
    for (const std::string_view mark : kMarks) {
      if (name.starts_with(mark)) name.remove_prefix(mark.size()), again = true;
      if (name.ends_with(mark)) name.remove_suffix(mark.size()), again = true;
    }
    if (name.ends_with('(')) name.remove_suffix(1), again = true;
  }
  return std::string(name);
}

/// The author that a stretch of the attribution names.
void set_author(std::string_view words, std::size_t tokens, AttributionReading& reading) {
  const std::size_t close = words.rfind('>');
  if (close != std::string_view::npos && words.find('@') < close) words = words.substr(0, close + 1);
  Sender sender = read_sender(plain_person(words));
  reading.from = {unquoted(sender.from.name), std::move(sender.from.address)};
  reading.reader = reading.from.address.empty() && is_reader(text::fold(reading.from.name));
  if (reading.reader) reading.from.name.clear();
  reading.on_behalf_of = std::move(sender.on_behalf_of);
  reading.name_tokens = tokens;
}

/// Without a known form: the words before or behind the date that are not fixed ones.
void guess_author(std::string_view text, const std::vector<Token>& tokens, AttributionReading& reading) {
  const std::size_t cut = reading.date ? reading.date->begin : text.size();
  const std::size_t resume = reading.date ? reading.date->end : text.size();
  const auto before = name_zone(text, tokens, 0, cut);
  const auto after = name_zone(text, tokens, resume, text.size());
  const bool in_before = before.first.find('@') != std::string_view::npos;
  const bool in_after = after.first.find('@') != std::string_view::npos;
  const auto zone = in_after || (!in_before && after.second >= 1) ? after : before;
  set_author(zone.first, zone.second, reading);
}

TokenRange tokens_in(const std::vector<Token>& tokens, std::size_t begin, std::size_t end) {
  TokenRange range;
  while (range.first < tokens.size() && tokens[range.first].begin < begin) ++range.first;
  range.last = range.first;
  while (range.last < tokens.size() && tokens[range.last].end <= end) ++range.last;
  return range;
}

/// Reads an attribution whose whole form the table knows.
bool read_form(std::string_view text, const std::vector<Token>& tokens, AttributionReading& reading) {
  const TokenRange date = reading.date ? tokens_in(tokens, reading.date->begin, reading.date->end) : TokenRange{};
  const auto form = attribution_form(tokens, date);
  if (!form || form->author.first >= form->author.last) return false;
  const std::size_t begin = tokens[form->author.first].begin, end = tokens[form->author.last - 1].end - form->suffix;
  std::string_view words = text.substr(begin, end - begin);
  while (words.ends_with(',') || words.ends_with(':') || words.ends_with('-')) words.remove_suffix(1);
  set_author(words, form->author.last - form->author.first, reading);
  reading.language = form->language;
  reading.verb = form->verb;
  reading.has_verb = reading.begins_well = reading.formed = true;
  reading.whole = reading.date.has_value();
  if (!reading.date && form->date.last > form->date.first)
    reading.date_words =
        text.substr(tokens[form->date.first].begin, tokens[form->date.last - 1].end - tokens[form->date.first].begin);
  return true;
}

/// Reads a known form that begins behind other words ("Thanks! On ..., X wrote:").
bool read_form_behind(std::string_view text, const std::vector<Token>& tokens, AttributionReading& reading) {
  const auto is_name = [&](const Token& token) {
    return token.begin >= reading.date->end && token.kind == TokenKind::word && !is_fixed_word(token, false);
  };
  if (!reading.date || !reading.has_verb || std::ranges::none_of(tokens, is_name)) return false;
  for (std::size_t at = 1; at < tokens.size() && tokens[at].begin < reading.date->begin; ++at) {
    if (tokens[at].kind == TokenKind::mark && tokens[at].text == "@") return false;
    if (tokens[at].kind != TokenKind::word || !begins_form(tokens[at].folded)) continue;
    const std::vector<Token> rest(tokens.begin() + static_cast<std::ptrdiff_t>(at), tokens.end());
    if (!read_form(text, rest, reading)) continue;
    reading.cut = tokens[at].begin;
    return true;
  }
  return false;
}

void find_verb(const std::vector<Token>& tokens, AttributionReading& reading) {
  for (const Token& token : tokens) {
    if (token.kind != TokenKind::word) continue;
    if (const std::string_view language = verb_language(token.folded); !language.empty())
      reading.language = language, reading.has_verb = true, reading.verb = token.text;
  }
}

/// BlueMail says the time twice ("10 mars 2025 a 09:40, a 09:40, Jean"): the date ends behind the second.
void take_repeated_time(std::string_view text, WrittenDate& date) {
  constexpr std::size_t kShortestTime = 4, kWordBetween = 12;
  const std::string_view written = text.substr(date.begin, date.end - date.begin);
  const std::string_view time = written.substr(written.rfind(' ') + 1);  // npos + 1 is 0
  if (time.size() < kShortestTime || time.find(':') == std::string_view::npos) return;
  const std::size_t again = text.find(time, date.end);
  if (again == std::string_view::npos || again - date.end > kWordBetween) return;
  const std::string_view between = text.substr(date.end, again - date.end);
  const bool is_apart = between.starts_with(',') && between.ends_with(' ');
  if (is_apart && between.find_first_of("0123456789<>@") == std::string_view::npos) date.end = again + time.size();
}

/// OTRS and Znuny say whose zone it is: "07.09.2026 10:02 (Europe/Berlin) - Jane schrieb".
void take_zone_name(std::string_view text, WrittenDate& date) {
  const std::string_view behind = text.substr(date.end);
  const std::size_t end = behind.find(')');
  if (!behind.starts_with(" (") || end == std::string_view::npos) return;
  const std::string_view zone = behind.substr(2, end - 2);
  const std::size_t slash = zone.find('/');
  const bool is_zone = slash != std::string_view::npos && zone.find_first_of(" @<,") == std::string_view::npos;
  if (is_zone && date.has_time) date.end += end + 1;
}

/// The date, without the begin of an address that looks like its zone ("15:59, me@firm.example").
std::optional<WrittenDate> date_in(std::string_view text, std::string_view language) {
  auto date = find_date(text, language);
  if (date && date->end < text.size() && text[date->end] == '@') {
    const std::size_t edge = text.find_last_of(" ,", date->end);
    if (edge == std::string_view::npos || edge <= date->begin) return std::nullopt;
    date = find_date(text.substr(0, edge), language);
  }
  if (date) take_repeated_time(text, *date);
  if (date) take_zone_name(text, *date);
  return date;
}

AttributionReading read_anew(std::string_view text, bool deeper) {
  AttributionReading reading;
  const std::vector<Token> tokens = tokens_of(text, kMostTokens);
  find_verb(tokens, reading);
  reading.date = date_in(text, reading.language);
  if (!reading.date && deeper && reading.has_verb)
    reading.date = find_day_alone(text.substr(0, text.find_first_of("<@")), reading.language);
  if (tokens.empty()) return reading;
  const bool known = begins_form(tokens.front().folded);
  if (deeper && !known && read_form_behind(text, tokens, reading)) return reading;
  if (read_form(text, tokens, reading)) return reading;
  if (deeper && known && read_form_behind(text, tokens, reading)) return reading;
  guess_author(text, tokens, reading);
  const bool early = reading.date && reading.date->begin <= 24 && (tokens.size() < 3 || reading.date->begin <= tokens[2].end + 2);
  const bool author = !reading.from.address.empty() && text.find(reading.from.name) <= 2;
  reading.begins_well = early || author || is_fixed_word(tokens.front(), true);
  return reading;
}

}  // namespace

AttributionReading read_attribution(std::string_view text, bool deeper) {
  thread_local KeptAnswers<AttributionReading> kept, kept_deeper;
  return (deeper ? kept_deeper : kept).of(text, [&] { return read_anew(text, deeper); });
}

}  // namespace threadline::facts
