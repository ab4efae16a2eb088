// SPDX-License-Identifier: Apache-2.0
// Accounts that are not IBANs: UK sort code and number, US routing and number, BIC. Only beside their labels.
#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "base/ascii.h"
#include "base/utf8.h"
#include "facts/bank/digit_runs.h"
#include "facts/bank/iban.h"
#include "facts/bank/scan.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kPairBytes = 240;  ///< around the label, in which both numbers stand
constexpr std::size_t kAbaDigits = 9;

/// Source: Nacha Operating Rules, appendix three: a DFI account number has 17 places.
bool is_us_number(const std::string& digits) { return digits.size() >= 4 && digits.size() <= 17; }

/// Whether a label that names an account stands between the two places; "number" alone will do where it can mean nothing else.
bool names_account(std::string_view text, std::size_t from, std::size_t to, bool number_will_do = true) {
  const auto plain = plain_capitals(text.substr(from, to - from));
  return plain.find("ACC") != plain.npos || plain.find("A C ") != plain.npos ||
         (number_will_do && plain.find("NUMBER") != plain.npos);
}

/// Whether a label of an account stands there as a word of its own: "A/C", "Acc:", "Acct no.", "Account".
bool has_account_word(std::string_view stretch) {
  constexpr auto kWords = std::to_array<std::string_view>({" ACC ", " ACCT ", " A C ", " AC ", " ACCOUNT "});
  const auto plain = " " + plain_capitals(stretch) + " ";
  return std::ranges::any_of(kWords, [&](std::string_view word) { return plain.find(word) != plain.npos; });
}

bool names_routing(std::string_view text, std::size_t from, std::size_t to) {
  const auto plain = plain_capitals(text.substr(from, to - from));
  return plain.find("ROUTING") != plain.npos || plain.find("ABA") != plain.npos;
}

/// "DDA", a demand deposit account, as American banks call a current account.
bool names_deposit(std::string_view text, std::size_t from, std::size_t to) {
  return (" " + plain_capitals(text.substr(from, to - from)) + " ").find(" DDA ") != std::string::npos;
}

void add_pair(Found& found, std::string_view kind, const DigitRun& code, const DigitRun& number) {
  Account account;
  account.kind = kind;
  account.country = kind == "uk" ? "GB" : "US";
  account.bank_code = code.digits;
  account.value = code.digits + number.digits;
  account.valid = kind == "uk" || is_aba(code.digits);
  found.add(std::move(account), std::min(code.begin, number.begin), std::max(code.end, number.end));
}

/// Whether a run is one of the groups of digits in which people write a long number; dashes make a whole of it.
bool is_group(const DigitRun& run) {
  constexpr std::size_t kLeast = 2, kMost = 5;
  return run.digits.size() >= kLeast && run.digits.size() <= kMost && run.end - run.begin == run.digits.size();
}

/// Whether one blank stands between the two, or one line end where what was read so far is no whole number.
bool are_of_one_number(std::string_view text, const DigitRun& number, const DigitRun& next) {
  constexpr std::size_t kWhole = 8;
  const Glyph between = glyph_at(text, number.end);
  if (between.end != next.begin) return false;
  return between.kind == GlyphKind::space || (between.kind == GlyphKind::line && number.digits.size() < kWhole);
}

/// The numbers of a text, each with its groups: "4417 883 220" is one. A heuristic: fewer than eight digits in groups are several
/// numbers ("account 12345 of 03").
std::vector<DigitRun> us_numbers(std::string_view text, std::size_t from, std::size_t to) {
  constexpr std::size_t kLeast = 8;
  const auto runs = digit_runs(text, from, to, Joiner::dash);
  std::vector<DigitRun> numbers;
  for (std::size_t at = 0; at < runs.size();) {
    DigitRun number = runs[at];
    std::size_t next = at + 1;
    for (; is_group(runs[at]) && next < runs.size() && is_group(runs[next]) && are_of_one_number(text, number, runs[next]);
         ++next)
      number.digits += runs[next].digits, number.end = runs[next].end;
    const bool is_one = is_us_number(number.digits) && number.digits.size() >= kLeast;
    numbers.push_back(is_one ? std::move(number) : runs[at]);
    at = is_one ? next : at + 1;
  }
  return numbers;
}

/// Whether a run is all that a cell of a sheet holds.
bool is_cell(std::string_view text, const DigitRun& run) {
  const bool ends = run.end == text.size() || text[run.end] == '\t' || text[run.end] == '\n';
  return ends && run.begin > 0 && text[run.begin - 1] == '\t';
}

