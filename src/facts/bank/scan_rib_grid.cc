// SPDX-License-Identifier: Apache-2.0
// A RIB whose four values stand under or beside their labels, in any order (CFONB's form, and how banks and people write it).
#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <span>

#include "base/utf8.h"
#include "facts/bank/iban.h"
#include "facts/bank/scan.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kGridBefore = 240;  ///< bytes before the branch's label where labels and values may stand
constexpr std::size_t kGridAfter = 600;   ///< bytes after it
constexpr std::size_t kGridTokens = 120;
constexpr std::size_t kAccountGroups = 11;  ///< one character a cell
constexpr std::size_t kByLength = 0;        ///< instead of a number of groups: as many as make the field's length, in every field
constexpr std::size_t kWordsBetween = 3;    ///< a label and its value ("Cle RIB du compte : 19")
constexpr std::size_t kFields = 4;
constexpr std::size_t kRibDigits = 23;

enum class Field { bank, branch, account, key, none };
constexpr std::array<std::size_t, kFields> kLengths = {5, 5, 11, 2};

/// One word of the stretch around a grid: a label, a value (it holds a digit), or another word.
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
/// In capitals without accents; English as French banks print it for foreign payers.
constexpr FieldWord kFieldWords[] = {
    {"BANQUE", Field::bank},    {"ETABLISSEMENT", Field::bank},
    {"ETAB", Field::bank},      {"ETABL", Field::bank},
    {"ETS", Field::bank},       {"BQUE", Field::bank},
    {"BQE", Field::bank},       {"BQ", Field::bank},
    {"BANQ", Field::bank},      {"GUICH", Field::branch},
    {"GUI", Field::branch},     {"GCHT", Field::branch},
    {"GCH", Field::branch},     {"GT", Field::branch},
    {"CTE", Field::account},    {"CB", Field::bank},
    {"CG", Field::branch},      {"BANK", Field::bank},
    {"GUICHET", Field::branch}, {"AGENCE", Field::branch},
    {"BRANCH", Field::branch},  {"SORT", Field::branch},
    {"COMPTE", Field::account}, {"CPTE", Field::account},
    {"CPT", Field::account},    {"CLE", Field::key},
    {"CLEF", Field::key},       {"ACCOUNT", Field::account},
    {"KEY", Field::key},
};

Field field_of(std::string_view word) {
  const auto* found = std::ranges::find(kFieldWords, word, &FieldWord::word);
  return found == std::end(kFieldWords) ? Field::none : found->field;
}

