// SPDX-License-Identifier: Apache-2.0
// What stands around an account: its holder, whether the writer pays from it or is paid on it, a BIC beside it.
#include <algorithm>
#include <array>

#include "facts/bank/iban.h"
#include "facts/bank/scan.h"
#include "text/charset.h"
#include "text/fold.h"
#include "text/pattern.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kLinesAround = 6;  ///< lines before and after an account in which a holder is looked for
constexpr std::size_t kLineBytes = 300;  ///< of one line that are looked at
constexpr std::size_t kHolderBytes = 120;
constexpr std::size_t kLabelLetters = 32;  ///< longer than the longest label
constexpr std::size_t kRoleBefore = 260, kRoleAfter = 160;
constexpr std::size_t kNearBytes = 80;  ///< right before an account, in which it may be called the reader's
constexpr std::size_t kBicBytes = 300;  ///< between an account and the BIC that belongs to it

/// Labels of a holder, folded; of several that fit the longest counts.
constexpr std::string_view kHolderLabels[] = {
#define THREADLINE_HOLDER(label) label,
#include "facts/bank/holder_labels.def"
#undef THREADLINE_HOLDER
};

/// Stems that say the account pays; and those that say it is paid. Folded.
constexpr std::string_view kPaying[] = {
#define THREADLINE_PAYING(stem) stem,
#define THREADLINE_RECEIVING(stem)
#include "facts/bank/role_words.def"
#undef THREADLINE_PAYING
#undef THREADLINE_RECEIVING
};
constexpr std::string_view kReceiving[] = {
#define THREADLINE_RECEIVING(stem) stem,
#define THREADLINE_PAYING(stem)
#include "facts/bank/role_words.def"
#undef THREADLINE_RECEIVING
#undef THREADLINE_PAYING
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
  while (!value.empty() && std::string_view(",; |").find(value.back()) != value.npos) value.remove_suffix(1);
  return value;
}

/// Whether a value is no name but the label of another field.
bool names_field(std::string_view value) {
  constexpr std::array<std::string_view, 20> kFields{"IBAN",   "BIC",    "RIB",   "SWIFT",   "BANQUE", "BANK",  "BANCA",
                                                     "BANCO",  "COMPTE", "KONTO", "CUENTA",  "CONTO",  "CONTA", "ACCOUNT",
                                                     "NUMERO", "CODE",   "CLE",   "MONTANT", "AMOUNT", "BETRAG"};
  const std::string capitals = plain_capitals(value.substr(0, kHolderBytes));
  const std::string first = capitals.substr(0, capitals.find(' '));
  return value.size() < kLabelLetters && std::ranges::find(kFields, first) != kFields.end();
}