/// The digits of a run, with the zeros in front that a sheet drops from what it keeps as a number: up to `lost` of them.
std::string whole_digits(std::string_view text, const DigitRun& run, std::size_t whole, std::size_t lost) {
  const bool is_short = run.digits.size() < whole && run.digits.size() + lost >= whole;
  return is_short && is_cell(text, run) ? std::string(whole - run.digits.size(), '0') + run.digits : run.digits;
}

/// Parts a run of two cells, which lost zeros: "204545\t4418823". A whole pair has 14 digits.
void part_cells(std::string_view text, std::vector<DigitRun>& runs) {
  constexpr std::size_t kLeast = 11, kMost = 13;
  const DigitRun both = runs.front();
  const std::size_t tab = text.find('\t', both.begin);
  if (both.digits.size() < kLeast || both.digits.size() > kMost || tab >= both.end) return;
  const auto left = static_cast<std::size_t>(std::ranges::count_if(text.substr(both.begin, tab - both.begin), is_digit));
  if (left >= both.digits.size()) return;
  runs.front() = {.digits = both.digits.substr(0, left), .begin = both.begin, .end = tab};
  runs.insert(runs.begin() + 1, {.digits = both.digits.substr(left), .begin = tab + 1, .end = both.end});
}

/// A routing number that begins with a zero: its check digit says so. The digits begin with the number of a district.
void restore_aba(std::string_view text, DigitRun& run) {
  std::string whole = whole_digits(text, run, kAbaDigits, 1);
  if (whole.size() == kAbaDigits && is_aba(whole)) run.digits = std::move(whole);
}

/// The number behind a sort code, whose label ends at `label`: eight digits, or fewer in a cell of their own that is called one,
/// beside it or in the head of its column.
const DigitRun* uk_number(std::string_view text, std::size_t label, std::vector<DigitRun>& runs) {
  constexpr std::size_t kDigits = 8, kLost = 2;
  for (std::size_t i = 1; i < runs.size(); ++i) {
    const std::size_t from = i == 1 ? label : runs[i - 1].end;
    const bool is_named = runs[i].digits.size() < kDigits && names_account(text, from, runs[i].begin, false);
    if (is_named) runs[i].digits = whole_digits(text, runs[i], kDigits, kLost);
    if (runs[i].digits.size() == kDigits) return &runs[i];
  }
  return nullptr;
}

/// "20261105": the day of a statement is no account's number.
bool is_date(std::string_view digits) {
  const auto between = [](std::string_view two, std::string_view least, std::string_view most) {
    return least <= two && two <= most;
  };
  return between(digits.substr(0, 4), "1990", "2099") && between(digits.substr(4, 2), "01", "12") &&
         between(digits.substr(6), "01", "31");
}

/// "S/C 203206 A/C 43872190", "Acc: 43872190, S/C: 203206": where "sort code" is shortened and dashes are left out, both numbers
/// stand side by side, the account's behind a word for it. `at`: where the shortened label ends.
std::optional<DigitRun> number_at_once(std::string_view text, std::size_t at, std::span<const DigitRun> runs) {
  constexpr std::size_t kCodeDigits = 6, kDigits = 8, kGap = 24, kBack = 64;
  const DigitRun& code = runs.front();
  if (code.digits.size() != kCodeDigits) return std::nullopt;
  const auto is_number = [&](const DigitRun& run) { return run.digits.size() == kDigits && !is_date(run.digits); };
  if (runs.size() > 1 && is_number(runs[1]) && runs[1].begin - code.end <= kGap &&
      has_account_word(text.substr(code.end, runs[1].begin - code.end)))
    return runs[1];
  const auto from = next_character(text, at - std::min(at, kBack));
  const auto before = digit_runs(text, from, at, Joiner::none);
  if (before.empty() || !is_number(before.back()) || at - before.back().end > kGap) return std::nullopt;
  const auto since = before.size() > 1 ? before[before.size() - 2].end : from;
  return has_account_word(text.substr(since, before.back().begin - since)) ? std::optional(before.back()) : std::nullopt;
}

/// Three pairs with signs between: "60-16-13".
bool is_dashed_code(const DigitRun& run) {
  constexpr std::size_t kThreePairs = 8;
  return run.end >= run.begin + kThreePairs;
}

}  // namespace

