// SPDX-License-Identifier: Apache-2.0
#include "facts/bank/readers_change.h"

#include <algorithm>

#include "facts/bank/spoken.h"

namespace threadline::facts {
namespace {

constexpr auto kReader = packed_words("tu", "vous", "you");
constexpr auto kAuxiliary = packed_words("as", "auriez", "avais", "avez", "aviez", "did", "had", "have", "ve", "venez");
constexpr auto kBetween =
    packed_words("aussi", "bien", "de", "deja", "effectivement", "just", "kindly", "me", "m", "nous", "ont", "really",
                 "recemment", "recently", "reellement", "vraiment", "d", "also", "indeed", "vous", "you", "successf", "correcte");
constexpr auto kOwnOf = packed_words("d", "de", "ton", "vos", "votre", "your");
constexpr auto kGave =
    packed_words("adresse", "annonce", "communique", "donne", "donnes", "envoye", "envoyes", "fourni", "fournis", "gave", "given",
                 "indique", "indiques", "notified", "provided", "sent", "signale", "supplied", "told", "transmis");

/// Where the verb of that subject stands: behind auxiliaries and adverbs.
std::size_t verb_of(Spoken spoken, std::size_t subject) {
  constexpr std::size_t kMost = 5;
  std::size_t at = subject + 1;
  while (at <= subject + kMost && (stands(spoken, at, at + 1, kAuxiliary) || stands(spoken, at, at + 1, kBetween))) ++at;
  return at;
}

/// Of a clause that begins there, or behind an article: "Sus datos ...", "Le Sue coordinate ...".
constexpr auto kReaders = packed_words("ihre", "seu", "seus", "su", "sua", "suas", "sue", "suo", "suoi", "sus", "uw", "your");
constexpr auto kArticles = packed_words("a", "as", "i", "il", "la", "le", "o", "os", "the");
constexpr auto kWasDone = packed_words("been", "e", "foi", "foram", "ha", "han", "has", "have", "is", "sono", "was", "were",
                                       "werd", "werden", "worden", "wurde", "wurden", "zijn");

bool has_hit_at(const Sentence& sentence, std::size_t begin, std::size_t end, std::uint64_t wanted) {
  return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& hit) {
    return hit.at > begin && hit.at <= end && (hit.meaning.classes & wanted) != 0;
  });
}

/// "Sus datos de domiciliaci\u00f3n bancaria han sido actualizados": what opens a clause, and nothing is asked beside it.
bool confirms_change(const Sentence& sentence) {
  constexpr std::size_t kToNoun = 5, kToChange = 5;
  const Spoken spoken = sentence.spoken;
  if (sentence.question || sentence.has_digits || sentence.has(kOurs | kMy | kPay | kAsk)) return false;
  const auto is_change = [](const Sentence::Hit& hit) { return (hit.meaning.classes & (kChange | kFresh)) != 0; };
  if (std::ranges::count_if(sentence.hits, is_change) != 1) return false;
  const auto& change = *std::ranges::find_if(sentence.hits, is_change);
  const auto is_clause_begin = [&](std::size_t at) {
    return at == 0 || std::ranges::find(sentence.clause_begins, at) != sentence.clause_begins.end();
  };
  return any_place(spoken, kReaders, [&](std::size_t at) {
    if (!is_clause_begin(at) && !(stands(spoken, at - 1, at, kArticles) && is_clause_begin(at - 1))) return false;
    const bool is_noun =
        has_hit(sentence, at + 1, at + 2, kNouns | kDetails) && has_hit(sentence, at + 1, at + 1 + kToNoun, kNouns);
    return is_noun && change.at > at && change.at <= at + 1 + kToNoun + kToChange && stands(spoken, at, change.at - 1, kWasDone);
  });
}

/// "You have successfully changed the bank account on your Direct Debit".
bool is_change_by_reader(const Sentence& sentence, std::size_t verb) {
  constexpr std::size_t kToOwner = 8;
  const Spoken spoken = sentence.spoken;
  if (sentence.question || sentence.has(kAsk | kPay | kFresh) || !stands(spoken, 0, 1, kReader)) return false;
  return stands(spoken, verb + 1, verb + 2, packed_words("the")) && has_hit_at(sentence, verb + 1, verb + kToOwner, kNouns) &&
         stands(spoken, verb + 1, verb + kToOwner, packed_words("your"));
}

}  // namespace

bool tells_of_readers_change(const Sentence& sentence) {
  constexpr std::size_t kReach = 6;
  const Spoken spoken = sentence.spoken;
  if (sentence.has(kHere | kUse | kInstead | kFuture | kOld) || is_near(sentence, kOurs | kMy, kNouns, 3)) return false;
  if (confirms_change(sentence)) return true;
  return any_place(spoken, kReader, [&](std::size_t subject) {
    const std::size_t verb = verb_of(spoken, subject);
    const bool changes = has_hit_at(sentence, verb, verb + 1, kChange) &&
                         (stands(spoken, verb + 1, verb + 2, kOwnOf) || is_change_by_reader(sentence, verb));
    if (has_hit_at(sentence, verb + 1, verb + kReach, kPay | kMoney))
      return changes;  // "you sent the payment to another account"
    const bool gives = stands(spoken, verb, verb + 1, kGave) && (has_hit_at(sentence, verb + 1, verb + 1 + kReach, kNouns) ||
                                                                 has_hit_at(sentence, back(subject, kReach), subject, kNouns));
    return changes || gives;
  });
}

}  // namespace threadline::facts
