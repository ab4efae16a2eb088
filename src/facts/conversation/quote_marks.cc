// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/quote_marks.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>

#include "facts/conversation/quote_words.h"
#include "facts/conversation/tokens.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kInitials = 12;  ///< letters before ">" that name who is quoted
constexpr std::size_t kAttributionBytes = 700;
constexpr std::size_t kAddressLines = 4;  ///< between "<" and ">" on lines of their own

/// Quote marks other than ">": "|" or "AB>".
struct Mark {
  std::string_view initials;
  char sign = '\0';
};

/// Takes the marks from `at` on for words.
void unmark(const ReadText& body, std::size_t at, Line& line) {
  const std::string_view marks = std::string_view(body.text).substr(at, line.body - at);
  line.depth -= static_cast<std::uint32_t>(std::ranges::count(marks, '>'));
  line.body = place_of(at);
  line.blank = false;
}

/// GroupWise's ">>> X 5/4/2018 10:37 >>>", SuperCite's ">>>>> "X" == X Y writes:" and ornaments (">>> here <<<"). Of GroupWise's
/// marks the last three are its own: those before them quote the line (">>>> X 5/4/2018 10:37 >>>").
void unmark_heading(const ReadText& body, Line& line) {
  if (line.blank || line.body < line.begin + 3) return;
  const std::string_view words = words_of(body, line);
  const bool groupwise = words.ends_with(">>>") && words.find_first_of(":@") != std::string_view::npos;
  const bool supercite = words.ends_with(':') && words.substr(0, kAttributionBytes).find("\" == ") != std::string_view::npos;
  if (!groupwise && !supercite && !words.ends_with("<<<")) return;
  const std::size_t at = groupwise ? body.text.rfind(">>>", line.body - 3) : body.text.find(">>>", line.begin);
  if (at != std::string::npos && at >= line.begin && at < line.body) unmark(body, at, line);
}

/// Whether a line that ends as an attribution may be one: it has a verb or an address.
bool introduces(std::string_view words) {
  if (words.size() > kAttributionBytes) return false;
  if (words.find('@') != std::string_view::npos) return true;
  const std::vector<Token> tokens = tokens_of(words, 60);
  return std::ranges::any_of(
      tokens, [](const Token& token) { return token.kind == TokenKind::word && !verb_language(token.folded).empty(); });
}

/// The line at which an attribution ends with a colon that begins at `at`, the lines behind the first at `depth`; nothing where
/// none does.
std::optional<std::size_t> end_of_attribution(const ReadText& body, const std::vector<Line>& lines, std::size_t at,
                                              std::uint32_t depth) {
  constexpr std::size_t kMostLines = 4;
  for (std::size_t end = at; end < std::min(lines.size(), at + kMostLines); ++end) {
    if (lines[end].blank || (end > at && lines[end].depth != depth)) return std::nullopt;
    if (words_of(body, lines[end]).ends_with(':')) return end;
  }
  return std::nullopt;
}

/// The nearest filled line before `at`, or behind it; nothing where a few blank ones end.
std::optional<std::size_t> filled_beside(const std::vector<Line>& lines, std::size_t at, bool behind) {
  constexpr std::size_t kMostLines = 16;
  for (std::size_t steps = 1; steps <= kMostLines; ++steps) {
    if (behind ? at + steps >= lines.size() : at < steps) return std::nullopt;
    const std::size_t beside = behind ? at + steps : at - steps;
    if (!lines[beside].blank) return beside;
  }
  return std::nullopt;
}

/// GroupWise's ">>> X <x@y> schrieb am 11.03.2026 um 14:05 in Nachricht", "<5F3A@y>:" and then "> Hello": three marks of its own,
/// as the one mark of what it introduces shows. The third level of a conversation has deeper words below, or above. Source:
/// messages of GroupWise 2012 on in public mailing lists' archives.
void unmark_attribution(const ReadText& body, std::vector<Line>& lines, std::size_t at) {
  constexpr std::uint32_t kOwn = 3;
  Line& line = lines[at];
  if (line.blank || line.depth < kOwn || line.body < line.begin + kOwn) return;
  const auto marks = std::string_view(body.text).substr(line.begin, line.body - line.begin);
  const std::size_t mark = marks.rfind(">>>");
  if (mark == std::string_view::npos || marks.size() > mark + kOwn + 1) return;
  const std::uint32_t depth = line.depth - kOwn;
  const auto end = end_of_attribution(body, lines, at, depth);
  const auto next = end ? filled_beside(lines, *end, true) : std::nullopt;
  if (!next || lines[*next].depth != depth + 1) return;
  const std::span<const Line> own = std::span(lines).subspan(at, *end + 1 - at);
  if (std::ranges::none_of(own, [&](const Line& one) { return introduces(words_of(body, one)); })) return;
  const auto before = filled_beside(lines, at, false);
  if (!before || lines[*before].depth <= depth) line.depth = depth;
}

bool is_marked(const ReadText& body, const Line& line) {
  return std::string_view(body.text).substr(line.begin, line.body - line.begin).find('>') != std::string_view::npos;
}

