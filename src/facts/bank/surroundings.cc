// SPDX-License-Identifier: Apache-2.0
// What stands around an account: its holder, a BIC beside it, how it is named.
#include <algorithm>
#include <array>
#include <set>

#include "facts/bank/former.h"
#include "facts/bank/iban.h"
#include "facts/bank/naming.h"
#include "facts/bank/scan.h"
#include "facts/bank/warning.h"
#include "text/charset.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kLinesAround = 6;  ///< lines before and after an account in which a holder is looked for
constexpr std::size_t kLineBytes = 300;  ///< of one line that are looked at
constexpr std::size_t kHolderBytes = 120;
constexpr std::size_t kLabelLetters = 32;  ///< longer than the longest label
constexpr std::size_t kBicBytes = 300;     ///< between an account and the BIC that belongs to it

/// Labels of a holder, folded; of several that fit the longest counts.
constexpr std::string_view kHolderLabels[] = {
#define THREADLINE_HOLDER(label) label,
#include "facts/bank/holder_labels.def"
#undef THREADLINE_HOLDER
};

/// Where the line that holds `at` begins; a line longer than kLineBytes begins there.
std::size_t line_begin(std::string_view text, std::size_t at) {
  const auto from = at > kLineBytes ? at - kLineBytes : 0;
  const auto end = text.substr(from, at - from).rfind('\n');
  return end == text.npos ? from : from + end + 1;
}

/// The line end at or after `at`, npos when none is within kLineBytes.
std::size_t line_end(std::string_view text, std::size_t at) {
  const auto end = text.substr(at, kLineBytes).find('\n');
  return end == text.npos ? text.npos : at + end;
}

std::string_view line_at(std::string_view text, std::size_t begin) {
  return text.substr(begin, std::min(line_end(text, begin), begin + kLineBytes) - begin);
}

/// A line without quote marks, bullets, dashes and blanks at its ends.
std::string_view bare(std::string_view line) {
  while (!line.empty()) {
    const auto glyph = glyph_at(line, 0);
    const bool before = glyph.kind == GlyphKind::space || glyph.kind == GlyphKind::mark || glyph.kind == GlyphKind::mask ||
                        glyph.kind == GlyphKind::invisible || line[0] == '>' || line[0] == '#' || line[0] == '+';
    if (!before) break;
    line.remove_prefix(glyph.end);
  }
  return text::trimmed(line);
}

/// The first characters of a line in capitals, and where each ends.
struct Opening {
  std::string capitals;
  std::array<std::size_t, kLabelLetters> ends{};
};

Opening opening_of(std::string_view line) {
  Opening opening;
  for (std::size_t at = 0; at < line.size() && opening.capitals.size() < kLabelLetters;) {
    const auto glyph = glyph_at(line, at);
    const auto code = text::code_point_at(line, at).value;
    at = glyph.end;
    if (glyph.kind == GlyphKind::invisible || glyph.kind == GlyphKind::soft) continue;
    const char plain = code < 0x80 ? static_cast<char>(code) : code == 0x2019 ? '\'' : latin_base(code);
    opening.ends[opening.capitals.size()] = at;
    opening.capitals += glyph.kind == GlyphKind::symbol ? glyph.symbol : plain;
  }
  return opening;
}

bool begins_with(std::string_view capitals, std::string_view label) {
  return capitals.size() >= label.size() &&
         std::ranges::equal(capitals.substr(0, label.size()), label,
                            [](char left, char right) { return left == (right >= 'a' && right <= 'z' ? right - 32 : right); });
}

/// The length of the holder's label that begins the line, 0 when none does.
std::size_t label_bytes(std::string_view line) {
  const auto opening = opening_of(line);
  const std::string_view capitals = opening.capitals;
  std::size_t best = 0;
  for (const auto label : kHolderLabels) {
    if (!begins_with(capitals, label)) continue;
    const bool whole = label.size() == capitals.size() || capitals[label.size()] < 'A' || capitals[label.size()] > 'Z';
    if (whole) best = std::max(best, opening.ends[label.size() - 1]);
  }
  return best;
}

