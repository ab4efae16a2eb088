// SPDX-License-Identifier: Apache-2.0
#include "facts/bank/account.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "facts/bank/scan.h"
#include "facts/bank/unveiled.h"
#include "facts/bank/visual_order.h"

namespace threadline::facts {
namespace {

/// Which bytes may begin something: digits, and the first bytes of digits outside ASCII.
constexpr auto kStarts = [] {
  std::array<bool, 256> starts{};
  for (unsigned c = '0'; c <= '9'; ++c) starts[c] = true;
  for (const unsigned c : {0xC2U, 0xD9U, 0xDBU, 0xDFU, 0xE0U, 0xE1U, 0xE2U, 0xEAU, 0xEFU, 0xF0U}) starts[c] = true;
  return starts;
}();

constexpr std::size_t kGroup = 5, kRib = 21;  ///< a RIB is groups of 5-5-11-2, one run that ends in digits, or labelled

/// Digits in circles and brackets begin with E2 91 to E2 9E, raised ones with E2 81, E2 82 and C2 B2 to C2 B9; punctuation and
/// blanks, which are frequent, with E2 80 and C2 A0.
bool digit_or_more(std::string_view text, std::size_t at) {
  if (!kStarts[static_cast<unsigned char>(text[at])]) return false;
  if (text[at] != '\xE2' && text[at] != '\xC2') return true;
  const auto next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0U;
  return text[at] == '\xC2' ? next >= 0xB2U : next >= 0x81U;
}

/// Whether the last letter before `at`, behind a few separators, is the B of "RIB" (or any other B: a cheap look only).
bool after_b(std::string_view text, std::size_t at) {
  constexpr std::size_t kBack = 12;
  for (std::size_t i = at; i > 0 && at - i < kBack; --i) {
    if (is_letter(text[i - 1])) return (text[i - 1] | 0x20) == 'b';
    if (is_digit(text[i - 1])) return false;
  }
  return false;
}

/// The digits that end before `end` are surely not followed by a group of that size: the cheap look at a table of numbers.
bool is_no_group_after(std::string_view text, std::size_t end, std::size_t size) {
  std::size_t at = end;
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80 && !is_digit(text[at]) && !is_letter(text[at])) ++at;
  if (at >= text.size()) return true;
  if (static_cast<unsigned char>(text[at]) >= 0x80) return false;
  std::size_t digits = 0;
  while (digits <= size && at + digits < text.size() && is_digit(text[at + digits])) ++digits;
  return digits != size && (at + digits >= text.size() || static_cast<unsigned char>(text[at + digits]) < 0x80);
}

/// "12-34-5", "12.34.5", or a joint outside ASCII: the cheap look at what follows two digits.
bool may_be_sort_code(std::string_view text, std::size_t at) {
  constexpr std::size_t kNextJoint = 3;
  if (at + kNextJoint >= text.size()) return false;
  if (static_cast<unsigned char>(text[at]) >= 0x80) return true;
  return (text[at] == '-' || text[at] == '.') && text[at + kNextJoint] == text[at];
}

/// What begins at the first digit of a run. The end of what was found, or 0.
std::size_t scan_digits(Found& found, std::size_t at) {
  if (const auto end = scan_iban(found, at)) return end;
  std::size_t run = 0;
  while (run <= kRib && at + run < found.text.size() && is_digit(found.text[at + run])) ++run;
  constexpr std::size_t kBelgianSecond = 7;  // 123-1234567-12
  constexpr std::size_t kIberianGroup = 4, kSpanish = 20, kPortuguese = 21;
  if (run == 2 && may_be_sort_code(found.text, at + run)) {
    if (const auto end = scan_uk_pair(found, at)) return end;
  }
  if (run == 3) return is_no_group_after(found.text, at + run, kBelgianSecond) ? 0 : scan_belgian(found, at);
  if (run == kIberianGroup || run == kSpanish || run == kPortuguese) {
    if (const auto end = scan_iberian(found, at)) return end;
  }
  if (run == kGroup && is_no_group_after(found.text, at + run, kGroup) && !labelled(found.text, at)) return 0;
  return run == kGroup || run >= kRib || run == 0 || after_b(found.text, at) ? scan_rib(found, at) : 0;
}

void scan_numbers(Found& found) {
  const auto text = found.text;
  for (std::size_t at = 0; at < text.size();) {
    if (!digit_or_more(text, at)) {
      ++at;
      continue;
    }
    const auto glyph = glyph_at(text, at);
    if (glyph.is_digit()) {
      if (found.is_full()) return;
      if (const auto end = scan_digits(found, at)) {
        at = end;
        continue;
      }
      at = glyph.end;
      for (auto next = glyph_at(text, at); next.is_digit(); next = glyph_at(text, at)) at = next.end;
    } else {
      at = glyph.end;
    }
  }
}

bool overlaps(const Account& left, const Account& right) {
  return left.span.offset < right.span.offset + right.span.length && right.span.offset < left.span.offset + left.span.length;
}

/// In the order of the text; of two in one place the valid one, then the longer stays.
void settle(std::vector<Account>& accounts) {
  std::vector<Account*> order;  // an account is large to move
  order.reserve(accounts.size());
  for (auto& account : accounts) order.push_back(&account);
  std::ranges::stable_sort(order, [](const Account* left, const Account* right) {
    return left->span.offset != right->span.offset ? left->span.offset < right->span.offset
                                                   : left->span.length > right->span.length;
  });
  std::vector<Account> kept;
  kept.reserve(accounts.size());
  for (auto* account : order) {
    if (kept.empty() || !overlaps(kept.back(), *account)) {
      kept.push_back(std::move(*account));
    } else if (account->valid && !kept.back().valid) {
      kept.back() = std::move(*account);
    }
  }
  accounts = std::move(kept);
}

std::string_view hidden_word(text::Hiding why) {
  switch (why) {
    case text::Hiding::none: return "";
    case text::Hiding::same_colour: return "colour";
    case text::Hiding::zero_size:
    case text::Hiding::display_none:
    case text::Hiding::off_screen: return "size";
  }
  return "";
}

/// A stretch that a person does not see, inside or over the account.
void take_hiding(Account& account, const std::vector<text::HiddenRange>& hidden) {
  const auto begin = account.span.offset, end = begin + account.span.length;
  for (const auto& range : hidden) {
    if (range.begin >= end || begin >= range.end || range.why == text::Hiding::none) continue;
    account.hidden = true;
    if (account.hidden_how.empty()) account.hidden_how = hidden_word(range.why);
  }
}

/// The text without what a person does not see, and the way back.
struct Seen {
  struct Piece {
    std::uint64_t seen_begin, text_begin;
  };
  std::string text;
  std::vector<Piece> pieces;