/// The pages of Orange and La Poste mark the lines of the block alone ("> Message du ...", "> De : ..."); what they introduce
/// stands below without marks, in the same element that quotes: then the marks are no level.
void unmark_block(const ReadText& body, std::vector<Line>& lines, std::size_t at) {
  constexpr std::size_t kBlockLines = 12;
  const std::string_view words = words_of(body, lines[at]);
  const bool begins = std::ranges::any_of(
      bare_labels(), [&](std::string_view label) { return text::equal_ascii_nocase(words.substr(0, label.size()), label); });
  if (lines[at].blank || lines[at].depth < 2 || !begins) return;
  std::size_t end = at;
  while (end < std::min(lines.size(), at + kBlockLines) && is_marked(body, lines[end])) ++end;
  const auto next = end > at ? filled_beside(lines, end - 1, true) : std::nullopt;
  if (!next || is_marked(body, lines[*next]) || lines[*next].depth + 1 != lines[at].depth) return;
  for (std::size_t line = at; line < end; ++line) --lines[line].depth;
}

/// "<http://www.example/long" and ">  for more." on the next line, as a client wraps a link: no quote mark.
void unmark_wrapped_link(const ReadText& body, std::vector<Line>& lines, std::size_t at) {
  if (at + 1 >= lines.size() || lines[at].blank || lines[at + 1].depth != lines[at].depth + 1) return;
  const std::string_view words = words_of(body, lines[at]);
  const std::size_t open = words.rfind('<');
  if (open == std::string_view::npos || words.find_first_of("> ", open) != std::string_view::npos) return;
  const std::string_view link = words.substr(open + 1);
  if (!link.starts_with("http:") && !link.starts_with("https:") && !link.starts_with("mailto:")) return;
  const bool goes_on = at + 2 < lines.size() && !lines[at + 2].blank && lines[at + 2].depth == lines[at + 1].depth;
  if (!goes_on) unmark(body, body.text.rfind('>', lines[at + 1].body - 1), lines[at + 1]);
}

/// "<", the address and "> wrote:" on lines of their own, as a link becomes text: the last ">" is no quote mark.
void unmark_bracket(const ReadText& body, std::vector<Line>& lines, std::size_t open) {
  bool addressed = false;
  for (std::size_t at = open + 1; at < std::min(lines.size(), open + kAddressLines); ++at) {
    if (lines[at].depth == lines[open].depth + 1 && addressed) unmark(body, body.text.rfind('>', lines[at].body - 1), lines[at]);
    if (lines[at].depth != lines[open].depth) return;
    addressed = addressed || words_of(body, lines[at]).substr(0, kAttributionBytes).find('@') != std::string_view::npos;
  }
}

/// The mark at the begin of a line; without sign when there is none.
Mark mark_of(std::string_view words) {
  if (words.starts_with('|')) return {{}, '|'};
  std::size_t letters = 0;
  while (letters < std::min(words.size(), kInitials) && static_cast<unsigned char>(words[letters] | 0x20) >= 'a' &&
         static_cast<unsigned char>(words[letters] | 0x20) <= 'z')
    ++letters;
  if (letters == 0 || letters >= words.size() || words[letters] != '>') return {};
  return {words.substr(0, letters), '>'};
}

/// Counts the marks of a line that has them. A table ("| a | b |") has none.
void read_other_marks(const ReadText& body, const Mark& mark, Line& line) {
  const std::string_view words = words_of(body, line);
  const Mark own = mark_of(words);
  if (own.sign != mark.sign || own.initials != mark.initials) return;
  std::size_t at = own.initials.size();
  for (; at < words.size() && (words[at] == mark.sign || words[at] == ' '); ++at) line.depth += words[at] == mark.sign ? 1U : 0U;
  line.body = place_of(static_cast<std::size_t>(words.data() - body.text.data()) + at);
  line.blank = at == words.size();
}

bool is_table_row(std::string_view words) { return words.starts_with('|') && words.find_first_not_of("| ") < words.rfind('|'); }

/// The mark that the lines right behind an introduction have.
Mark mark_behind(const ReadText& body, const std::vector<Line>& lines, std::size_t introduction) {
  const std::string_view before = words_of(body, lines[introduction]);
  if (!before.ends_with(':') && !before.ends_with('>')) return {};
  std::size_t next = introduction + 1;
  while (next < std::min(lines.size(), introduction + 4) && lines[next].blank) ++next;
  if (next >= lines.size() || lines[next].depth != lines[introduction].depth) return {};
  const std::string_view words = words_of(body, lines[next]);
  const Mark mark = mark_of(words);
  if (mark.sign == '\0' || is_table_row(words) || !introduces(before)) return {};
  return mark;
}

}  // namespace

bool is_chevroned(std::string_view words) { return words.size() > 8 && words.starts_with(">>>") && words.ends_with(">>>"); }

void correct_quote_marks(const ReadText& body, std::vector<Line>& lines) {
  for (std::size_t at = 0; at < lines.size(); ++at) {
    unmark_heading(body, lines[at]);
    unmark_attribution(body, lines, at);
    if (body.html) unmark_block(body, lines, at);
  }
  if (body.html) return;
  Mark mark;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    if (lines[at].blank) continue;
    const std::string_view words = words_of(body, lines[at]);
    if (words == "<") unmark_bracket(body, lines, at);
    unmark_wrapped_link(body, lines, at);
    if (mark.sign != '\0') read_other_marks(body, mark, lines[at]);
    if (const Mark next = mark_behind(body, lines, at); next.sign != '\0') mark = next;
  }
  mend_lost_marks(body, lines);
}

}  // namespace threadline::facts