bool may_begin_label(std::string_view line) {
  static constexpr auto kFirst = [] {
    std::array<bool, 256> first{};
    for (const auto label : kHolderLabels) first[static_cast<unsigned char>(label[0])] = true;
    return first;
  }();
  if (line.empty()) return false;
  return static_cast<unsigned char>(line[0]) >= 0x80 || kFirst[static_cast<unsigned char>(line[0] | 0x20)];
}

/// Words that lead from a name in a sentence to what is to be written with the payment.
constexpr auto kBehindName = std::to_array<std::string_view>(
    {" avec la r", " con causale", " con la causale", " en indiquant", " en pr\u00e9cisant", " en rappelant", " indicando",
     " met vermelding", " mit angabe", " mit dem verwendungszweck", " mit verwendungszweck", " o.v.v.", " onder vermelding",
     " quoting ", " stating ", " unter angabe", " unter der angabe", " with reference", " with the reference"});

std::string_view cut(std::string_view value) {
  value = value.substr(0, std::min({value.find('\t'), value.find(" - "), value.find(" | "), value.size(), kHolderBytes}));
  if (value.size() == kHolderBytes) {
    while (!value.empty() && glyph_before(value, value.size()).kind == GlyphKind::other &&
           (static_cast<unsigned char>(value.back()) & 0x80U) != 0)
      value.remove_suffix(1);
  }
  for (const auto* word : {"IBAN", "BIC", "RIB"}) {
    const auto at = value.find(word);
    if (at != value.npos && at > 0) value = value.substr(0, at);
  }
  const std::string lower = text::ascii_lower(value);
  for (const std::string_view words : kBehindName) value = value.substr(0, lower.find(words));
  while (!value.empty() && std::string_view(",; |").find(value.back()) != value.npos) value.remove_suffix(1);
  return value;
}

/// Whether a value is no name but the label of another field.
bool names_field(std::string_view value) {
  constexpr auto kFields = std::to_array<std::string_view>(
      {"IBAN",   "BIC",    "RIB",     "SWIFT",   "BANQUE", "BANK",      "BANCA",     "BANCO",    "COMPTE", "KONTO",
       "CUENTA", "CONTO",  "CONTA",   "ACCOUNT", "ACCT",   "NUMERO",    "NUMBER",    "CODE",     "CLE",    "MONTANT",
       "AMOUNT", "BETRAG", "ADDRESS", "ADRESSE", "ADRES",  "ANSCHRIFT", "DIRECCION", "INDIRIZZO"});
  const std::string capitals = plain_capitals(value.substr(0, kHolderBytes));
  const std::string first = capitals.substr(0, capitals.find(' '));
  return value.size() < kLabelLetters && std::ranges::find(kFields, first) != kFields.end();
}

/// "Beneficiary bank: ", "Beneficiary account: ", not "Beneficiary account name: ": what stands between label and colon.
bool is_of_other_field(std::string_view words) {
  if (words.empty() || !names_field(words)) return false;
  const std::string capitals = plain_capitals(words);
  return std::ranges::none_of(std::to_array<std::string_view>({"NAME", "NOM", "NOMBRE", "NAAM", "NOME", "HOLDER", "TITUL"}),
                              [&](std::string_view name) { return capitals.find(name) != std::string::npos; });
}

/// The holder that a line names, with the line after it where the value stands there.
std::string_view holder_of(std::string_view line, std::string_view next) {
  line = bare(line);
  if (!may_begin_label(line)) return {};
  const auto label = label_bytes(line);
  if (label == 0) return {};
  auto rest = line.substr(label);
  const auto colon = rest.find_first_of(":\t");
  if (colon != rest.npos && is_of_other_field(bare(rest.substr(0, colon)))) return {};
  if (colon != rest.npos && colon < 24) {
    rest = bare(rest.substr(colon + 1));
  } else {
    rest = bare(rest);
    if (!rest.empty() && !glyph_at(rest, 0).is_letter()) rest = {};
  }
  const bool heads_column = names_field(cut(rest));  // "Titulaire | IBAN | BIC": the values stand in the row below
  if ((rest.empty() && line.size() < 40) || heads_column) rest = bare(next);
  return cut(rest);
}

