// SPDX-License-Identifier: Apache-2.0
// The words around an account.
#include "facts/bank/account_place.h"

#include <algorithm>

#include "base/utf8.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kClauseBytes = 80;  ///< before an account, in which it may be called the old one or warned of

}  // namespace

std::string_view raw_before(const AccountPlace& place, std::size_t bytes) {
  const auto from = next_character(place.text, std::max(place.previous_end, place.begin > bytes ? place.begin - bytes : 0));
  return place.text.substr(from, place.begin - from);
}

std::string_view raw_behind(const AccountPlace& place, std::size_t bytes) {
  const auto to = next_character(place.text, std::min({place.text.size(), place.next_begin, place.end + bytes}));
  return place.text.substr(place.end, to - place.end);
}

std::size_t end_of_paragraph(std::string_view text) {
  for (auto at = text.find('\n'); at != text.npos;) {
    const auto next = text.find_first_not_of("> \t\r", at + 1);
    if (next == text.npos || text[next] == '\n') return at;
    at = text.find('\n', next);
  }
  return text.npos;
}

std::size_t end_of_last_sentence(std::string_view text) {
  constexpr std::size_t kAbbreviation = 3;
  for (std::size_t at = text.size(); at-- > 0;) {
    if (text[at] == '!' || text[at] == '?') return at + 1;
    if (text[at] == '\n' && at > 0 && text[at - 1] == '\n') return at + 1;
    const auto word = text.substr(0, at).find_last_of(" \n\t") + 1;
    const bool ends = at + 1 == text.size() || text[at + 1] == ' ' || text[at + 1] == '\n' || text[at + 1] == '\t';
    if (text[at] == '.' && ends && at - std::min(word, at) >= kAbbreviation) return at + 1;
  }
  return 0;
}

std::size_t end_of_first_sentence(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at).starts_with("\n\n") || text[at] == '!' || text[at] == '?') return at;
    if (text[at] == '.' && end_of_last_sentence(text.substr(0, at + 1)) == at + 1) return at;
  }
  return text.size();
}

std::string_view raw_clause_of(const AccountPlace& place) {
  auto clause = raw_before(place, kClauseBytes);
  if (const auto end = clause.find_last_of(".,;!?"); end != clause.npos) clause.remove_prefix(end + 1);
  if (const auto empty = clause.rfind("\n\n"); empty != clause.npos) clause.remove_prefix(empty + 2);
  return clause;
}

}  // namespace threadline::facts
