// SPDX-License-Identifier: Apache-2.0
// Sentences that speak of a change and tell of none.
#include "facts/bank/no_news.h"

#include <algorithm>

#include "facts/bank/spoken.h"

namespace threadline::facts {
namespace {

bool is_change(const Sentence::Hit& hit) { return (hit.meaning.classes & (kChange | kFresh)) != 0; }

/// The only change of the sentence; nullptr for none or several.
const Sentence::Hit* only_change(const Sentence& sentence) {
  if (std::ranges::count_if(sentence.hits, is_change) != 1) return nullptr;
  return &*std::ranges::find_if(sentence.hits, is_change);
}

/// The place of the first word behind "important :", "please note:".
std::size_t behind_label(Spoken spoken) {
  constexpr auto kLabels =
      packed_words("achtung", "atencion", "attentio", "attenzio", "bitte", "beachten", "hinweis", "importan", "let", "nb", "nota",
                   "note", "op", "please", "ps", "rappel", "remarque", "reminder", "sie", "wichtig");
  std::size_t at = 0;
  while (stands(spoken, at, at + 1, kLabels)) ++at;
  return at;
}

/// The place behind "in the event of", "bei einer"; that of the opening where none stands there.
std::size_t behind_case(Spoken spoken, std::size_t opening) {
  constexpr std::size_t kLongest = 3;  ///< words up to "of"
  constexpr auto kCases = packed_words("cas", "case", "caso", "event", "fall", "falle", "geval");
  constexpr auto kOf = packed_words("d", "de", "di", "do", "einer", "eines", "of", "van");
  constexpr auto kBei = packed_words("bei", "bij");
  for (std::size_t at = opening; at < opening + kLongest; ++at) {
    if (stands(spoken, at, at + 1, kCases) && stands(spoken, at + 1, at + 2, kOf)) return at + 2;
  }
  return stands(spoken, opening, opening + 1, kBei) ? opening + 1 : opening;
}

/// "A change of the bank details": what is changed stands right behind it, in its clause.
bool is_of_details(const Sentence& sentence, const Sentence::Hit& change) {
  constexpr std::size_t kToDetails = 3;
  return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& hit) {
    const bool is_behind = hit.at > change.at && hit.at <= change.at + kToDetails && hit.clause == change.clause;
    return is_behind && (hit.meaning.classes & (kNouns | kDetails)) != 0;
  });
}

}  // namespace

bool is_without_change(const Sentence& sentence) {
  constexpr std::size_t kToChange = 2;
  constexpr auto kWithout = packed_words("ohne", "sem", "senza", "sin", "zonder");
  constexpr auto kChanges = packed_words("alteraca", "alteraco", "anderung", "cambi", "cambiame", "cambio", "cambios", "modifica",
                                         "modifich", "mudanca", "mudancas", "variacio", "variazio", "verander", "wijzigin");
  if (sentence.has(kDeny | kNever | kNoMore | kIf)) return false;  // "without a change of the account we cannot deliver"
  const auto* change = only_change(sentence);
  if (change == nullptr) return false;
  const std::size_t at = change->at - 1;
  if (!stands(sentence.spoken, at, at + 1, kChanges) || !stands(sentence.spoken, back(at, kToChange), at, kWithout)) return false;
  return !sentence.has(kClosed | kInstead | kAffiliate | kFuture) && is_of_details(sentence, *change);
}

bool is_of_case_of_change(const Sentence& sentence) {
  constexpr std::size_t kToChange = 3;
  constexpr auto kTells =
      packed_words("advise", "avisar", "avisarno", "avise", "avisenos", "avisez", "aviser", "avvisarc", "avvisare", "benachri",
                   "communiq", "comunica", "comuniqu", "doorgeve", "doorgeef", "inform", "informar", "informe", "informer",
                   "informez", "informie", "know", "laten", "meld", "melden", "mitteilu", "mitzutei", "notifica", "notify",
                   "prevenez", "prevenir", "previend", "signaler", "signalez", "teilen", "tell", "telling", "weten");
  constexpr auto kDefinite = packed_words("das", "de", "dem", "den", "der", "die", "het", "the");
  constexpr auto kChanged = packed_words("changed", "geandert", "gewijzig", "modified", "modifie", "modifiee", "updated");
  const Spoken spoken = sentence.spoken;
  const std::size_t opening = behind_label(spoken), begin = behind_case(spoken, opening);
  const auto* change = only_change(sentence);
  if (change == nullptr || begin == opening || sentence.has(kHere | kUse | kInstead | kFuture | kClosed)) return false;
  const bool is_condition = change->at > begin && change->at <= begin + kToChange;
  // "Bei unserer neuen Bankverbindung", "in the case of our changed account": there it is
  const bool is_told = stands(spoken, begin, change->at, kDefinite) || has_hit(sentence, begin, change->at, kOurs) ||
                       (change->meaning.classes & kFresh) != 0 || stands(spoken, change->at - 1, change->at, kChanged);
  return is_condition && !is_told && stands(spoken, change->at, spoken.size(), kTells);
}

}  // namespace threadline::facts
