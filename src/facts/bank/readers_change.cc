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
                 "recemment", "recently", "reellement", "vraiment", "d", "also", "indeed", "vous", "you");
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

bool has_hit_at(const Sentence& sentence, std::size_t begin, std::size_t end, std::uint64_t wanted) {
  return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& hit) {
    return hit.at > begin && hit.at <= end && (hit.meaning.classes & wanted) != 0;
  });
}

}  // namespace

bool tells_of_readers_change(const Sentence& sentence) {
  constexpr std::size_t kReach = 6;
  const Spoken spoken = sentence.spoken;
  if (sentence.has(kHere | kUse | kInstead | kFuture | kOld) || is_near(sentence, kOurs | kMy, kNouns, 3)) return false;
  return any_place(spoken, kReader, [&](std::size_t subject) {
    const std::size_t verb = verb_of(spoken, subject);
    const bool changes = has_hit_at(sentence, verb, verb + 1, kChange) && stands(spoken, verb + 1, verb + 2, kOwnOf);
    if (has_hit_at(sentence, verb + 1, verb + kReach, kPay | kMoney))
      return changes;  // "you sent the payment to another account"
    const bool gives = stands(spoken, verb, verb + 1, kGave) && (has_hit_at(sentence, verb + 1, verb + 1 + kReach, kNouns) ||
                                                                 has_hit_at(sentence, back(subject, kReach), subject, kNouns));
    return changes || gives;
  });
}

}  // namespace threadline::facts