  [[nodiscard]] std::uint64_t place_of(std::uint64_t seen) const {
    const auto after = std::ranges::upper_bound(pieces, seen, {}, &Piece::seen_begin);
    const auto& piece = *std::prev(after);
    return piece.text_begin + (seen - piece.seen_begin);
  }
};

Seen seen_of(const ReadText& body) {
  Seen seen;
  std::uint64_t at = 0;
  const auto copy_to = [&](std::uint64_t end) {
    if (end <= at) return;
    seen.pieces.push_back({.seen_begin = seen.text.size(), .text_begin = at});
    seen.text.append(body.text, at, end - at);
  };
  for (const auto& range : body.hidden) {
    copy_to(std::min<std::uint64_t>(range.begin, body.text.size()));
    at = std::max(at, std::min<std::uint64_t>(range.end, body.text.size()));
  }
  copy_to(body.text.size());
  return seen;
}

/// Adds what a person reads at text[begin, end), unless it was read there already; only the first `direct` ones are looked at.
void add_seen(std::vector<Account>& accounts, std::size_t direct, Account account, std::string_view as_written) {
  account.as_written = as_written;
  const auto is_same = [&](const Account& other) { return other.valid && overlaps(other, account); };
  const auto found = accounts.begin() + static_cast<std::ptrdiff_t>(direct);
  if (std::none_of(accounts.begin(), found, is_same)) accounts.push_back(std::move(account));
}

/// Accounts that only a person reads right, because hidden characters stand inside them.
void add_interleaved(std::vector<Account>& accounts, const ReadText& body, const Limits& limits) {
  const auto seen = seen_of(body);
  const auto direct = accounts.size();
  for (auto& account : find_accounts(seen.text, limits)) {
    const auto begin = seen.place_of(account.span.offset);
    const auto end = seen.place_of(account.span.offset + account.span.length - 1) + 1;
    if (end - begin == account.span.length || accounts.size() >= limits.accounts) continue;
    account.span.offset = begin;
    account.span.length = end - begin;
    add_seen(accounts, direct, std::move(account), std::string_view(body.text).substr(begin, end - begin));
  }
  settle(accounts);
}

/// Accounts that a person reads although their characters are stored in another order.
void add_reversed(std::vector<Account>& accounts, const ReadText& body, const Limits& limits) {
  const VisualText visual = visual_order(body);
  if (visual.text.empty()) return;
  const auto direct = accounts.size();
  for (auto& account : find_accounts(visual.text, limits)) {
    const auto from = visual.places.begin() + static_cast<std::ptrdiff_t>(account.span.offset);
    const auto to = from + static_cast<std::ptrdiff_t>(account.span.length);
    if (std::is_sorted(from, to) || accounts.size() >= limits.accounts) continue;
    const auto [least, most] = std::minmax_element(from, to);
    account.span.offset = *least;
    account.span.length = std::uint64_t{*most} - *least + 1;
    account.hidden = true;
    account.hidden_how = "reversed";
    add_seen(accounts, direct, std::move(account), std::string_view(body.text).substr(*least, *most - *least + 1U));
  }
  settle(accounts);
}

/// Accounts of one text that every character stands for itself in.
std::vector<Account> find_open_accounts(std::string_view text, const Limits& limits, std::vector<Note>& notes) {
  Found found{.text = text, .limits = limits, .accounts = {}, .notes = {}};
  scan_numbers(found);
  scan_labels(found);
  settle(found.accounts);
  read_surroundings(text, found.accounts);
  scan_bare_bics(found);
  if (found.accounts.size() > limits.accounts) {
    found.pass_limit("accounts", found.accounts.back().span.offset);
    found.accounts.resize(limits.accounts);
  }
  std::ranges::move(found.notes, std::back_inserter(notes));
  return std::move(found.accounts);
}

/// Adds an account of the unveiled text, in the place of another that was read there in part; an IBAN that proves itself stays.
void take_unveiled(std::vector<Account>& accounts, Account account) {
  const auto is_same_place = [&](const Account& other) { return overlaps(other, account); };
  const auto before = std::ranges::find_if(accounts, is_same_place);
  if (before == accounts.end()) return accounts.push_back(std::move(account));
  if (before->kind == "iban" && before->valid && before->value != account.value) return;
  if (before->kind == account.kind && before->value == account.value && (before->hidden || !account.hidden)) return;
  *before = std::move(account);
}

/// A limit that only the second look reached, at its place in the source.
void add_passed(std::vector<Note>& notes, Note passed, const Unveiled& unveiled) {
  const auto is_said = [&](const Note& note) { return note.code == passed.code && note.text == passed.text; };
  if (std::ranges::any_of(notes, is_said)) return;
  passed.span = {.part = {}, .offset = unveiled.source_of(passed.span.offset), .length = 0};
  notes.push_back(std::move(passed));
}

/// Accounts that only a person reads right, because what nobody sees, or sees as something else, stands in them or in their
/// label.
void add_unveiled(std::vector<Account>& accounts, std::string_view text, const Limits& limits, std::vector<Note>& notes) {
  const auto unveiled = unveil(text);
  if (unveiled.text.empty()) return;
  std::vector<Note> passed;
  for (Account& account : find_open_accounts(unveiled.text, limits, passed)) {
    const auto begin = account.span.offset, end = begin + account.span.length;
    const auto how = unveiled.how_veiled(begin, end, account.value);
    if (!how.empty() && !account.hidden) account.hidden = true, account.hidden_how = how;
    const auto from = unveiled.source_of(begin), to = glyph_at(text, unveiled.source_of(end - 1)).end;
    account.span = {.part = {}, .offset = from, .length = to - from};
    account.as_written = text.substr(from, to - from);
    take_unveiled(accounts, std::move(account));
  }
  settle(accounts);
  if (accounts.size() > limits.accounts) {
    accounts.resize(limits.accounts);
    passed.push_back({"limit", "accounts", {}});
  }
  for (Note& note : passed) add_passed(notes, std::move(note), unveiled);
}

void take_place(Account& account, const ReadText& body, const Conversation& conversation) {
  const auto begin = account.span.offset;
  const auto after = std::ranges::upper_bound(conversation.segments, begin, {}, &Segment::begin);
  if (after != conversation.segments.begin()) account.block = std::prev(after)->block;
  const auto block = static_cast<std::size_t>(std::max(0, account.block));
  account.level = account.block >= 0 && block < conversation.quoted.size() ? conversation.quoted[block].level : 0;
  account.span = body.span_of(begin, begin + account.span.length);
}

}  // namespace

