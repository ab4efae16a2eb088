// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/introduction.h"

#include <utility>

#include "text/fold.h"

namespace threadline::facts {
namespace {

bool is_blank_between(const std::vector<Line>& lines, std::size_t first, std::size_t last) {
  for (std::size_t line = first; line < last; ++line) {
    if (!lines[line].blank) return false;
  }
  return true;
}

bool is_same_minute(const Introduction& one, const Introduction& other) {
  constexpr std::int64_t kMinute = 60;
  return one.date && other.date && one.date->at.seconds / kMinute == other.date->at.seconds / kMinute;
}

/// Notes writes "-----Ann wrote: -----" right above the header block of the same message, or "Ann wrote on 05/04/2018 10:37:12:"
/// above one behind quote marks.
bool is_said_twice(const std::vector<Line>& lines, const Introduction& attribution, const Introduction& block) {
  if (attribution.form != QuoteForm::attribution || block.form != QuoteForm::header_block || block.separator_only) return false;
  const std::uint32_t depth = lines[attribution.last].depth, below = lines[block.first].depth;
  if (below != depth && (below != depth + 1 || !is_same_minute(attribution, block))) return false;
  if (attribution.from.address.empty()) return attribution.from.name == block.from.name && !block.from.name.empty();
  return text::equal_ascii_nocase(attribution.from.address, block.from.address);
}

/// A separator and the block right behind it are one introduction.
void join_or_add(const std::vector<Line>& lines, Introduction next, std::vector<Introduction>& all) {
  if (!all.empty() && (all.back().separator_only || is_said_twice(lines, all.back(), next)) &&
      is_blank_between(lines, all.back().last + 1, next.first)) {
    next.first = all.back().first;
    if (all.back().form == QuoteForm::forward) next.form = QuoteForm::forward;
    all.back() = std::move(next);
    return;
  }
  all.push_back(std::move(next));
}

bool is_rule(std::string_view words) {
  return words.size() >= 8 && std::string_view("_-=").find(words.front()) != std::string_view::npos &&
         words.find_first_not_of(words.front()) == std::string_view::npos;
}

/// The line of underscores, dashes or (SFR) equal signs right before line `at`, few blank ones between; `at` where there is none.
std::size_t rule_before(const ReadText& body, const std::vector<Line>& lines, std::size_t earliest, std::size_t at) {
  std::size_t above = at;
  while (above > earliest && at - above < 3 && lines[above - 1].blank) --above;
  return above > earliest && is_rule(words_of(body, lines[above - 1])) ? above - 1 : at;
}

/// Whether nothing follows an attribution and deeper lines stand right before it.
bool is_behind(const std::vector<Line>& lines, const Introduction& introduction) {
  if (introduction.form != QuoteForm::attribution || !is_blank_between(lines, introduction.last + 1, lines.size())) return false;
  std::size_t before = introduction.first;
  while (before > 0 && lines[before - 1].blank) --before;
  return before > 0 && lines[before - 1].depth > lines[introduction.first].depth;
}

bool is_announced(const std::vector<Line>& lines, const std::vector<Introduction>& all, std::size_t at) {
  return !all.empty() && all.back().separator_only && is_blank_between(lines, all.back().last + 1, at);
}

/// "##- Please type your reply above this line -##": a ticket system's mark, whatever its language. What such a system sends
/// begins with it; behind words of somebody's own it is what he answered. Source: Zendesk, "Mail API" (delimiter),
/// support.zendesk.com.
std::optional<Introduction> reply_mark_at(const ReadText& body, const std::vector<Line>& lines, std::size_t earliest,
                                          std::size_t at) {
  constexpr std::size_t kMostBytes = 200;
  const std::string_view words = words_of(body, lines[at]);
  if (!words.starts_with("##-") || !words.ends_with("-##") || words.size() < 8 || words.size() > kMostBytes) return std::nullopt;
  if (is_blank_between(lines, earliest, at)) return std::nullopt;
  Introduction introduction;
  introduction.first = introduction.last = at;
  introduction.separator_only = true;
  return introduction;
}

std::optional<Introduction> introduction_at(const ReadText& body, const std::vector<Line>& lines, std::size_t at,
                                            std::size_t earliest, bool announced, int offset) {
  const std::size_t rule = rule_before(body, lines, earliest, at);  // it belongs to the block (Outlook on the web)
  auto found = header_block_at(body, lines, at, announced, offset);
  const bool is_ruled = rule < at || lines[at].is_ruled;
  const Above above = announced ? Above::separator : is_ruled ? Above::rule : Above::nothing;
  if (!found) found = glued_block_at(body, lines, at, above, offset);
  if (!found) found = stacked_block_at(body, lines, at, offset);
  if (found) found->first = rule;
  if (!found) found = separator_at(body, lines, at);
  if (!found) found = attribution_at(body, lines, at, earliest, offset);
  if (!found) found = reply_mark_at(body, lines, earliest, at);
  return found;
}

}  // namespace

std::vector<Introduction> find_introductions(const ReadText& body, const std::vector<Line>& lines, int carrier_offset_minutes,
                                             std::size_t most) {
  std::vector<Introduction> all;
  std::size_t taken = 0;
  for (std::size_t at = 0; at < lines.size() && all.size() <= most; ++at) {
    if (lines[at].blank) continue;
    auto found = introduction_at(body, lines, at, taken, is_announced(lines, all, at), carrier_offset_minutes);
    if (!found) continue;
    at = found->last;
    taken = at + 1;
    found->behind = is_behind(lines, *found);
    join_or_add(lines, std::move(*found), all);
  }
  for (Introduction& introduction : all)
    introduction.style = std::string(name_of(introduction.form)) + (introduction.style.empty() ? "" : " ") + introduction.style;
  return all;
}

}  // namespace threadline::facts
