// SPDX-License-Identifier: Apache-2.0
// A BIC that stands alone, without a label and beside no account: only where the table knows it. Half of the French words of
// eight or eleven letters have the form of a BIC, so that the form alone says nothing.
#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <unordered_set>

#include "facts/bank/iban.h"
#include "facts/bank/scan.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kShort = 8, kLong = 11;
constexpr std::size_t kLetters = 6;      ///< institution and country: capitals in every BIC
constexpr std::size_t kLineBytes = 160;  ///< before and after, in which the institution's name stands

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_capital_or_digit(char c) { return is_capital(c) || (c >= '0' && c <= '9'); }

/// A cheap look: whatever letter of the first six stands at `at`, two more characters of the BIC follow.
bool may_be_in_letters(std::string_view text, std::size_t at) {
  return is_capital(text[at]) && at + 2 < text.size() && is_capital_or_digit(text[at + 1]) && is_capital_or_digit(text[at + 2]);
}

/// No letter, digit or sign of an address, a path or base64 touches the word on that side.
bool is_apart(char c) {
  constexpr std::string_view kGlue = "+/=_@&#%-\\";
  return static_cast<unsigned char>(c) < 0x80 && !is_capital_or_digit(c) && !(c >= 'a' && c <= 'z') &&
         kGlue.find(c) == std::string_view::npos;
}

/// The line around the word, the word left out.
std::string line_around(std::string_view text, std::size_t begin, std::size_t end) {
  const auto from = begin > kLineBytes ? begin - kLineBytes : 0;
  auto before = text.substr(from, begin - from);
  if (const auto line = before.rfind('\n'); line != before.npos) before.remove_prefix(line + 1);
  auto after = text.substr(end, kLineBytes);
  after = after.substr(0, after.find('\n'));
  return text::fold(std::string(before) + " " + std::string(after));
}

/// The word of capitals and digits that covers `at`; empty where it has not a BIC's length or something touches it.
std::string_view word_at(std::string_view text, std::size_t at) {
  std::size_t begin = at, end = at + 1;
  while (begin > 0 && at - begin < kLong && is_capital_or_digit(text[begin - 1])) --begin;
  while (end < text.size() && end - begin <= kLong && is_capital_or_digit(text[end])) ++end;
  const auto length = end - begin;
  if (length != kShort && length != kLong) return {};
  if ((begin > 0 && !is_apart(text[begin - 1])) || (end < text.size() && !is_apart(text[end]))) return {};
  return text.substr(begin, length);
}

bool is_told(std::string_view text, std::string_view word, std::size_t begin) {
  return is_bic_of_table(word) || is_named_institution(word, line_around(text, begin, begin + word.size()));
}

/// The BICs, by their first eight characters, that accounts have already.
std::unordered_set<std::string> bics_of(const std::vector<Account>& accounts) {
  std::unordered_set<std::string> bics;
  for (const Account& account : accounts) {
    if (!account.bic.empty()) bics.insert(account.bic.substr(0, kShort));
  }
  return bics;
}

bool is_inside_account(std::span<const Account> accounts, std::size_t at) {
  const auto after = std::ranges::upper_bound(accounts, at, {}, [](const Account& one) { return one.span.offset; });
  if (after == accounts.begin()) return false;
  const Span& span = std::prev(after)->span;
  return at < span.offset + span.length;
}

void add_bare_bic(Found& found, std::string_view word, std::size_t begin) {
  Account account;
  account.kind = "bic";
  account.value = account.bic = word;
  account.country = word.substr(4, 2);
  found.add(std::move(account), begin, begin + word.size());
}

}  // namespace

void scan_bare_bics(Found& found) {
  const auto text = found.text;
  const auto before = found.accounts.size();
  const auto known = bics_of(found.accounts);
  std::size_t words = 0;
  for (std::size_t at = kLetters - 1; at < text.size() && !found.is_full(); at += kLetters) {  // one of six is among the letters
    if (!may_be_in_letters(text, at)) continue;
    const auto word = word_at(text, at);
    if (!is_bic(word) || !is_known_institution(word)) continue;
    const auto begin = static_cast<std::size_t>(word.data() - text.data());
    at = begin + word.size();
    if (++words > found.limits.bare_bics) {
      found.pass_limit("bare_bics", begin);
      break;
    }
    const auto earlier = std::span(found.accounts).first(before);
    if (known.contains(std::string(word.substr(0, kShort))) || is_inside_account(earlier, begin)) continue;
    if (is_told(text, word, begin)) add_bare_bic(found, word, begin);
  }
  std::ranges::inplace_merge(found.accounts, found.accounts.begin() + static_cast<std::ptrdiff_t>(before), {},
                             [](const Account& one) { return one.span.offset; });
}

}  // namespace threadline::facts
