// SPDX-License-Identifier: Apache-2.0
// UK sort code and account side by side, "20-45-12 70012233", where no "sort code" labels them. A pair has no check digits: the
// words around it decide, and what may be a day or a time needs a bank's name.
#include <algorithm>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "facts/bank/digit_runs.h"
#include "facts/bank/reading.h"
#include "facts/bank/scan.h"

namespace threadline::facts {
namespace {

/// The British banks that most accounts for businesses are with; any other needs one of the words below.
constexpr std::string_view kBanks[] = {" BARCLAYS ", " HSBC ", " LLOYDS ",     " NATWEST ",          " SANTANDER ", " MONZO ",
                                       " STARLING ", " TSB ",  " HALIFAX ",    " NATIONWIDE ",       " MODULR ",    " TIDE ",
                                       " REVOLUT ",  " RBS ",  " METRO BANK ", " CO OPERATIVE BANK "};
/// Ways of British banks to move money, and "sort".
constexpr std::string_view kTransfers[] = {" BACS ", " CHAPS ", " FASTER PAYMENT ", " FASTER PAYMENTS ", " BANK ",
                                           " SORT ", " S C "};
constexpr std::string_view kAccounts[] = {" ACCOUNT ", " A C ",        " ACCT ",       " ACC ",
                                          " PAY TO ",  " PAYABLE TO ", " PAYMENT TO ", " TRANSFER TO "};
/// What a number behind one of these is, whatever stands before: "our account, ref 20-45-12 70012233".
constexpr std::string_view kOthers[] = {"REF",    "REFERENCE", "REFS",   "ORDER",  "INVOICE", "INV",   "LOT",    "BATCH", "TEL",
                                        "PHONE",  "FAX",       "MOBILE", "POLICY", "CASE",    "CLAIM", "DATED",  "DATE",  "PO",
                                        "SERIAL", "PART",      "TICKET", "MOB",    "QUOTE",   "VAT",   "QUOTING"};
constexpr std::string_view kNumberWords[] = {"NO", "NUMBER", "NUM", "NR", "N"};
/// What may stand between sort code and number.
constexpr std::string_view kBetween[] = {"ACCOUNT", "ACC", "ACCT", "AC", "A C"};

constexpr std::size_t kGroups = 3, kCode = 6, kNumber = 8;

struct Pair {
  std::string digits;
  std::size_t end = 0;
  bool has_dots = false;  ///< 20.45.12
  bool is_named = false;  ///< "account" stands between
};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::string_view (&words)[N]) {
  return std::ranges::find(words, word) != std::end(words);
}

bool read_digits(std::string_view text, std::size_t many, Pair& pair) {
  for (std::size_t i = 0; i < many; ++i) {
    const auto glyph = glyph_at(text, pair.end);
    if (!glyph.is_digit()) return false;
    pair.digits += glyph.symbol;
    pair.end = glyph.end;
  }
  return true;
}

bool is_dot(std::string_view text, const Glyph& glyph) { return glyph.end > glyph.begin && text[glyph.begin] == '.'; }
bool is_joint(std::string_view text, const Glyph& glyph) { return is_dash(text, glyph) || is_dot(text, glyph); }

/// A sort code of three groups with one kind of joint, not part of a longer number.
bool read_code(std::string_view text, std::size_t at, Pair& pair) {
  pair.end = at;
  for (std::size_t group = 0; group < kGroups; ++group) {
    if (!read_digits(text, kCode / kGroups, pair)) return false;
    const auto joint = glyph_at(text, pair.end);
    if (group + 1 == kGroups) return !joint.is_digit() && !(is_joint(text, joint) && glyph_at(text, joint.end).is_digit());
    if (!is_joint(text, joint) || (group > 0 && is_dot(text, joint) != pair.has_dots)) return false;
    pair.has_dots = is_dot(text, joint);
    pair.end = joint.end;
  }
  return false;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  const auto plain = plain_capitals(text);
  for (std::size_t at = 0; (at = plain.find_first_not_of(' ', at)) != plain.npos;) {
    const auto end = std::min(plain.find(' ', at), plain.size());
    words.push_back(plain.substr(at, end - at));
    at = end;
  }
  return words;
}

/// Whether the words between are "account", "a/c no." and the like.
bool names_number(std::string_view between) {
  auto words = words_of(between);
  if (!words.empty() && words.front() == "AND") words.erase(words.begin());
  while (words.size() > 1 && is_one_of(words.back(), kNumberWords)) words.pop_back();
  if (words.size() == 2) words = {words[0] + " " + words[1]};
  return words.size() == 1 && is_one_of(words[0], kBetween);
}

/// Up to the first digit of the number: a blank, comma or slash, one line end, and perhaps "account no.".
bool read_between(std::string_view text, Pair& pair) {
  constexpr std::size_t kLongest = 32;
  const auto gap = gap_at(text, pair.end);
  if (gap.end == pair.end || !gap.visible) return false;
  auto place = gap.end;
  while (place < text.size() && place - pair.end < kLongest && !glyph_at(text, place).is_digit())
    place = glyph_at(text, place).end;
  const auto between = text.substr(pair.end, place - pair.end);
  if (std::ranges::count(between, '\n') > 1 || !glyph_at(text, place).is_digit()) return false;
  pair.is_named = names_number(between);
  const bool is_plain = gap.ok && place == gap.end;
  pair.end = place;
  return pair.is_named || is_plain;
}

/// Eight digits that no more follow, nor a letter or a fraction; "3192 6819" behind its label.
bool read_number(std::string_view text, Pair& pair) {
  constexpr std::size_t kHalf = kNumber / 2;
  if (!read_digits(text, kHalf, pair)) return false;
  if (const auto blank = glyph_at(text, pair.end); pair.is_named && blank.kind == GlyphKind::space) pair.end = blank.end;
  if (!read_digits(text, kHalf, pair)) return false;
  const auto next = glyph_at(text, pair.end);
  if (next.kind == GlyphKind::symbol) return false;
  const bool is_mark = next.kind == GlyphKind::mark && next.end > next.begin;
  return !(is_mark && glyph_at(text, next.end).is_digit());
}

/// Not behind a letter, a digit, or a digit and a joint ("1-20-45-12").
bool begins_number(std::string_view text, std::size_t at) {
  const auto before = glyph_before(text, at);
  if (before.kind == GlyphKind::symbol || !begins_word(text, at)) return false;
  return !(is_joint(text, before) || before.kind == GlyphKind::mark) || !glyph_before(text, before.begin).is_digit();
}

/// The number before the sort code, behind "account no.": "A/c no 71330094, 40-27-15". Where it begins, or `at` for none.
std::size_t read_number_before(std::string_view text, std::size_t at, Pair& pair) {
  constexpr std::size_t kGapBefore = 4, kLabel = 24;
  auto end = at;
  for (auto glyph = glyph_before(text, end); at - end < kGapBefore && end > 0 && !glyph.is_digit();
       glyph = glyph_before(text, end))
    end = glyph.begin;
  std::string digits;
  auto begin = end;
  for (auto glyph = glyph_before(text, begin); begin > 0 && glyph.is_digit(); glyph = glyph_before(text, begin)) {
    digits.insert(digits.begin(), glyph.symbol);
    begin = glyph.begin;
    if (digits.size() > kNumber) return at;
  }
  const auto from = next_character(text, begin - std::min(begin, kLabel));
  auto words = words_of(text.substr(from, begin - from));
  while (!words.empty() && is_one_of(words.back(), kNumberWords)) words.pop_back();
  if (words.size() > 1 && words.back() == "C") words = {words[words.size() - 2] + " C"};
  if (digits.size() != kNumber || !begins_number(text, begin) || words.empty() || !is_one_of(words.back(), kBetween)) return at;
  pair.digits += digits;
  pair.is_named = true;
  return begin;
}

int two_digits(std::string_view code, std::size_t at) { return (code[at] - '0') * 10 + code[at + 1] - '0'; }

/// A day of 2020 to 2039 in British or American order, one of these years with the year first, or the time of a day with dots.
bool may_be_day(const Pair& pair) {
  const int first = two_digits(pair.digits, 0), second = two_digits(pair.digits, 2), third = two_digits(pair.digits, 4);
  const auto is_day = [](int day, int month) { return day >= 1 && day <= 31 && month >= 1 && month <= 12; };
  if (third >= 20 && third <= 39 && (is_day(first, second) || is_day(second, first))) return true;
  if (first >= 22 && first <= 29 && is_day(third, second)) return true;
  return pair.has_dots && first < 24 && second < 60 && third < 60;
}

/// Whether the paragraph leads on to the next: "to the following account:", "BACS to".
bool leads_on(std::string_view paragraph) { return paragraph.ends_with(':') || paragraph.ends_with(" to"); }

/// What stands before in the paragraph, and in the one above where that leads on to it.
std::string_view words_before(std::string_view text, std::size_t at) {
  constexpr std::size_t kReach = 120;
  auto before = text.substr(at - std::min(at, kReach), std::min(at, kReach));
  for (auto end = before.rfind("\n\n"); end != before.npos && end > 0; end = before.rfind("\n\n", end - 1)) {
    if (leads_on(before.substr(0, end))) continue;
    before.remove_prefix(end);
    break;
  }
  return before;
}

/// Whether the words around name a bank's account, and not something else that has numbers.
bool is_account(std::string_view text, std::size_t at, const Pair& pair) {
  auto words = words_of(words_before(text, at));
  std::string plain = " ";
  for (const auto& word : words) plain += word + " ";
  while (!words.empty() && is_one_of(words.back(), kNumberWords)) words.pop_back();
  if (!words.empty() && is_one_of(words.back(), kOthers)) return false;
  const auto stands = [&](std::string_view word) { return plain.find(word) != plain.npos; };
  if (std::ranges::any_of(kBanks, stands)) return true;
  if (may_be_day(pair)) return false;
  return pair.is_named || std::ranges::any_of(kTransfers, stands) || std::ranges::any_of(kAccounts, stands);
}

}  // namespace

std::size_t scan_uk_pair(Found& found, std::size_t at) {
  Pair pair;
  const auto text = found.text;
  if (!read_code(text, at, pair) || !begins_number(text, at)) return 0;
  auto begin = at;
  if (Pair both = pair; read_between(text, both) && read_number(text, both)) {
    pair = both;
  } else {
    begin = read_number_before(text, at, pair);
    if (begin == at) return 0;
  }
  if (!is_account(text, begin, pair)) return 0;
  Account account;
  account.kind = "uk";
  account.country = "GB";
  account.bank_code = pair.digits.substr(0, kCode);
  account.value = pair.digits;
  account.valid = true;
  found.add(std::move(account), begin, pair.end);
  return pair.end;
}

}  // namespace threadline::facts
