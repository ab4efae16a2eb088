// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "facts/conversation/attribution_reading.h"
#include "facts/conversation/introduction.h"
#include "facts/conversation/quote_marks.h"
#include "facts/conversation/quote_words.h"
#include "facts/conversation/tokens.h"
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

/// "---- X wrote ----", as some phones write it, and GroupWise's ">>> X 5/4/2018 10:37 >>>".
bool is_framed(std::string_view words) {
  return words.size() > 8 && ((words.starts_with("--") && words.ends_with("--")) || is_chevroned(words));
}

/// How many lines above the last one the frame opens that it closes, "---- On Mon, 5 Apr 2018 X" / "<x@y> wrote ----", where a
/// client wrapped it; nothing where no frame is.
std::optional<std::size_t> frame_above(const ReadText& body, const std::vector<Line>& lines, std::size_t at) {
  constexpr std::string_view kDashes = "----";
  const std::string_view last = words_of(body, lines[at]);
  if (is_framed(last)) return 0;
  if (!last.ends_with(kDashes)) return std::nullopt;
  for (std::size_t back = 1; back < kMostLines && back <= at; ++back) {
    const Line& line = lines[at - back];
    if (line.blank || line.depth != lines[at].depth) break;
    const std::string_view words = words_of(body, line);
    if (words.starts_with(kDashes) && !words.ends_with(kDashes)) return back;
  }
  return std::nullopt;
}

