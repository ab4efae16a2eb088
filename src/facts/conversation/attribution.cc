// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <utility>

#include "facts/conversation/attribution_form.h"
#include "facts/conversation/introduction.h"
#include "facts/conversation/quote_words.h"
#include "facts/conversation/sender.h"
#include "facts/conversation/tokens.h"
#include "facts/conversation/written_date.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kMostLines = 4;  ///< over which clients wrap an attribution
constexpr std::size_t kMostBytes = 700;
constexpr std::size_t kMostTokens = 120;
constexpr std::size_t kNameTokens = 12;  ///< of a name without address

bool ends_like_attribution(std::string_view words) {
  return words.ends_with(':') || words.ends_with("\uff1a") || words.ends_with("\u17d6");
}

/// Whether enough numbers are there for a day, a year, an hour and a minute. Digits of other scripts are taken on trust.
bool may_hold_date_and_time(std::string_view text) {
  std::size_t groups = 0;
  bool inside = false;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    groups += digit && !inside ? 1U : 0U;
    inside = digit;
  }
  return groups >= 4 || text.find_first_of("\xd9\xdb\xe0") != std::string_view::npos;
}

/// Whether characters of the block are there that hold the invisible ones (directions around Hebrew and Arabic names).
bool has_invisible(std::string_view text) { return text.find("\xe2\x80") != std::string_view::npos; }

/// "---- X wrote ----", as some phones write it.
bool is_dashed(std::string_view words) { return words.size() > 8 && words.starts_with("--") && words.ends_with("--"); }

std::string without_dashes(std::string_view words) {
  const std::size_t begin = words.find_first_not_of("- "), end = words.find_last_not_of("- ");
  return begin == std::string_view::npos ? std::string() : std::string(words.substr(begin, end + 1 - begin));
}

std::string joined(const ReadText& body, const std::vector<Line>& lines, std::size_t first, std::size_t last) {
  std::string text;
  for (std::size_t line = first; line <= last; ++line) {
    if (!text.empty()) text += ' ';
    text += words_of(body, lines[line]);
  }
  return has_invisible(text) ? text::without_invisible(text) : text;
}

/// What one candidate says.
struct Reading {
  std::string_view language;  ///< of the verb; empty without one
  bool has_verb = false;
  std::optional<WrittenDate> date;
  std::string date_words;  ///< where no grammar reads the date of a known form
  message::Address from;
  std::optional<message::Address> on_behalf_of;
  std::size_t name_tokens = 0;
  bool begins_well = false;  ///< with a fixed word, a weekday, the date or the author
  bool formed = false;       ///< a form of the table, from its first word to its last
  bool whole = false;        ///< `formed`, with a date in it
  std::string_view verb;     ///< as the table or the text writes it
};

