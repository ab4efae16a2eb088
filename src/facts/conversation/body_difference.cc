// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/body_difference.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <unordered_set>

#include "facts/bank/account.h"
#include "facts/conversation/long_numbers.h"
#include "facts/conversation/written_address.h"
#include "text/fold.h"
#include "text/pattern.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kItems = 10;            ///< named in a note
constexpr std::size_t kCandidates = 2'000;    ///< of one kind in one text
constexpr std::size_t kMostDigits = 100'000;  ///< of a text whose numbers are looked for one by one; more are no letter
constexpr std::size_t kAccountDigits = 8;     ///< no account has fewer

using Set = std::unordered_set<std::string>;

std::size_t words_in(std::string_view text) {
  const auto is_filled = [](char c) { return static_cast<unsigned char>(c) > ' '; };
  constexpr std::size_t kStretch = 255;  // counted in bytes, which the compiler does for many at once
  std::size_t words = !text.empty() && is_filled(text.front()) ? 1 : 0;
  for (std::size_t at = 1; at < text.size();) {
    std::uint8_t some = 0;
    for (const std::size_t end = std::min(text.size(), at + kStretch); at < end; ++at)
      some = static_cast<std::uint8_t>(some + (is_filled(text[at]) && !is_filled(text[at - 1]) ? 1 : 0));
    words += some;
  }
  return words;
}

template <class Visit>
void each_match(const text::Pattern& pattern, std::string_view text, Visit visit) {
  std::size_t from = 0;
  for (std::size_t count = 0; count < kCandidates; ++count) {
    const auto match = pattern.find(text, from);
    if (!match) return;
    const std::string_view whole = match->front();
    const auto at = static_cast<std::size_t>(whole.data() - text.data());
    visit(whole, at);
    from = at + std::max<std::size_t>(whole.size(), 1);
  }
}

/// Whether one of its long numbers stands nowhere among those digits.
bool has_other_number(std::string_view text, const std::string& other_digits) {
  return std::ranges::any_of(long_numbers(text, kCandidates),
                             [&](const std::string& number) { return other_digits.find(number) == std::string::npos; });
}

/// Accounts whose digits stand nowhere in the other text. Reading accounts is dear: it is done only where digits are missing.
void add_accounts(const ReadText& one, const std::string& other_digits, const Limits& limits, std::vector<std::string>& items) {
  if (!has_other_number(one.text, other_digits)) return;
  Set seen;
  for (const Account& account : find_accounts(one.text, limits)) {
    const std::string digits = text::digits_of(account.value);
    if (!account.valid || account.masked || account.kind == "bic" || digits.size() < kAccountDigits) continue;
    const std::string_view bare = account.kind == "iban" ? std::string_view(digits).substr(2) : std::string_view(digits);
    if (other_digits.find(bare) == std::string::npos && seen.insert(account.value).second)
      items.push_back("account " + account.value);
  }
}

/// E-mail addresses in lower case. "cid:image001@host" is none.
Set addresses_in(std::string_view text) {
  Set addresses;
  std::size_t from = 0;
  for (std::size_t count = 0; count < kCandidates; ++count) {
    const auto found = written_address(text, from);
    if (!found) break;
    if (!text.substr(0, found->begin).ends_with("cid:"))
      addresses.insert(text::ascii_lower(text.substr(found->begin, found->end - found->begin)));
    from = found->end;
  }
  return addresses;
}

void add_addresses(const ReadText& one, const ReadText& other, std::vector<std::string>& items) {
  const Set here = addresses_in(one.text);
  if (here.empty()) return;
  Set there = addresses_in(other.text);
  for (const text::Element& element : other.elements) there.merge(addresses_in(element.href));
  std::vector<std::string> missing;
  std::ranges::copy_if(here, std::back_inserter(missing), [&](const std::string& address) { return !there.contains(address); });
  std::ranges::sort(missing);
  for (const std::string& address : missing) items.push_back("address " + address);
}

/// Digits of an amount without separators and without ",00".
std::string amount_key(std::string_view written) {
  std::string number;
  std::ranges::copy_if(written, std::back_inserter(number),
                       [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == ','; });
  while (!number.empty() && (number.back() == '.' || number.back() == ',')) number.pop_back();
  if (number.ends_with(",00") || number.ends_with(".00")) number.resize(number.size() - 3);
  return text::digits_of(number);
}