/// The holder that a line names, with the line after it where the value stands there.
std::string_view holder_of(std::string_view line, std::string_view next) {
  line = bare(line);
  if (!may_begin_label(line)) return {};
  const auto label = label_bytes(line);
  if (label == 0) return {};
  auto rest = line.substr(label);
  const auto colon = rest.find_first_of(":\t");
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

/// The nearest line around that names a holder.
std::string_view holder_around(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t up = line_begin(text, begin), down = line_end(text, end);
  const auto own = line_at(text, up);
  const auto own_label = holder_of(own, {});
  if (!own_label.empty() && own_label.find_first_of("0123456789") == own_label.npos) return own_label;
  if (const auto holder = holder_of(rest_of_line(text, end), {}); !holder.empty()) return holder;
  for (std::size_t i = 0; i < kLinesAround; ++i) {
    if (up > 0) {
      const auto next = line_at(text, up);
      up = line_begin(text, up - 1);
      if (const auto holder = holder_of(line_at(text, up), next); !holder.empty()) return holder;
    }
    if (down != text.npos) {
      const auto begin_of = down + 1;
      down = line_end(text, begin_of);
      const auto next = down == text.npos ? std::string_view() : line_at(text, down + 1);
      if (const auto holder = holder_of(line_at(text, begin_of), next); !holder.empty()) return holder;
    }
  }
  return {};
}

std::size_t stepped(std::string_view text, std::size_t at) {
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
  return at;
}

struct Place {
  std::size_t begin = std::string_view::npos, end = 0;
  [[nodiscard]] bool is_none() const { return begin == std::string_view::npos; }
};

/// Stems by their first two letters: a text is walked once, whatever their number.
class Stems {
 public:
  template <std::size_t N>
  explicit Stems(const std::string_view (&stems)[N]) {
    for (const auto stem : stems) by_pair_[pair_of(stem[0], stem[1])].push_back(stem);
  }

  /// The place of a stem that ends last.
  [[nodiscard]] Place last_in(std::string_view folded) const {
    Place best;
    for (std::size_t at = 0; at + 1 < folded.size(); ++at) {
      for (const auto stem : by_pair_[pair_of(folded[at], folded[at + 1])]) {
        if (at + stem.size() > best.end && folded.substr(at).starts_with(stem)) best = {.begin = at, .end = at + stem.size()};
      }
    }
    return best;
  }

 private:
  static constexpr std::size_t kPairs = 1024;
  static std::size_t pair_of(char first, char second) {
    return (static_cast<unsigned char>(first) * 31U + static_cast<unsigned char>(second)) % kPairs;
  }
  std::array<std::vector<std::string_view>, kPairs> by_pair_;
};

/// The later wins; where both share words ("depuis notre compte bancaire") the account pays.
AccountRole role_in(std::string_view folded) {
  static const Stems paying_stems(kPaying), receiving_stems(kReceiving);
  const auto paying = paying_stems.last_in(folded), receiving = receiving_stems.last_in(folded);
  if (paying.is_none() && receiving.is_none()) return AccountRole::unknown;
  if (paying.is_none()) return AccountRole::receiving;
  return receiving.is_none() || paying.end > receiving.begin ? AccountRole::paying : AccountRole::receiving;
}

/// Whether the words right before an account call it the reader's ("refunded to your account ..."): the writer is not paid on it.
bool is_called_readers(std::string_view folded) {
  static const text::Pattern readers(
      "(?:^|[^a-z])(?:votre|ton|your|ihr|ihre[mns]?|dein|deine[mns]?|su|tu|vuestra|vostro|suo|tuo|sua|seu|vossa|tua|uw|jouw)"
      "\\s+(?:compte|account|bank account|konto|bankkonto|cuenta|conto|conta|rekening|bankrekening|iban|rib)"
      "(?:\\s+(?:bancaire|courant|bancari[ao]|corrente|corriente|number|nummer|numero|numer|nr|no|iban|rib))*[\\s:.(-]*$");
  return readers.is_in(folded);
}

/// The words before the account count first (the nearest win), then those after it.
AccountRole role_around(std::string_view text, std::size_t begin, std::size_t end, std::size_t previous_end) {
  const auto from = stepped(text, std::max(previous_end, begin > kRoleBefore ? begin - kRoleBefore : 0));
  const auto before = text::fold(text.substr(from, begin - from));
  if (is_called_readers(std::string_view(before).substr(before.size() - std::min(before.size(), kNearBytes))))
    return AccountRole::paying;
  if (const auto role = role_in(before); role != AccountRole::unknown) return role;
  const auto after = std::min(text.size(), end + kRoleAfter);
  return role_in(text::fold(text.substr(end, stepped(text, after) - end)));
}

constexpr std::string_view kFormer[] = {
#define THREADLINE_FORMER(stem) stem,
#define THREADLINE_PRESENT(stem)
#include "facts/bank/former_words.def"
#undef THREADLINE_FORMER
#undef THREADLINE_PRESENT
};
constexpr std::string_view kPresent[] = {
#define THREADLINE_FORMER(stem)
#define THREADLINE_PRESENT(stem) stem,
#include "facts/bank/former_words.def"
#undef THREADLINE_FORMER
#undef THREADLINE_PRESENT
};

/// Whether the clause that leads to the account calls it the old one; the later of two words wins. A heuristic that rather
/// presents an account than hides it: nothing before a comma, a full stop or an empty line counts.
bool is_called_former(std::string_view text, std::size_t begin, std::size_t previous_end) {
  constexpr std::size_t kClauseBytes = 80;
  static const Stems former_stems(kFormer), present_stems(kPresent);
  const auto from = stepped(text, std::max(previous_end, begin > kClauseBytes ? begin - kClauseBytes : 0));
  auto clause = text.substr(from, begin - from);
  if (const auto end = clause.find_last_of(".,;!?"); end != clause.npos) clause.remove_prefix(end + 1);
  if (const auto empty = clause.rfind("\n\n"); empty != clause.npos) clause.remove_prefix(empty + 2);
  const auto folded = text::fold(clause);
  const auto former = former_stems.last_in(folded), present = present_stems.last_in(folded);
  return !former.is_none() && (present.is_none() || former.end > present.end);
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

/// A list of accounts, or one account in two notations, is introduced once.
void inherit_role(const std::vector<Account>& accounts, Account& account, std::size_t previous_end) {
  constexpr std::size_t kListBytes = 120;
  if (&account == accounts.data() || account.role != AccountRole::unknown) return;
  const auto& before = *(&account - 1);
  if (account.span.offset - std::min<std::size_t>(previous_end, account.span.offset) <= kListBytes) account.role = before.role;
}

}  // namespace

void read_surroundings(std::string_view text, std::vector<Account>& accounts) {
  for (auto& account : accounts) take_bare_bic(text, account);
  take_bic(accounts);
  std::size_t previous_end = 0;
  for (auto& account : accounts) {
    const auto begin = account.span.offset, end = begin + account.span.length;
    account.holder = holder_around(text, begin, end);
    account.role = role_around(text, begin, end, std::min<std::size_t>(previous_end, begin));
    account.former = is_called_former(text, begin, std::min<std::size_t>(previous_end, begin));
    inherit_role(accounts, account, previous_end);
    previous_end = end;
  }
}

}  // namespace threadline::facts
