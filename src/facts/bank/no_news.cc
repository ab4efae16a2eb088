// SPDX-License-Identifier: Apache-2.0
// Sentences that speak of a change and tell of none.
#include "facts/bank/no_news.h"

#include <algorithm>

#include "facts/bank/spoken.h"

namespace threadline::facts {

bool is_without_change(const Sentence& sentence) {
  constexpr std::size_t kToChange = 2;
  constexpr auto kWithout = packed_words("ohne", "sem", "senza", "sin", "zonder");
  constexpr auto kChanges = packed_words("alteraca", "alteraco", "anderung", "cambi", "cambiame", "cambio", "cambios", "modifica",
                                         "modifich", "mudanca", "mudancas", "variacio", "variazio", "verander", "wijzigin");
  if (sentence.has(kDeny | kNever | kNoMore | kIf)) return false;  // "without a change of the account we cannot deliver"
  const auto is_change = [](const Sentence::Hit& hit) { return (hit.meaning.classes & (kChange | kFresh)) != 0; };
  if (std::ranges::count_if(sentence.hits, is_change) != 1) return false;
  const std::size_t at = std::ranges::find_if(sentence.hits, is_change)->at - 1;
  return stands(sentence.spoken, at, at + 1, kChanges) && stands(sentence.spoken, back(at, kToChange), at, kWithout);
}

}  // namespace threadline::facts