std::string without_frame(std::string_view words) {
  const std::size_t begin = words.find_first_not_of("-> "), end = words.find_last_not_of(is_chevroned(words) ? "> " : "- ");
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

bool is_deeper_next(const std::vector<Line>& lines, std::size_t at) {
  std::size_t next = at + 1;
  while (next < lines.size() && next < at + 5 && lines[next].blank) ++next;
  return next < lines.size() && !lines[next].blank && lines[next].depth > lines[at].depth;
}

/// Whether the address is the last thing before the colon, as it is where no verb stands ("5 Apr 2018, 10:37, X <x@y>:").
bool ends_with_author(const AttributionReading& reading, std::string_view text) {
  const std::string& address = reading.from.address;
  const std::size_t at = address.empty() ? std::string_view::npos : text.rfind(address);
  return at != std::string_view::npos && text.size() - at - address.size() <= 6;
}

bool begins_low(std::string_view name) { return !name.empty() && name.front() >= 'a' && name.front() <= 'z'; }

bool is_complete(const AttributionReading& reading, bool deeper, std::string_view text) {
  const bool author =
      !reading.from.address.empty() || reading.reader || (!reading.from.name.empty() && reading.name_tokens <= kNameTokens);
  if (!reading.date || !author || !reading.begins_well) return false;
  if (!deeper && !reading.formed && reading.from.address.empty() && begins_low(reading.from.name)) return false;  // a sentence
  return reading.has_verb || deeper || ends_with_author(reading, text);
}

bool is_enough(const AttributionReading& reading, bool deeper, std::string_view text) {
  const bool address = reading.from.address.find('@') != std::string::npos;
  if (reading.has_verb && address) return deeper || text.size() < 160;
  if (reading.has_verb && deeper && (!reading.from.name.empty() || reading.date)) return reading.name_tokens <= kNameTokens;
  return false;
}

/// How sure a reading is; the surest of one to four lines is taken, of equal ones the shortest.
enum class Worth { none, enough, complete, whole };

Worth worth_of(const AttributionReading& reading, bool deeper, std::string_view text) {
  if (is_complete(reading, deeper, text)) return reading.whole ? Worth::whole : Worth::complete;
  return is_enough(reading, deeper, text) ? Worth::enough : Worth::none;
}

/// A form of the table with a date, a form or a date before an address, or Gmail's old "2016-03-03 17:21 GMT+01:00 X".
bool is_sure_without_colon(const AttributionReading& reading, std::string_view text) {
  const bool address = !reading.from.address.empty();
  const bool zoned = reading.date && reading.date->begin == 0 && reading.date->offset_minutes && reading.name_tokens <= 6;
  return reading.whole || zoned || (address && (reading.formed || (reading.date && ends_with_author(reading, text))));
}

/// Whether a reading over one more line finds the name to an address that stood alone.
bool adds_name(const AttributionReading& reading, const Introduction& shorter) {
  return reading.formed && shorter.from.name.empty() && !reading.from.name.empty() &&
         reading.from.address == shorter.from.address;
}

std::string style_of(const AttributionReading& reading) {
  return reading.has_verb ? std::string(reading.language) + " " + reading.verb : std::string();
}

Introduction introduction_of(const AttributionReading& reading, std::string_view text, int offset) {
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

/// Where in the text an attribution begins behind other words of its line; 0 where only marks stand before it.
std::size_t cut_at(const ReadText& body, const Line& line, std::string_view text, std::size_t cut) {
  constexpr std::size_t kKnownBytes = 12;
  const std::string_view words = words_of(body, line);
  const std::size_t at = cut == 0 ? std::string_view::npos : words.find(text.substr(cut, kKnownBytes));
  if (at == std::string_view::npos) return 0;
  std::string_view before = trimmed_line(words.substr(0, at));
  if (before.ends_with("--")) before = trimmed_line(before.substr(0, before.find_last_not_of('-') + 1));
  const std::vector<Token> tokens = tokens_of(before, kMostTokens);
  if (std::ranges::all_of(tokens, [](const Token& token) { return token.kind == TokenKind::mark; })) return 0;
  return static_cast<std::size_t>(before.data() - body.text.data()) + before.size();
}

}  // namespace

std::optional<Introduction> attribution_at(const ReadText& body, const std::vector<Line>& lines, std::size_t at,
                                           std::size_t earliest, int carrier_offset_minutes) {
  const std::string_view last = words_of(body, lines[at]);
  const std::optional<std::size_t> frame = frame_above(body, lines, at);
  const bool framed = frame.has_value(), colon = ends_like_attribution(last) || framed;
  const bool deeper = is_deeper_next(lines, at) || is_chevroned(last);
  if (!colon && !deeper) return std::nullopt;
  std::optional<Introduction> best;
  Worth most = Worth::none;
  std::size_t most_lines = kMostLines;
  for (std::size_t back = frame.value_or(0); back < most_lines && back <= at && at - back >= earliest; ++back) {
    const Line& line = lines[at - back];
    if (most == Worth::whole && !best->from.name.empty()) break;
    if (line.blank && back > 0 && words_of(body, lines[at - back + 1]) == "<") {  // of a link of its own
      ++most_lines;
      continue;
    }
    if (line.blank || line.depth != lines[at].depth || (framed && back > *frame)) break;
    if (back > 0 && !framed && ends_like_attribution(words_of(body, line))) break;  // another sentence
    std::string text = joined(body, lines, at - back, at);
    if (framed) text = without_frame(text);
    if (text.size() > kMostBytes) break;
    if (!deeper && text.find('@') == std::string::npos && !may_hold_date_and_time(text)) continue;
    AttributionReading reading = read_attribution(text, deeper);
    reading.begins_well = reading.begins_well || framed;
    if (!colon && !is_sure_without_colon(reading, text)) continue;
    const Worth worth = worth_of(reading, deeper, text);
    if (worth < most || worth == Worth::none || (worth == most && !adds_name(reading, *best))) continue;
    most = worth;
    best = introduction_of(reading, text, carrier_offset_minutes);
    best->first = at - back;
    best->last = at;
    best->begin = cut_at(body, line, text, reading.cut);
  }
  return best;
}

std::optional<Introduction> marked_attribution(const ReadText& body, const std::vector<Line>& lines, std::size_t first,
                                               std::size_t last, int carrier_offset_minutes) {
  const std::string text = joined(body, lines, first, last);
  if (text.size() > kMostBytes) return std::nullopt;
  const AttributionReading reading = read_attribution(text, false);
  if (!reading.date && reading.from.address.find('@') == std::string::npos) return std::nullopt;
  Introduction found = introduction_of(reading, text, carrier_offset_minutes);
  if (!reading.has_verb) found.from.name.clear();
  found.first = first;
  found.last = last;
  return found;
}

}  // namespace threadline::facts