/// What follows an account in its line, without the dash, comma or bracket between.
std::string_view rest_of_line(std::string_view text, std::size_t end) {
  auto rest = bare(text.substr(end, line_at(text, end).size()));
  while (!rest.empty() &&
         (rest.front() == '-' || rest.front() == ',' || rest.front() == ';' || rest.front() == '(' || rest.front() == '.'))
    rest = bare(rest.substr(1));
  return rest;
}

/// The holder that stands in the account's own line before it, behind what names another account or the last comma.
std::string_view holder_before(std::string_view text, std::size_t from, std::size_t begin) {
  std::string_view before = text.substr(from, begin - from);
  while (!before.empty()) {
    const std::size_t mark = before.find_last_of(",;");
    const std::string_view part = mark == before.npos ? before : before.substr(mark + 1);
    const std::string_view holder = holder_of(part, {});
    if (!holder.empty() && holder.find_first_of("0123456789") == holder.npos) return holder;
    before = before.substr(0, mark == before.npos ? 0 : mark);
  }
  return {};
}

std::size_t quote_depth(std::string_view line) {
  const auto marks = line.substr(0, std::min(line.find_first_not_of("> "), line.size()));
  return static_cast<std::size_t>(std::ranges::count(marks, '>'));
}

/// Whether the line below an account begins the words of the next one: behind an empty line, and in the next one's paragraph.
bool is_of_next(const AccountPlace& place, std::size_t line) {
  if (place.next_begin >= place.text.size() || place.next_begin < line) return false;
  const std::string_view between = place.text.substr(place.end, line - 1 - place.end);  // without the line end before it
  const bool is_parted = end_of_paragraph(between) != place.text.npos;
  return is_parted && end_of_paragraph(place.text.substr(line, place.next_begin - line + 1)) == place.text.npos;
}

/// The nearest words around that name a holder: in its line, then in the lines around, of its own quoted level.
std::string_view holder_around(const AccountPlace& place) {
  const std::string_view text = place.text;
  std::size_t up = line_begin(text, place.begin), down = line_end(text, place.end);
  if (const auto holder = holder_before(text, std::max(up, place.previous_end), place.begin); !holder.empty()) return holder;
  const bool is_alone = place.next_begin >= std::min(down, text.size());  // or the words behind it are the next account's
  if (const auto holder = is_alone ? holder_of(rest_of_line(text, place.end), {}) : std::string_view{}; !holder.empty())
    return holder;
  const auto depth = quote_depth(line_at(text, up));
  const auto is_level = [&](std::string_view line) { return bare(line).empty() || quote_depth(line) == depth; };
  const auto above = [&] {
    const auto next = line_at(text, up);
    const auto begin = line_begin(text, up - 1);
    const auto line = line_at(text, begin);
    up = is_level(line) ? begin : 0;
    return is_level(line) ? holder_of(line, next) : std::string_view{};
  };
  const auto below = [&] {
    const auto begin = down + 1;
    const auto line = line_at(text, begin);
    down = is_level(line) ? line_end(text, begin) : text.npos;
    const auto next = down == text.npos ? std::string_view() : line_at(text, down + 1);
    return is_level(line) && !is_of_next(place, begin) ? holder_of(line, next) : std::string_view{};
  };
  for (std::size_t i = 0; i < kLinesAround; ++i) {
    if (const auto holder = up > 0 ? above() : std::string_view{}; !holder.empty()) return holder;
    if (const auto holder = down != text.npos ? below() : std::string_view{}; !holder.empty()) return holder;
  }
  return {};
}

void take_bic(std::vector<Account>& accounts) {
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    if (accounts[i].kind != "bic") continue;
    const auto near = [&](const Account& other) {
      const auto gap = other.span.offset < accounts[i].span.offset
                           ? accounts[i].span.offset - other.span.offset - other.span.length
                           : other.span.offset - accounts[i].span.offset;
      return other.kind != "bic" && gap < kBicBytes;
    };
    if (i > 0 && near(accounts[i - 1])) {
      accounts[i - 1].bic = accounts[i].value;
      accounts[i].kind.clear();
    } else if (i + 1 < accounts.size() && near(accounts[i + 1])) {
      accounts[i + 1].bic = accounts[i].value;
      accounts[i].kind.clear();
    }
  }
  std::erase_if(accounts, [](const Account& account) { return account.kind.empty(); });
}

