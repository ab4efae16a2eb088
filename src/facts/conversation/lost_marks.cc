// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "facts/conversation/introduction.h"
#include "facts/conversation/quote_marks.h"
#include "facts/conversation/tokens.h"
#include "text/charset.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kWrapColumn = 68;  ///< clients wrap behind it
constexpr std::size_t kWrappedBytes =
    110;                               ///< a longer line was not wrapped, marks of ten levels and letters of two bytes included
constexpr std::size_t kRestLines = 6;  ///< of one wrapped line
constexpr std::size_t kNameWords = 3;  ///< a rest that begins with a capital letter has no more

std::size_t length_of(const Line& line) { return line.end - line.begin; }

bool ends_sentence(std::string_view words) {
  static constexpr std::array<std::string_view, 9> kEnds{".", "!", "?", ":", ";", "\u3002", "\uff1f", "\uff01", "\u061f"};
  return std::ranges::any_of(kEnds, [&](std::string_view end) { return words.ends_with(end); });
}

bool begins_with_capital(std::string_view words) {
  const std::string_view first = words.substr(0, text::code_point_at(words, 0).length);
  return text::lower(first) != first;
}

/// Whether the first word of `next` did not fit behind `line`.
bool is_full(const ReadText& body, const Line& line, const Line& next) {
  const std::string_view words = words_of(body, next);
  return length_of(line) <= kWrappedBytes && length_of(line) + 1 + std::min(words.find(' '), words.size()) > kWrapColumn;
}

/// Whether a line goes on with the sentence before it.
bool goes_on(std::string_view before, std::string_view words) {
  if (ends_sentence(before)) return false;
  return !begins_with_capital(words) || static_cast<std::size_t>(std::ranges::count(words, ' ')) < kNameWords;
}

/// The line behind the rest of a wrapped line that begins at `at`; `at` where it is none.
std::size_t end_of_rest(const ReadText& body, const std::vector<Line>& lines, std::size_t at) {
  const Line& full = lines[at - 1];
  if (full.blank || !is_full(body, full, lines[at]) || !goes_on(words_of(body, full), words_of(body, lines[at]))) return at;
  for (std::size_t end = at + 1; end < lines.size() && end <= at + kRestLines; ++end) {
    if (lines[end].depth >= full.depth) return end;
    if (lines[end].blank || lines[end].depth < lines[end - 1].depth) return at;
    const bool earlier = lines[end].depth > lines[end - 1].depth;  // it was cut off before the line above was
    if (!earlier && !is_full(body, lines[end - 1], lines[end])) return at;
  }
  return at;
}

/// "(https://...)" or "<https://...>" and nothing else, as a client writes a link behind its words.
bool is_link_alone(std::string_view words) {
  if (!words.starts_with("(http") && !words.starts_with("<http") && !words.starts_with("[http")) return false;
  const std::size_t close = words.find_first_of(")>] ");
  return close != std::string_view::npos && words.find_first_not_of(" >)", close) == std::string_view::npos;
}

/// Whether the last link of a line lacks its closing bracket.
bool is_cut_link(std::string_view words) {
  const std::size_t open = std::max(words.rfind("(http") + 1, words.rfind("<http") + 1);
  return open > 0 && words.find_first_of(")> ", open) == std::string_view::npos;
}

bool is_rest_of_link(const ReadText& body, const std::vector<Line>& lines, std::size_t at) {
  const std::string_view words = words_of(body, lines[at]);
  if (at + 1 >= lines.size() || lines[at + 1].depth < lines[at - 1].depth) return false;
  if (is_link_alone(words)) return true;
  const std::size_t close = words.find_first_of(")>");
  return close != std::string_view::npos && words.find(' ') > close && is_cut_link(words_of(body, lines[at - 1]));
}

/// Whether a forward that is quoted itself begins at that line, right behind "Forwarded message:".
bool begins_forward(const ReadText& body, const std::vector<Line>& lines, std::size_t at) {
  if (lines[at].blank || lines[at].depth == 0 || lines[at - 1].depth == lines[at].depth) return false;
  std::size_t before = at;
  while (before > 0 && at - before < 4 && lines[before - 1].blank) --before;
  if (before == 0 || lines[before - 1].depth + 1 != lines[at].depth) return false;
  const auto separator = separator_at(body, lines, before - 1);
  return separator && separator->form == QuoteForm::forward;
}

/// Whether a line stands right between two that are quoted in a forward: then it belongs to the paragraph before it.
bool is_lazy(const std::vector<Line>& lines, std::size_t at, std::uint32_t forward) {
  return forward > 0 && !lines[at - 1].blank && lines[at - 1].depth >= forward && at + 1 < lines.size() &&
         lines[at + 1].depth >= forward;
}

}  // namespace

void mend_lost_marks(const ReadText& body, std::vector<Line>& lines) {
  std::uint32_t forward = 0;  // the depth of the quoted forward that is open
  for (std::size_t at = 1; at < lines.size(); ++at) {
    if (begins_forward(body, lines, at)) forward = lines[at].depth;
    const std::uint32_t depth = lines[at - 1].depth;
    if (lines[at].depth >= depth) continue;
    if (lines[at].blank) {
      if (lines[at].depth < forward) forward = 0;
      continue;
    }
    const bool alone = is_lazy(lines, at, forward) || is_rest_of_link(body, lines, at);
    const std::size_t end = alone ? at + 1 : end_of_rest(body, lines, at);
    for (std::size_t line = at; line < end; ++line) lines[line].depth = depth;
  }
}

}  // namespace threadline::facts
