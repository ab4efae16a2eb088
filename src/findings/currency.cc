// SPDX-License-Identifier: Apache-2.0
#include "findings/currency.h"

#include <algorithm>
#include <array>

#include "text/fold.h"

namespace threadline::findings {
namespace {

constexpr auto kCodes =
    std::to_array<std::string_view>({"EUR", "USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "BRL", "GBP", "CHF", "XOF", "XAF",
                                     "JPY", "CNY", "KRW", "INR", "THB", "SEK", "NOK", "DKK", "ISK", "PLN", "CZK", "HUF", "RON",
                                     "BGN", "RSD", "TRY", "RUB", "UAH", "ILS", "ZAR", "MAD", "AED", "SAR", "QAR", "TND", "DZD"});
static_assert(kCodes.size() <= 64);

struct CurrencyWord {
  std::string_view word, codes;
};
constexpr auto kWords = std::to_array<CurrencyWord>({
#define THREADLINE_CURRENCY(word, codes) {word, codes},
#include "findings/currency_words.def"
#undef THREADLINE_CURRENCY
});

/// Signs that stand at a number without a blank. ASCII letters do not count: "1200 fr".
constexpr auto kSigns = std::to_array<std::string_view>({"\u20ac", "$", "\u00a3", "\u00a5", "\u20b9", "\u20ba", "\u20bd"});
/// Written beside an amount in any case, and nothing else there.
constexpr auto kCommonWords =
    std::to_array<std::string_view>({"eur", "euro", "euros", "usd", "gbp", "chf", "dollars", "pounds", "z\u0142", "fcfa"});

/// Words that make an amount of the number before them, in whatever currency: "1.5 million", "12 k". Source: Unicode CLDR 42,
/// compact forms of numbers in fr, en, de, es, it, pt, nl.
constexpr auto kMagnitudes = std::to_array<std::string_view>(
    {"million",     "millions", "milliard", "milliards",    "billion",     "billions", "thousand",  "mille",
     "k",           "mio",      "mln",      "mrd",          "keur",        "meur",     "millionen", "millones",
     "mill\u00f3n", "milioni",  "milione",  "milh\u00f5es", "milh\u00e3o", "miljoen"});

constexpr Currencies bits_of(std::string_view codes) {
  Currencies bits = 0;
  for (std::size_t code = 0; code < kCodes.size(); ++code) {
    if (codes.find(kCodes[code]) != std::string_view::npos) bits |= Currencies{1} << code;
  }
  return bits;
}
static_assert(std::ranges::all_of(kWords, [](const CurrencyWord& one) { return bits_of(one.codes) != 0; }));

Currencies signs_in(std::string_view written) {
  Currencies found = 0;
  for (const std::string_view sign : kSigns) {
    if (written.find(sign) != std::string_view::npos) found |= currencies_of(sign);
  }
  return found;
}

bool is_code(std::string_view word) { return std::ranges::find(kCodes, word) != kCodes.end(); }

}  // namespace

Currencies currencies_of(std::string_view word) {
  static const auto kTable = [] {
    std::unordered_map<std::string_view, Currencies> table;
    for (const CurrencyWord& one : kWords) table.emplace(one.word, bits_of(one.codes));
    return table;
  }();
  const auto found = kTable.find(word);
  return found == kTable.end() ? 0 : found->second;
}

bool has_currency_sign(std::string_view word) {
  return std::ranges::any_of(kSigns, [&](std::string_view sign) { return word.find(sign) != std::string_view::npos; });
}

bool is_magnitude(std::string_view word) {
  return std::ranges::find(kMagnitudes, text::ascii_lower(without_punctuation(word))) != kMagnitudes.end();
}

bool is_currency(std::string_view word) {
  const std::string_view bare = without_punctuation(word);
  return has_currency_sign(word) || is_code(bare) ||
         std::ranges::find(kCommonWords, text::ascii_lower(bare)) != kCommonWords.end();
}

Currencies AmountCurrencies::of_word(const HistoryWord& word) {
  if (word.kind != WordKind::plain) return 0;
  if (!word.key.empty() || hash_ == nullptr) return currencies_of(word.key);
  if (hashed_.empty()) {
    for (const CurrencyWord& one : kWords) hashed_.emplace(memory::word_hash(*hash_, std::string(one.word)), bits_of(one.codes));
  }
  const auto found = hashed_.find(word.hash);
  return found == hashed_.end() ? 0 : found->second;
}

/// Between two amounts a currency is that of the one before it: "100,00 EUR 200,00 USD".
Currencies AmountCurrencies::of(const std::vector<HistoryWord>& words, std::size_t at) {
  if (const Currencies own = signs_in(words[at].written); own != 0) return own;
  const Currencies before = at > 0 ? of_word(words[at - 1]) : 0;
  const Currencies behind = at + 1 < words.size() ? of_word(words[at + 1]) : 0;
  const bool is_of_other = at > 1 && words[at - 2].kind == WordKind::amount;
  return before != 0 && (behind == 0 || !is_of_other) ? before : behind;
}

std::string AmountCurrencies::said(const HistoryWord& amount, Currencies currencies) {
  if (currencies == 0 || has_currency_sign(amount.written)) return amount.written;
  const auto first = std::ranges::find_if(kCodes, [&](std::string_view code) { return (bits_of(code) & currencies) != 0; });
  return std::string(without_punctuation(amount.written)) + " " + std::string(*first);
}

}  // namespace threadline::findings