/// The word of capitals and digits that begins right behind `at`, or ends right before it, over a few separators at most.
std::string_view capitals_beside(std::string_view text, std::size_t at, bool before) {
  constexpr std::size_t kGap = 6, kWord = 12;
  const auto next = [&](std::size_t place) { return before ? glyph_before(text, place) : glyph_at(text, place); };
  const auto past = [&](const Glyph& glyph) { return before ? glyph.begin : glyph.end; };
  std::size_t gap = 0;
  auto glyph = next(at);
  for (; glyph.kind != GlyphKind::symbol && glyph.end > glyph.begin && gap < kGap; glyph = next(at), ++gap) at = past(glyph);
  std::size_t end = at, length = 0;
  for (; glyph.kind == GlyphKind::symbol && length <= kWord; glyph = next(end), ++length) {
    if (glyph.lower || glyph.disguised) return {};
    end = past(glyph);
  }
  return text.substr(std::min(at, end), length);
}

/// A BIC without a label, right beside an account of its country, of an institution that is known: no word of a sentence.
void take_bare_bic(std::string_view text, Account& account) {
  if (account.kind == "bic") return;
  for (const bool before : {true, false}) {
    const auto place = before ? account.span.offset : account.span.offset + account.span.length;
    const auto word = capitals_beside(text, place, before);
    if (is_bic(word) && word.substr(4, 2) == account.country && is_known_institution(word)) account.bic = word;
  }
}

/// "Our new account is B. Our old account is closed: A": where nothing else is announced, A may be what is to be paid to.
void retire_beside_announced(std::vector<Account>& accounts, const std::vector<Naming>& namings) {
  std::set<std::string_view> announced;
  for (std::size_t at = 0; at < accounts.size(); ++at) {
    if (namings[at] == Naming::announced && !accounts[at].former) announced.insert(accounts[at].value);
  }
  for (std::size_t at = 0; at < accounts.size(); ++at) {
    const auto others = announced.size() - announced.count(accounts[at].value);
    if (namings[at] == Naming::retired && others > 0) accounts[at].former = true;
  }
}

/// A list of accounts, or one account in two notations, is introduced once.
void inherit_role(const std::vector<Account>& accounts, Account& account, std::size_t previous_end) {
  constexpr std::size_t kListBytes = 120;
  if (&account == accounts.data() || account.role != AccountRole::unknown) return;
  const auto& before = *(&account - 1);
  if (account.span.offset - std::min<std::size_t>(previous_end, account.span.offset) <= kListBytes) account.role = before.role;
}

}  // namespace

bool is_holder_label(std::string_view folded) { return std::ranges::find(kHolderLabels, folded) != std::end(kHolderLabels); }

void read_surroundings(std::string_view text, std::vector<Account>& accounts) {
  for (auto& account : accounts) take_bare_bic(text, account);
  take_bic(accounts);
  std::vector<Naming> namings;
  std::size_t previous_end = 0;
  for (auto& account : accounts) {
    const auto begin = account.span.offset, end = begin + account.span.length;
    const bool is_last = &account == &accounts.back();
    const AccountPlace place{.text = text,
                             .begin = begin,
                             .end = end,
                             .previous_end = std::min<std::size_t>(previous_end, begin),
                             .next_begin = is_last ? text.size() : std::max<std::size_t>((&account + 1)->span.offset, end)};
    account.holder = holder_around(place);
    account.role = role_around(place);
    namings.push_back(naming_of(place));
    account.former = namings.back() == Naming::former || is_warned_of(place);
    inherit_role(accounts, account, previous_end);
    previous_end = end;
  }
  retire_beside_announced(accounts, namings);
}

}  // namespace threadline::facts