std::size_t stepped_back(std::string_view text, std::size_t at, std::size_t bytes) {
  return std::min(next_character(text, at > bytes ? at - bytes : 0), at);
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

/// A form with one character a cell has it, and a letter that is called so ("N\u00b0").
bool is_cell(const Token& token) { return token.symbols.size() == 1; }

/// "Bq 30004 Gui. 00220 N\u00b0 00000001085": a number that is called nothing else is the account's.
void label_numbers(std::vector<Token>& tokens) {
  constexpr std::size_t kNear = 3;
  constexpr auto kNumber = std::to_array<std::string_view>({"N", "NO", "NUM", "NUMERO"});
  for (std::size_t at = 0; at + 1 < tokens.size(); ++at) {
    if (!tokens[at + 1].value || is_cell(tokens[at + 1]) || std::ranges::find(kNumber, tokens[at].symbols) == kNumber.end())
      continue;
    const auto before = std::span(tokens).subspan(at - std::min(at, kNear), std::min(at, kNear));
    if (std::ranges::find(before, Field::account, &Token::label) == before.end()) tokens[at].label = Field::account;
  }
}

/// "Code B. ... Code G. ...": a letter alone is a label behind that word only.
void label_initials(std::vector<Token>& tokens) {
  for (std::size_t at = 1; at < tokens.size(); ++at) {
    if (tokens[at - 1].symbols != "CODE") continue;
    if (tokens[at].symbols == "B") tokens[at].label = Field::bank;
    if (tokens[at].symbols == "G") tokens[at].label = Field::branch;
  }
}

/// How many words at `at` say no more than how long a field is: "(5 chiffres)", "11 caract\u00e8res", "(2)".
std::size_t words_of_length(std::string_view text, std::span<const Token> tokens, std::size_t at) {
  constexpr auto kUnits =
      std::to_array<std::string_view>({"CHIFFRE", "CHIFFRES", "CH", "CAR", "CARACT", "CARACTERE", "CARACTERES", "POSITIONS",
                                       "LETTRES", "DIGIT", "DIGITS", "CHARACTERS", "CHARS"});
  constexpr auto kLong = std::to_array<std::string_view>({"2", "02", "5", "05", "11"});
  const Token& token = tokens[at];
  if (std::ranges::find(kLong, token.symbols) == kLong.end()) return 0;
  if (at + 1 < tokens.size() && std::ranges::find(kUnits, tokens[at + 1].symbols) != kUnits.end()) return 2;
  const bool is_alone = token.begin > 0 && token.end < text.size();
  return is_alone && text[token.begin - 1] == '(' && text[token.end] == ')' ? 1 : 0;
}

std::vector<Token> without_lengths(std::string_view text, const std::vector<Token>& tokens) {
  std::vector<Token> kept;
  for (std::size_t at = 0; at < tokens.size();) {
    if (const auto length = words_of_length(text, tokens, at); length > 0) {
      at += length;
    } else {
      kept.push_back(tokens[at++]);
    }
  }
  return kept;
}

std::vector<Token> tokens_of(std::string_view text, std::size_t from, std::size_t to) {
  std::vector<Token> tokens;
  for (std::size_t at = from; at < to && tokens.size() < kGridTokens;) {
    auto token = token_at(text, at);
    at = token.end == at ? glyph_at(text, at).end : token.end;
    if (!token.symbols.empty()) tokens.push_back(std::move(token));
  }
  tokens = without_lengths(text, tokens);
  label_numbers(tokens);
  label_initials(tokens);
  return tokens;
}

/// How many words stand for a field: `groups` for the account, else one; with kByLength as many as make the field's length ("3 0
/// 0 0 4"). 0 when they do not.
std::size_t words_for(Field field, std::span<const Token> tokens, std::size_t groups) {
  if (groups != kByLength) return field == Field::account ? groups : 1;
  std::size_t symbols = 0, words = 0;
  const std::size_t length = kLengths[static_cast<std::size_t>(field)];
  while (symbols < length && words < tokens.size()) symbols += tokens[words++].symbols.size();
  return symbols == length ? words : 0;
}

/// The four values as 23 characters, zeros that a spreadsheet dropped put back; empty when a part is missing or too long. No bank
/// code has four zeros in front: one character there is the first cell of a code that is written one a cell.
std::string rib_of(const std::array<std::string, kFields>& parts) {
  std::string rib;
  if (parts.front().size() == 1) return {};
  for (std::size_t i = 0; i < kFields; ++i) {
    if (parts[i].empty() || parts[i].size() > kLengths[i]) return {};
    rib.append(kLengths[i] - parts[i].size(), '0').append(parts[i]);
  }
  return rib;
}

struct Grid {
  std::string rib;
  std::size_t begin = 0, end = 0;
  bool whole = false;      ///< no zeros were put back into the account
  std::size_t digits = 0;  ///< and letters, before zeros were put back anywhere; not told of values beside their labels
  bool valid = false;
};

/// Keeps a reading that is valid, one with all digits of the account before one that lost zeros, else the first.
void keep(Grid& best, Grid grid) {
  if (grid.rib.empty()) return;
  grid.valid = is_rib(grid.rib);
  const auto worth = [](const Grid& each) { return each.rib.empty() ? 0 : each.valid ? each.whole ? 3 : 2 : 1; };
  if (worth(grid) > worth(best)) best = std::move(grid);
}

/// The same where nothing but the order says what belongs together: all digits are there, and the key is right.
void keep_whole(Grid& best, Grid grid) {
  if (grid.whole && grid.digits == kRibDigits && is_rib(grid.rib)) keep(best, std::move(grid));
}

using Order = std::array<Field, kFields>;

/// Four labels that name each field once.
std::optional<Order> order_of(std::span<const Token* const> labels) {
  Order order{};
  unsigned seen = 0;
  for (std::size_t i = 0; i < kFields; ++i) {
    order[i] = labels[i]->label;
    seen |= 1U << static_cast<unsigned>(order[i]);
  }
  return seen == 0xFU ? std::optional(order) : std::nullopt;
}

/// Values in the order of the labels from the first token on; `groups` as in `words_for`.
Grid values_in_order(std::span<const Token> tokens, const Order& order, std::size_t groups) {
  std::array<std::string, kFields> parts;
  std::size_t at = 0;
  for (const auto field : order) {
    const std::size_t words = words_for(field, tokens.subspan(at), groups);
    if (words == 0 || at + words > tokens.size()) return {};
    auto& part = parts[static_cast<std::size_t>(field)];
    for (std::size_t i = 0; i < words; ++i, ++at) {
      if (!tokens[at].value && field != Field::account) return {};
      part += tokens[at].symbols;
    }
  }
  const bool whole = parts[static_cast<std::size_t>(Field::account)].size() == kLengths[2];
  if (groups > 1 && !whole) return {};
  std::size_t digits = 0;
  for (const auto& part : parts) digits += part.size();
  return {.rib = rib_of(parts), .begin = tokens.front().begin, .end = tokens[at - 1].end, .whole = whole, .digits = digits};
}

/// All labels first, then the values.
Grid under_labels(std::span<const Token> tokens, std::size_t anchor) {
  std::vector<const Token*> labels;
  std::size_t begin = anchor, end = anchor;
  while (begin > 0 && !tokens[begin - 1].value) --begin;
  while (end < tokens.size() && !tokens[end].value) ++end;
  for (const auto& token : tokens.subspan(begin, end - begin)) {
    if (token.label != Field::none) labels.push_back(&token);
  }
  Grid best;
  for (std::size_t first = 0; first + kFields <= labels.size(); ++first) {
    const auto order = order_of(std::span(labels).subspan(first, kFields));
    for (std::size_t groups = kByLength; order && groups <= kAccountGroups; ++groups) {
      keep(best, values_in_order(tokens.subspan(end), *order, groups));
    }
    for (std::size_t start = end; order && start > begin && is_cell(tokens[start - 1]); --start) {
      keep_whole(best, values_in_order(tokens.subspan(start - 1), *order, kByLength));
    }
  }
  return best;
}

/// A label that has a value, and the words up to the next label; the first `between` of them stand before the value.
struct Labelled {
  const Token* label;
  std::span<const Token> words;
  std::size_t between;
};

std::size_t cells_at_end(std::span<const Token> words) {
  std::size_t cells = 0;
  while (cells < words.size() && is_cell(words[words.size() - cells - 1])) ++cells;
  return cells;
}

/// Labels from the anchor's neighbourhood that have a value right behind them or after a few words ("Cle RIB : 19").
std::vector<Labelled> labelled_values(std::span<const Token> tokens) {
  std::vector<Labelled> found;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].label == Field::none) continue;
    std::size_t end = i + 1;
    while (end < tokens.size() && tokens[end].label == Field::none) ++end;
    auto words = tokens.subspan(i + 1, end - i - 1);
    const auto value = std::ranges::find_if(words, &Token::value);
    const auto between = static_cast<std::size_t>(value - words.begin());
    if (value != words.end() && between - cells_at_end(words.first(between)) <= kWordsBetween)
      found.push_back({&tokens[i], words, between});
  }
  return found;
}