bool is_fixed_word(const Token& token, bool may_be_capital) {
  if (token.kind != TokenKind::word) return false;
  const char first = token.text.front();
  if (token.folded == "uhr") return true;
  if (!may_be_capital && first >= 'A' && first <= 'Z') return false;
  return is_connector(token.folded) || !verb_language(token.folded).empty() || token.folded == "he" || token.folded == "at";
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
void set_author(std::string_view words, std::size_t tokens, Reading& reading) {
  const std::size_t close = words.rfind('>');
  if (close != std::string_view::npos && words.find('@') < close) words = words.substr(0, close + 1);
  Sender sender = read_sender(words);
  reading.from = {unquoted(sender.from.name), std::move(sender.from.address)};
  reading.on_behalf_of = std::move(sender.on_behalf_of);
  reading.name_tokens = tokens;
}

/// Without a known form: the words before or behind the date that are not fixed ones.
void guess_author(std::string_view text, const std::vector<Token>& tokens, Reading& reading) {
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
bool read_form(std::string_view text, const std::vector<Token>& tokens, Reading& reading) {
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

void find_verb(const std::vector<Token>& tokens, Reading& reading) {
  for (const Token& token : tokens) {
    if (token.kind != TokenKind::word) continue;
    if (const std::string_view language = verb_language(token.folded); !language.empty())
      reading.language = language, reading.has_verb = true, reading.verb = token.text;
  }
}

Reading read(std::string_view text) {
  Reading reading;
  const std::vector<Token> tokens = tokens_of(text, kMostTokens);
  find_verb(tokens, reading);
  reading.date = find_date(text, reading.language);
  if (tokens.empty() || read_form(text, tokens, reading)) return reading;
  guess_author(text, tokens, reading);
  const bool early = reading.date && reading.date->begin <= 24 && (tokens.size() < 3 || reading.date->begin <= tokens[2].end + 2);
  const bool author = !reading.from.address.empty() && text.find(reading.from.name) <= 2;
  reading.begins_well = early || author || is_fixed_word(tokens.front(), true);
  return reading;
}

bool is_deeper_next(const std::vector<Line>& lines, std::size_t at) {
  std::size_t next = at + 1;
  while (next < lines.size() && next < at + 5 && lines[next].blank) ++next;
  return next < lines.size() && !lines[next].blank && lines[next].depth > lines[at].depth;
}

/// Whether the address is the last thing before the colon, as it is where no verb stands ("5 Apr 2018, 10:37, X <x@y>:").
bool ends_with_author(const Reading& reading, std::string_view text) {
  const std::string& address = reading.from.address;
  const std::size_t at = address.empty() ? std::string_view::npos : text.rfind(address);
  return at != std::string_view::npos && text.size() - at - address.size() <= 6;
}

bool is_complete(const Reading& reading, bool deeper, std::string_view text) {
  const bool author = !reading.from.address.empty() || (!reading.from.name.empty() && reading.name_tokens <= kNameTokens);
  if (!reading.date || !author || !reading.begins_well) return false;
  return reading.has_verb || deeper || ends_with_author(reading, text);
}

bool is_enough(const Reading& reading, bool deeper, std::string_view text) {
  const bool address = reading.from.address.find('@') != std::string::npos;
  if (reading.has_verb && address) return deeper || text.size() < 160;
  if (reading.has_verb && deeper && (!reading.from.name.empty() || reading.date)) return reading.name_tokens <= kNameTokens;
  return false;
}

/// How sure a reading is; the surest of one to four lines is taken, of equal ones the shortest.
enum class Worth { none, enough, complete, whole };

Worth worth_of(const Reading& reading, bool deeper, std::string_view text) {
  if (is_complete(reading, deeper, text)) return reading.whole ? Worth::whole : Worth::complete;
  return is_enough(reading, deeper, text) ? Worth::enough : Worth::none;
}

/// A form of the table with a date, a form or a date before an address, or Gmail's old "2016-03-03 17:21 GMT+01:00 X".
bool is_sure_without_colon(const Reading& reading, std::string_view text) {
  const bool address = !reading.from.address.empty();
  const bool zoned = reading.date && reading.date->begin == 0 && reading.date->offset_minutes && reading.name_tokens <= 6;
  return reading.whole || zoned || (address && (reading.formed || (reading.date && ends_with_author(reading, text))));
}

/// Whether a reading over one more line finds the name to an address that stood alone.
bool adds_name(const Reading& reading, const Introduction& shorter) {
  return reading.formed && shorter.from.name.empty() && !reading.from.name.empty() &&
         reading.from.address == shorter.from.address;
}

std::string style_of(const Reading& reading) {
  return reading.has_verb ? std::string(reading.language) + " " + std::string(reading.verb) : std::string();
}

Introduction introduction_of(const Reading& reading, std::string_view text, int offset) {
  Introduction introduction;
  introduction.form = QuoteForm::attribution;
  introduction.from = reading.from;
  introduction.on_behalf_of = reading.on_behalf_of;
  introduction.date_text = reading.date_words;
  introduction.style = style_of(reading);
  if (reading.date) {
    introduction.date_text = std::string(text.substr(reading.date->begin, reading.date->end - reading.date->begin));
    introduction.date = stamp_of(*reading.date, introduction.date_text, offset);
    introduction.wrong_weekday = reading.date->wrong_weekday;
  }
  return introduction;
}

}  // namespace

std::optional<Introduction> attribution_at(const ReadText& body, const std::vector<Line>& lines, std::size_t at,
                                           std::size_t earliest, int carrier_offset_minutes) {
  const std::string_view last = words_of(body, lines[at]);
  const bool deeper = is_deeper_next(lines, at), colon = ends_like_attribution(last) || is_dashed(last);
  if (!colon && !deeper) return std::nullopt;
  std::optional<Introduction> best;
  Worth most = Worth::none;
  for (std::size_t back = 0; back < kMostLines && back <= at && at - back >= earliest; ++back) {
    const Line& line = lines[at - back];
    if (most == Worth::whole && !best->from.name.empty()) break;
    if (line.blank || line.depth != lines[at].depth) break;
    if (back > 0 && ends_like_attribution(words_of(body, line))) break;  // another sentence
    const std::string text = is_dashed(last) ? without_dashes(last) : joined(body, lines, at - back, at);
    if (text.size() > kMostBytes) break;
    if (!deeper && text.find('@') == std::string::npos && !may_hold_date_and_time(text)) continue;
    const Reading reading = read(text);
    if (!colon && !is_sure_without_colon(reading, text)) continue;
    const Worth worth = worth_of(reading, deeper, text);
    if (worth < most || worth == Worth::none || (worth == most && !adds_name(reading, *best))) continue;
    most = worth;
    best = introduction_of(reading, text, carrier_offset_minutes);
    best->first = at - back;
    best->last = at;
  }
  return best;
}

}  // namespace threadline::facts
