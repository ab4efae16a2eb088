// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "base/ascii.h"
#include "findings/same_word.h"
#include "text/percent.h"

namespace threadline::findings {
namespace {

/// A link in its parts, each as far as it is there.
struct LinkParts {
  std::string_view host, path, query;

  explicit LinkParts(std::string_view key) {
    if (key.starts_with("www.")) key.remove_prefix(4);
    key = key.substr(0, key.find('#'));
    const std::size_t mark = std::min(key.find('?'), key.size());
    query = key.substr(std::min(mark + 1, key.size()));
    key = key.substr(0, mark);
    const std::size_t slash = std::min(key.find('/'), key.size());
    host = key.substr(0, slash);
    path = key.substr(slash, key.find(';', slash) - slash);
  }
};

/// A key that a program made: letters and digits mixed, or more of them than a word has.
bool is_made_key(std::string_view text) {
  constexpr std::size_t kMixedLeast = 12, kLeast = 24;
  std::size_t run = 0, changes = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool is_of_run = is_digit(text[at]) || is_lower(text[at]);
    if (is_of_run && run > 0 && is_digit(text[at]) != is_digit(text[at - 1])) ++changes;
    run = is_of_run ? run + 1 : 0;
    if (run == 0) changes = 0;
    if (run >= kLeast || (run >= kMixedLeast && changes >= 2)) return true;
  }
  return false;
}

/// What is made for one recipient differs between the copies of a mail.
bool is_same_piece(std::string_view left, std::string_view right) {
  const std::string one = text::percent_decoded(left), other = text::percent_decoded(right);
  const auto is_of_recipient = [](const std::string& text) { return is_made_key(text) || text.find('@') != std::string::npos; };
  return one == other || (is_of_recipient(one) && is_of_recipient(other));
}

std::string_view next_piece(std::string_view& rest, char mark) {
  const std::size_t end = std::min(rest.find(mark), rest.size());
  const std::string_view piece = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return piece;
}

bool is_same_path(std::string_view left, std::string_view right) {
  while (!left.empty() && !right.empty()) {
    if (!is_same_piece(next_piece(left, '/'), next_piece(right, '/'))) return false;
  }
  return left.empty() && right.empty();
}

/// "&amp;" is what a client left of HTML.
std::map<std::string_view, std::string_view> parameters_of(std::string_view query) {
  constexpr std::string_view kEscaped = "amp;";
  std::map<std::string_view, std::string_view> parameters;
  while (!query.empty()) {
    std::string_view value = next_piece(query, '&');
    if (value.starts_with(kEscaped)) value.remove_prefix(kEscaped.size());
    const std::string_view name = next_piece(value, '=');
    parameters.emplace(name, value);
  }
  return parameters;
}

bool is_same_query(std::string_view left, std::string_view right) {
  const auto there = parameters_of(right);
  return std::ranges::all_of(parameters_of(left), [&](const auto& one) {
    const auto other = there.find(one.first);
    return other == there.end() || is_same_piece(one.second, other->second);
  });
}

/// A line's end, or "...", cut the one off.
bool is_cut_off(std::string_view left, std::string_view right) {
  constexpr std::size_t kLineBytes = 40;
  if (left.size() > right.size()) std::swap(left, right);
  for (const std::string_view mark : {"...", "\xE2\x80\xA6"}) {
    if (const std::size_t at = left.find(mark); at != std::string_view::npos) return right.starts_with(left.substr(0, at));
  }
  return left.size() >= kLineBytes && right.starts_with(left);
}

}  // namespace

bool is_same_link(const HistoryWord& left, const HistoryWord& right) {
  if (left.kind != WordKind::link || right.kind != WordKind::link) return false;
  if (left.opaque || right.opaque || is_cut_off(left.key, right.key)) return true;
  const LinkParts one(left.key), other(right.key);
  if (one.host != other.host) return false;
  if (one.path.empty() || other.path.empty()) return true;
  return is_same_path(one.path, other.path) && is_same_query(one.query, other.query);
}

}  // namespace threadline::findings