/// The account is made of `groups` words, `early` of them before the first that holds a digit ("CSKA U5S6 UCL").
Grid values_beside(std::span<const Labelled> four, std::size_t groups, std::size_t early) {
  std::array<std::string, kFields> parts;
  Grid grid;
  grid.begin = four.front().label->begin;
  for (const auto& [label, words, between] : four) {
    const bool account = label->label == Field::account;
    const std::size_t first = between - (account ? early : 0);
    if (first > between) return {};
    const std::size_t count = words_for(label->label, words.subspan(first), groups);
    if (count == 0 || first + count > words.size()) return {};
    for (const auto& word : words.subspan(first, count)) {
      parts[static_cast<std::size_t>(label->label)] += word.symbols;
      grid.end = word.end;
    }
  }
  grid.whole = parts[static_cast<std::size_t>(Field::account)].size() == kLengths[2];
  if (early > 0 && !grid.whole) return {};
  grid.rib = rib_of(parts);
  return grid;
}

/// One value beside each label ("Code banque : 30004 ... Cle RIB : 19").
Grid beside_labels(std::span<const Token> tokens, std::size_t anchor) {
  const auto all = labelled_values(tokens);
  Grid best;
  for (std::size_t first = 0; first + kFields <= all.size(); ++first) {
    const auto four = std::span(all).subspan(first, kFields);
    const std::array<const Token*, kFields> labels = {four[0].label, four[1].label, four[2].label, four[3].label};
    const bool holds_anchor = labels.front() <= &tokens[anchor] && &tokens[anchor] <= labels.back();
    if (!holds_anchor || !order_of(labels)) continue;
    for (std::size_t early = 0; early < kAccountGroups; ++early) keep(best, values_beside(four, kByLength, early));
    for (std::size_t early = 0; early <= kWordsBetween; ++early) {
      for (std::size_t groups = 1; groups <= kAccountGroups; ++groups) keep(best, values_beside(four, groups, early));
    }
  }
  return best;
}

