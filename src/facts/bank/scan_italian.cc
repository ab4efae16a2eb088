// SPDX-License-Identifier: Apache-2.0
// An Italian account as ABI, CAB, account and CIN behind their labels, which stands as its IBAN.
#include <algorithm>
#include <array>
#include <vector>

#include "base/utf8.h"
#include "facts/bank/digit_runs.h"
#include "facts/bank/iban.h"
#include "facts/bank/scan.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kBefore = 160, kAfter = 240;  ///< bytes around the label "ABI" in which the others stand
constexpr std::size_t kWordsBetween = 4;            ///< a label, or the one before it, and its value ("c/c bancario n.")
constexpr std::size_t kAccount = 12, kCode = 5, kFields = 4;

enum class Field { cin, abi, cab, account };

struct Word {
  std::string symbols;
  std::size_t begin = 0, end = 0;
};

std::vector<Word> words_in(std::string_view text, std::size_t from, std::size_t to) {
  std::vector<Word> words;
  for (std::size_t at = from; at < to;) {
    const auto glyph = glyph_at(text, at);
    if (glyph.begin == glyph.end) break;
    at = glyph.end;
    if (glyph.kind != GlyphKind::symbol) continue;
    if (words.empty() || words.back().end != glyph.begin) words.push_back({.symbols = {}, .begin = glyph.begin, .end = 0});
    words.back().symbols += glyph.symbol;
    words.back().end = glyph.end;
  }
  return words;
}

bool is_digits(std::string_view word) {
  return std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

bool fits(Field field, const std::string& word) {
  const bool has_digit = word.find_first_of("0123456789") != std::string::npos;
  switch (field) {
    case Field::cin: return word.size() == 1 && !has_digit;
    case Field::abi:
    case Field::cab: return word.size() == kCode && is_digits(word);
    case Field::account: return word.size() <= kAccount && has_digit;
  }
  return false;
}

/// Gathers the fields of one account after another.
class Coordinates {
 public:
  explicit Coordinates(std::size_t anchor) : anchor_(anchor) {}

  /// One more word; false when the account that holds the anchor ended before it.
  bool take(const Word& word, const Word* next) {
    if (take_value(word)) return true;
    if (word.symbols == "CIN") return expect(Field::cin, word);
    if (word.symbols == "ABI") return expect(Field::abi, word);
    if (word.symbols == "CAB") return expect(Field::cab, word);
    const bool is_account =
        word.symbols == "CONTO" || word.symbols == "CC" || (word.symbols == "C" && next != nullptr && next->symbols == "C");
    if (is_account && std::ranges::find(due_, Field::account) == due_.end()) return expect(Field::account, word);
    if (++between_ > kWordsBetween) due_.clear();
    return true;
  }

  /// ABI, CAB and account as 22 characters; empty where one is missing.
  [[nodiscard]] std::string whole() const {
    if (!holds_anchor_ || of(Field::abi).empty() || of(Field::cab).empty() || of(Field::account).empty()) return {};
    return of(Field::abi) + of(Field::cab) + std::string(kAccount - of(Field::account).size(), '0') + of(Field::account);
  }

  [[nodiscard]] const std::string& of(Field field) const { return values_[static_cast<std::size_t>(field)].symbols; }

  /// From the first value to the last.
  [[nodiscard]] std::size_t begin() const {
    std::size_t begin = std::string::npos;
    for (const Word& value : values_) begin = value.symbols.empty() ? begin : std::min(begin, value.begin);
    return begin;
  }
  [[nodiscard]] std::size_t end() const { return std::ranges::max(values_, {}, &Word::end).end; }

 private:
  /// Gives a value to the first label that it fits: five digits are a bank's or a branch's before they are an account.
  bool take_value(const Word& word) {
    for (const bool account_too : {false, true}) {
      const auto label = std::ranges::find_if(
          due_, [&](Field field) { return (account_too || field != Field::account) && fits(field, word.symbols); });
      if (label == due_.end()) continue;
      values_[static_cast<std::size_t>(*label)] = word;
      due_.erase(label);
      between_ = 0;
      return true;
    }
    return false;
  }

  /// A label that had its value begins another account; another "conto" before the account is whole only another one.
  bool expect(Field field, const Word& label) {
    const bool is_again = !of(field).empty() || std::ranges::find(due_, field) != due_.end();
    if (is_again && !whole().empty()) return false;
    if (is_again && field == Field::account) values_[static_cast<std::size_t>(field)] = {};
    if (is_again && field != Field::account) *this = Coordinates(anchor_);
    holds_anchor_ = holds_anchor_ || label.end == anchor_;
    due_.push_back(field);
    between_ = 0;
    return true;
  }

  std::size_t anchor_;
  std::array<Word, kFields> values_;
  std::vector<Field> due_;  // labels that have no value yet
  std::size_t between_ = 0;
  bool holds_anchor_ = false;
};

}  // namespace

void scan_italian(Found& found, std::size_t at) {
  const std::size_t from = next_character(found.text, at - std::min(at, kBefore));
  const auto words = words_in(found.text, from, std::min(found.text.size(), at + kAfter));
  Coordinates coordinates(at);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!coordinates.take(words[i], i + 1 < words.size() ? &words[i + 1] : nullptr)) break;
  }
  const std::string whole = coordinates.whole();
  if (whole.empty()) return;
  const char cin = italian_cin(whole);
  const std::string& written = coordinates.of(Field::cin);
  const bool is_sure = written.empty() ? bank_of("IT", coordinates.of(Field::abi)) != nullptr : written.front() == cin;
  if (is_sure) found.add(iban_account(iban_of("IT", cin + whole)), coordinates.begin(), coordinates.end());
}

}  // namespace threadline::facts
