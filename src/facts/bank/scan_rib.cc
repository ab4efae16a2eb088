// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "facts/bank/iban.h"
#include "facts/bank/scan.h"

namespace threadline::facts {
namespace {

constexpr std::string_view kRibPlaces =
    "nnnnnnnnnnccccccccccc"
    "nn";
constexpr std::size_t kGridBefore = 160;  ///< bytes before "guichet" where the bank's label may stand
constexpr std::size_t kGridAfter = 600;   ///< bytes after it where the values may stand
constexpr std::size_t kGridTokens = 60;

enum class Field { bank, branch, account, key, none };

/// One word of the stretch around a grid.
struct Token {
  std::string symbols;
  std::size_t begin = 0, end = 0;
  Field label = Field::none;
  bool value = false;
};

struct FieldWord {
  std::string_view word;
  Field field;
};
/// Labels of a RIB (CFONB's form, and how banks and people shorten it).
constexpr FieldWord kFieldWords[] = {
    {"BANQUE", Field::bank},   {"ETABLISSEMENT", Field::bank}, {"ETAB", Field::bank},
    {"ETS", Field::bank},      {"BQUE", Field::bank},          {"GUICHET", Field::branch},
    {"AGENCE", Field::branch}, {"COMPTE", Field::account},     {"CPTE", Field::account},
    {"CLE", Field::key},
};

Field field_of(std::string_view word) {
  const auto* found = std::ranges::find(kFieldWords, word, &FieldWord::word);
  return found == std::end(kFieldWords) ? Field::none : found->field;
}

std::size_t stepped_back(std::string_view text, std::size_t at, std::size_t bytes) {
  std::size_t from = at > bytes ? at - bytes : 0;
  while (from < at && (static_cast<unsigned char>(text[from]) & 0xC0U) == 0x80U) ++from;
  return from;
}

/// The word that begins at `at`: symbols and accented letters; empty when none begins there.
Token token_at(std::string_view text, std::size_t at) {
  Token token;
  token.begin = token.end = at;
  bool digit = false;
  while (token.end < text.size() && token.symbols.size() < 32) {
    const auto glyph = glyph_at(text, token.end);
    const auto plain = plain_capitals(text.substr(glyph.begin, glyph.end - glyph.begin));
    if (plain == " ") break;
    token.symbols += plain;
    token.end = glyph.end;
    digit |= glyph.is_digit();
  }
  token.value = digit && token.symbols.size() <= 23;
  if (!digit) token.label = field_of(token.symbols);
  return token;
}

std::vector<Token> tokens_of(std::string_view text, std::size_t from, std::size_t to) {
  std::vector<Token> tokens;
  for (std::size_t at = from; at < to && tokens.size() < kGridTokens;) {
    auto token = token_at(text, at);
    at = token.end == at ? glyph_at(text, at).end : token.end;
    if (token.label != Field::none || token.value) tokens.push_back(std::move(token));
  }
  return tokens;
}

std::string padded(std::string value, std::size_t length) {
  if (value.size() < length) value.insert(0, length - value.size(), '0');
  return value;
}

/// The four values as 23 characters, zeros that a spreadsheet dropped put back; empty when a part is too long.
std::string rib_of(const std::array<std::string, 4>& parts) {
  constexpr std::size_t kLengths[] = {5, 5, 11, 2};
  std::string rib;
  for (std::size_t i = 0; i < 4; ++i) {
    if (parts[i].empty() || parts[i].size() > kLengths[i]) return {};
    rib += padded(parts[i], kLengths[i]);
  }
  return rib;
}

struct Grid {
  std::string rib;
  std::size_t begin = 0, end = 0;
};

/// One value beside each label ("Code banque : 30004 ... Cle RIB : 19").
Grid beside_labels(const std::vector<Token>& tokens, std::size_t first) {
  std::array<std::string, 4> parts;
  Grid grid;
  grid.begin = tokens[first].begin;
  Field field = Field::none;
  for (std::size_t i = first; i < tokens.size(); ++i) {
    const auto& token = tokens[i];
    if (token.label != Field::none) {
      if (!parts[3].empty()) break;
      field = token.label;
    } else if (field != Field::none && (parts[static_cast<std::size_t>(field)].empty() || field == Field::account)) {
      parts[static_cast<std::size_t>(field)] += token.symbols;
      grid.end = token.end;
    }
  }
  grid.rib = rib_of(parts);
  return grid;
}

/// Values in the order bank, branch, account (in any number of groups), key, from tokens[first] on.
Grid ordered_values(const std::vector<Token>& tokens, std::size_t first) {
  Grid fallback;
  std::array<std::string, 4> parts;
  for (std::size_t i = first; i < tokens.size() && tokens[i].value; ++i) {
    const auto nth = i - first;
    if (nth < 2) {
      parts[nth] = tokens[i].symbols;
      continue;
    }
    if (nth >= 3) {
      parts[3] = tokens[i].symbols;
      const auto rib = rib_of(parts);
      if (!rib.empty() && is_rib(rib)) return {.rib = rib, .begin = tokens[first].begin, .end = tokens[i].end};
      if (!rib.empty() && parts[2].size() == 11) fallback = {.rib = rib, .begin = tokens[first].begin, .end = tokens[i].end};
    }
    parts[2] += tokens[i].symbols;
  }
  return fallback;
}

/// All labels first, then the values.
Grid under_labels(const std::vector<Token>& tokens, std::size_t first) {
  std::size_t at = first;
  while (at < tokens.size() && tokens[at].label != Field::none) ++at;
  return ordered_values(tokens, at);
}

bool add_rib(Found& found, const Grid& grid) {
  auto account = iban_account(iban_of("FR", grid.rib));
  account.valid = is_rib(grid.rib);
  found.add(std::move(account), grid.begin, grid.end);
  return true;
}

/// The bank's label nearest before the branch's, else the branch's own.
std::size_t first_label(const std::vector<Token>& tokens, std::size_t anchor) {
  std::size_t branch = 0;
  while (branch < tokens.size() && !(tokens[branch].label == Field::branch && tokens[branch].end > anchor)) ++branch;
  for (std::size_t i = branch; i-- > 0;) {
    if (tokens[i].label == Field::bank) return i;
  }
  return branch;
}

}  // namespace

void scan_rib_grid(Found& found, std::size_t at) {
  const auto from = stepped_back(found.text, at, kGridBefore);
  const auto tokens = tokens_of(found.text, from, std::min(found.text.size(), at + kGridAfter));
  const auto first = first_label(tokens, at);
  if (first + 4 > tokens.size()) return;
  const bool labels_first = tokens[first + 1].label != Field::none;
  const auto grid = labels_first ? under_labels(tokens, first) : beside_labels(tokens, first);
  if (!grid.rib.empty()) add_rib(found, grid);
}

std::size_t scan_rib(Found& found, std::size_t at) {
  const auto reading = read_places(found.text, at, kRibPlaces, false);
  if (!reading.complete || !begins_word(found.text, at) || !ends_word(found.text, reading)) return 0;
  const auto& gaps = reading.gap_before;
  const bool grouped = gaps[5] && gaps[10] && gaps[21] && !gaps[22] && (gaps.to_ullong() & 0x3DEULL) == 0;
  const bool exact = grouped && gaps.count() == 3;
  const bool valid = is_rib(reading.symbols);
  const bool known = grouped && bank_of("FR", std::string_view(reading.symbols).substr(0, 5)) != nullptr;
  const bool label = labelled(found.text, at);
  if (valid ? !(exact || known || label) : !(label && grouped && known)) return 0;
  auto account = iban_account(iban_of("FR", reading.symbols));
  account.valid = valid;
  if (reading.invisible) account.hidden_how = "invisible";
  if (reading.disguised) account.hidden_how = "homoglyph";
  account.hidden = !account.hidden_how.empty();
  found.add(std::move(account), reading.begin, reading.end);
  return reading.end;
}

std::size_t scan_belgian(Found& found, std::size_t at) {
  const auto reading = read_places(found.text, at, "nnnnnnnnnnnn", false);
  if (!reading.complete || !begins_word(found.text, at) || !ends_word(found.text, reading)) return 0;
  if (reading.gap_before.to_ullong() != ((1ULL << 3U) | (1ULL << 10U))) return 0;
  if (!national_check("BE", reading.symbols).value_or(false) || !labelled(found.text, at)) return 0;
  found.add(iban_account(iban_of("BE", reading.symbols)), reading.begin, reading.end);
  return reading.end;
}

}  // namespace threadline::facts