/// The values from `first` on, and letters between cells (an account's, one character a cell).
std::vector<Token> values_from(std::span<const Token> tokens, std::size_t first) {
  std::vector<Token> values;
  for (std::size_t at = first; at < tokens.size(); ++at) {
    const bool between = at > first && at + 1 < tokens.size() && is_cell(tokens[at - 1]) && is_cell(tokens[at + 1]);
    if (tokens[at].value || (is_cell(tokens[at]) && between)) values.push_back(tokens[at]);
  }
  return values;
}

/// How many words before tokens[label] may be values: four, or all cells that stand before the label's own words ("Code").
std::size_t values_before(std::span<const Token> tokens, std::size_t label) {
  std::size_t own = 0;
  while (own < std::min(label, kWordsBetween) && !tokens[label - own - 1].value) ++own;
  std::size_t cells = own;
  while (cells < std::min(label, own + kRibDigits) && is_cell(tokens[label - cells - 1])) ++cells;
  return std::min(label, std::max(cells, kFields));
}

/// Labels and values in one order, however they take turns: two rows of two columns, labels under their values.
Grid in_turn(std::span<const Token> tokens, std::size_t anchor) {
  constexpr std::size_t kTries = 3;  // values that may be the first one
  std::vector<const Token*> labels;
  for (const auto& token : tokens) {
    if (token.label != Field::none) labels.push_back(&token);
  }
  Grid best;
  for (std::size_t first = 0; first + kFields <= labels.size(); ++first) {
    const auto four = std::span(labels).subspan(first, kFields);
    const auto order = order_of(four);
    if (!order || four.front() > &tokens[anchor] || four.back() < &tokens[anchor]) continue;
    const auto begin = static_cast<std::size_t>(four.front() - tokens.data());
    const auto values = values_from(tokens, begin - values_before(tokens, begin));
    for (std::size_t skipped = 0; skipped < std::min(values.size(), kTries); ++skipped) {
      for (std::size_t groups = kByLength; groups <= kAccountGroups; ++groups) {
        keep_whole(best, values_in_order(std::span(values).subspan(skipped), *order, groups));
      }
    }
  }
  return best;
}

}  // namespace

void scan_rib_grid(Found& found, std::size_t at, bool tell_wrong) {
  const auto from = stepped_back(found.text, at, kGridBefore);
  const auto tokens = tokens_of(found.text, from, std::min(found.text.size(), at + kGridAfter));
  const auto anchor =
      std::ranges::find_if(tokens, [&](const Token& token) { return token.label == Field::branch && token.end > at; });
  if (anchor == tokens.end()) return;
  const auto index = static_cast<std::size_t>(anchor - tokens.begin());
  auto grid = under_labels(tokens, index);
  if (!grid.valid) {
    auto beside = beside_labels(tokens, index);
    if (!beside.rib.empty()) grid = std::move(beside);
  }
  if (!grid.valid) {
    auto turning = in_turn(tokens, index);
    if (!turning.rib.empty()) grid = std::move(turning);
  }
  if (grid.rib.empty() || !(grid.valid || tell_wrong)) return;
  auto account = iban_account(iban_of("FR", grid.rib));
  account.valid = grid.valid;
  found.add(std::move(account), grid.begin, grid.end);
}

}  // namespace threadline::facts