/// One pass instead of two searches where no currency is named, as in most mails.
bool names_currency(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at, 4);
    switch (text[at]) {
      case '$': return true;
      case '\xC2':
        if (rest.starts_with("\u00A3")) return true;
        break;
      case '\xE2':
        if (rest.starts_with("\u20AC")) return true;
        break;
      case 'E':
        if (rest.starts_with("EUR")) return true;
        break;
      case 'U':
        if (rest.starts_with("USD")) return true;
        break;
      case 'G':
        if (rest.starts_with("GBP")) return true;
        break;
      case 'C':
        if (rest.starts_with("CHF")) return true;
        break;
      case 'e':
        if (rest.starts_with("euro")) return true;
        break;
      default: break;
    }
  }
  return false;
}

void add_amounts(const ReadText& one, const std::string& other_digits, std::vector<std::string>& items) {
  if (!names_currency(one.text)) return;
  static const text::Pattern before(
      "(?:\\x{20AC}|\\$|\\x{A3}|\\bEUR\\b|\\bUSD\\b|\\bGBP\\b|\\bCHF\\b)[ \\x{A0}\\x{202F}]?[0-9]{1,3}(?:[ "
      ".,'\\x{A0}\\x{202F}]?[0-9]{2,3}){0,5}");
  static const text::Pattern after(
      "\\b[0-9]{1,3}(?:[ .,'\\x{A0}\\x{202F}]?[0-9]{2,3}){0,5}[ "
      "\\x{A0}\\x{202F}]?(?:\\x{20AC}|\\bEUR\\b|\\beuros?\\b|\\bUSD\\b|\\bGBP\\b|\\bCHF\\b)");
  Set seen;
  const auto consider = [&](std::string_view written, std::size_t) {
    std::string key = amount_key(written);
    if (key.size() < 2 || other_digits.find(key) != std::string::npos || !seen.insert(std::move(key)).second) return;
    items.push_back("amount " + std::string(written));
  };
  each_match(before, one.text, consider);
  each_match(after, one.text, consider);
}

/// How a client writes the target of a link or the name of a picture into text.
struct Target {
  std::string_view begin;
  char end;
  std::string_view not_in;  ///< beside blanks
  std::size_t most;         ///< bytes between begin and end
};
constexpr std::array kTargets{
    Target{"<mailto:", '>', "<", 1'000}, Target{"<http:", '>', "<", 1'000},   Target{"<https:", '>', "<", 1'000},
    Target{"<tel:", '>', "<", 1'000},    Target{"(mailto:", ')', "(", 1'000}, Target{"(http:", ')', "(", 1'000},
    Target{"(https:", ')', "(", 1'000},  Target{"[mailto:", ']', "[", 1'000}, Target{"[http:", ']', "[", 1'000},
    Target{"[https:", ']', "[", 1'000},  Target{"[cid:", ']', "", 300}};

/// The length of a target that the text begins with, or 0.
std::size_t target_at(std::string_view text) {
  const auto* form = std::ranges::find_if(kTargets, [&](const Target& one) { return text.starts_with(one.begin); });
  if (form == kTargets.end()) return 0;
  const std::string_view rest = text.substr(form->begin.size(), form->most + 1);
  const std::size_t end = rest.find(form->end);
  if (end == std::string_view::npos || end == 0) return 0;
  const bool is_broken = rest.substr(0, end).find_first_of(" \t\r\n\f\v") != std::string_view::npos ||
                         rest.substr(0, end).find_first_of(form->not_in) != std::string_view::npos;
  return is_broken ? 0 : form->begin.size() + end + 1;
}

}  // namespace

bool is_stub(std::string_view text, std::string_view other) { return 2 * words_in(text) < words_in(other); }

bool is_either_stub(std::string_view one, std::string_view other) {
  const std::size_t here = words_in(one), there = words_in(other);
  return 2 * here < there || 2 * there < here;
}

std::string without_link_targets(std::string_view text) {
  std::string words;
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '<' && text[at] != '[' && text[at] != '(') {
      ++at;
      continue;
    }
    const std::size_t length = target_at(text.substr(at));
    if (length > 0) {
      words.append(text.substr(from, at - from)).append(" ");
      from = at + length;
    }
    at += std::max<std::size_t>(length, 1);
  }
  return words.append(text.substr(from));
}

std::vector<std::string> only_in(const ReadText& one, const ReadText& other, const Limits& limits) {
  std::vector<std::string> items;
  if (is_stub(other.text, one.text)) return items;
  const std::string other_digits = text::digits_of(other.text);
  const bool comparable = other_digits.size() <= kMostDigits;
  if (comparable) add_accounts(one, other_digits, limits, items);
  add_addresses(one, other, items);
  if (comparable) add_amounts(one, other_digits, items);
  if (items.size() > kItems) items.resize(kItems);
  return items;
}

}  // namespace threadline::facts
