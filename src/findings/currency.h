// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "findings/history_words.h"

namespace threadline::findings {

/// The currencies that a word may mean, one bit each; none: it says no currency.
using Currencies = std::uint64_t;
/// Of a word in lower case without punctuation ("eur", "$"). Source: currency_words.def.
[[nodiscard]] Currencies currencies_of(std::string_view word);
/// Whether a word as written makes an amount of the number beside it: a sign, a common word, or a code in capitals ("30 Sek." are
/// seconds).
[[nodiscard]] bool is_currency(std::string_view word);
/// Whether a word makes an amount of the number before it: "million", "k".
[[nodiscard]] bool is_magnitude(std::string_view word);
[[nodiscard]] bool has_currency_sign(std::string_view word);

/// The currencies of amounts among the words of texts.
class AmountCurrencies {
 public:
  /// `hash`: of plain words that have no letters.
  explicit AmountCurrencies(const memory::KeyedHash* hash) : hash_(hash) {}

  /// Of the amount at that place, by its own sign or the word beside it.
  [[nodiscard]] Currencies of(const std::vector<HistoryWord>& words, std::size_t at);
  /// "12 500 EUR": the amount with the likeliest of its currencies.
  [[nodiscard]] static std::string said(const HistoryWord& amount, Currencies currencies);

 private:
  Currencies of_word(const HistoryWord& word);

  const memory::KeyedHash* hash_;
  std::unordered_map<std::string, Currencies> hashed_;  ///< made when first asked for
};

}  // namespace threadline::findings