void scan_uk(Found& found, std::size_t at, bool sure) {
  constexpr std::size_t kCodeDigits = 6;
  auto runs = digit_runs(found.text, at, at + kPairBytes, Joiner::dash_or_blank);
  if (runs.empty()) return;
  if (sure) part_cells(found.text, runs);
  if (sure) runs.front().digits = whole_digits(found.text, runs.front(), kCodeDigits, 1);
  constexpr std::size_t kNear = 4;
  if (!sure && runs.front().begin > at + kNear) return;
  if (!sure && !is_dashed_code(runs.front())) {
    if (const auto number = number_at_once(found.text, at, runs)) add_pair(found, "uk", runs.front(), *number);
    return;
  }
  if (runs.front().digits.size() == 14) {  // 12-34-56 12345678
    const DigitRun code{.digits = runs.front().digits.substr(0, 6), .begin = runs.front().begin, .end = runs.front().end};
    return add_pair(found, "uk", code, {.digits = runs.front().digits.substr(6), .begin = code.begin, .end = code.end});
  }
  if (runs.front().digits.size() != kCodeDigits) return;
  if (const DigitRun* number = uk_number(found.text, at, runs)) return add_pair(found, "uk", runs.front(), *number);
  std::size_t from = at > kPairBytes / 2 ? at - kPairBytes / 2 : 0;
  from = next_character(found.text, from);
  const auto before = digit_runs(found.text, from, at, Joiner::none);  // number first, sort code after it
  if (before.empty() || before.back().digits.size() != 8 || !names_account(found.text, from, at)) return;
  add_pair(found, "uk", runs.front(), before.back());
}

void scan_us(Found& found, std::size_t at) {
  auto runs = us_numbers(found.text, at, at + kPairBytes);
  if (!runs.empty()) restore_aba(found.text, runs.front());
  for (std::size_t i = 0; i + 1 < runs.size(); ++i) {
    if (runs[i].digits.size() != kAbaDigits) continue;
    std::size_t other = i + 1;  // a second routing number (ACH, wire) may stand between
    while (other + 1 < runs.size() && names_routing(found.text, runs[other - 1].end, runs[other].begin)) ++other;
    const auto& number = runs[other];
    const bool between = names_account(found.text, runs[other - 1].end, number.begin) ||
                         names_deposit(found.text, runs[other - 1].end, number.begin);
    const bool in_head = i == 0 && is_aba(runs[i].digits) && names_account(found.text, at, runs[i].begin, false);
    if (!is_us_number(number.digits) || !(between || in_head)) return;
    return add_pair(found, "us", runs[i], number);
  }
  std::size_t from = at > kPairBytes / 2 ? at - kPairBytes / 2 : 0;
  from = next_character(found.text, from);
  const auto before = us_numbers(found.text, from, at);
  if (runs.empty() || runs.front().digits.size() != kAbaDigits || before.empty() || !is_us_number(before.back().digits)) return;
  if (names_account(found.text, from, before.back().begin)) add_pair(found, "us", runs.front(), before.back());
}

/// Whether more than blanks and marks follows on the line: a row of a table, in which the first word belongs to the first column.
bool is_row(std::string_view text, std::size_t at) {
  const auto line = text.substr(at, std::min(text.find('\n', at), text.size()) - at);
  return line.find_first_of("\t|") != line.npos;
}

void scan_bic(Found& found, std::size_t at) {
  constexpr std::size_t kLabelGap = 24;
  std::size_t place = at;
  std::string bic;
  for (auto glyph = glyph_at(found.text, place); place < at + kLabelGap && glyph.end > place;
       glyph = glyph_at(found.text, place)) {
    if (glyph.kind == GlyphKind::symbol) {
      const auto begin = place;
      while (glyph.kind == GlyphKind::symbol && glyph.end > place && bic.size() < 16) {
        bic += glyph.symbol;
        place = glyph.end;
        glyph = glyph_at(found.text, place);
      }
      const bool is_below = found.text.substr(at, begin - at).find('\n') != std::string_view::npos;
      if (is_bic(bic) && !(is_below && is_row(found.text, begin))) {
        Account account;
        account.kind = "bic";
        account.value = account.bic = bic;
        account.country = bic.substr(4, 2);
        return found.add(std::move(account), begin, place);
      }
      if (bic != "CODE" && bic != "SWIFT" && bic != "BIC" && bic != "IS" && bic != "NUMBER") return;
      bic.clear();
    } else {
      place = glyph.end;
    }
  }
}

}  // namespace threadline::facts