bool may_hold_account(std::string_view text) {
  constexpr std::ptrdiff_t kDigits = 8;
  if (std::ranges::count_if(text, is_digit) >= kDigits) return true;
  std::ptrdiff_t digits = 0;
  for (std::size_t at = 0; at < text.size() && digits < kDigits; ++at) digits += digit_or_more(text, at) ? 1 : 0;
  return digits >= kDigits;
}

void Found::add(Account account, std::size_t begin, std::size_t end) {
  if (is_full()) return;
  account.as_written = text.substr(begin, end - begin);
  account.span = {.part = {}, .offset = begin, .length = end - begin};
  accounts.push_back(std::move(account));
}

std::string_view name_of(AccountRole role) {
  switch (role) {
    case AccountRole::receiving: return "receiving";
    case AccountRole::paying: return "paying";
    case AccountRole::unknown: break;
  }
  return "unknown";
}

void Found::pass_limit(std::string_view name, std::size_t at) {
  if (std::ranges::find(notes, name, &Note::text) != notes.end()) return;
  notes.push_back({"limit", std::string(name), {.part = {}, .offset = at, .length = 0}});
}

std::vector<Account> find_accounts(std::string_view text, const Limits& limits) {
  std::vector<Note> notes;
  return find_accounts(text, limits, notes);
}

std::vector<Account> find_accounts(std::string_view text, const Limits& limits, std::vector<Note>& notes) {
  auto accounts = find_open_accounts(text, limits, notes);
  add_unveiled(accounts, text, limits, notes);
  return accounts;
}

std::vector<Account> read_accounts(const ReadText& body, const Conversation& conversation, const Limits& limits,
                                   std::vector<Note>& notes) {
  std::vector<Note> passed;
  auto accounts = find_accounts(body.text, limits, passed);
  for (Note& note : passed) {
    note.span = body.span_of(note.span.offset, note.span.offset);
    notes.push_back(std::move(note));
  }
  if (!body.hidden.empty()) add_interleaved(accounts, body, limits);
  add_reversed(accounts, body, limits);
  for (auto& account : accounts) {
    take_hiding(account, body.hidden);
    take_place(account, body, conversation);
  }
  return accounts;
}

}  // namespace threadline::facts
