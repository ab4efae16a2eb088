// SPDX-License-Identifier: Apache-2.0
#include "facts/bank/other_bank.h"

#include <algorithm>

#include "facts/bank/bank_names.h"
#include "facts/bank/spoken.h"

namespace threadline::facts {
namespace {

constexpr auto kWe = packed_words("i", "j", "je", "nous", "on", "we");
constexpr auto kSelf = packed_words("i", "j", "je");
constexpr auto kOfOwn = packed_words("d", "de", "ma", "mes", "mon", "my");
constexpr auto kMoving = packed_words("moved", "moving", "move", "switched", "switching", "switch", "transfere", "transferons",
                                      "transferring", "passe", "passes", "passons", "quitte", "quittes", "quittons");
constexpr auto kToBank = packed_words("a", "au", "chez", "pour", "to");
constexpr auto kMoved =
    packed_words("account", "accounts", "all", "bank", "banking", "banks", "banque", "business", "compte", "comptes", "de",
                 "domicili", "from", "la", "le", "les", "nos", "notre", "our", "over", "tous", "toutes", "une", "un", "des");
constexpr auto kTheBank = packed_words("la", "le", "l", "the");

/// "We bank with Starling these days", "adresser dor\u00e9navant vos r\u00e8glements au CIC": a bank by its name, from now on.
bool banks_now_with(const Sentence& sentence) {
  constexpr std::size_t kWay = 8;
  constexpr auto kAt = packed_words("a", "at", "au", "aupres", "bei", "bij", "chez", "con", "with");
  constexpr auto kOfBank = packed_words("de", "du", "of");
  constexpr auto kNow = packed_words("days", "maintena", "now", "nowadays");
  constexpr auto kBanking = packed_words("bank", "banking", "client", "clients", "customer");
  const Spoken spoken = sentence.spoken;
  const bool is_new = sentence.has(kFuture) || stands(spoken, kNow);
  if ((!is_new && !sentence.has(kNoMore)) || (sentence.question && !sentence.has(kAsk | kCould))) return false;
  return any_place(spoken, kBankNames, [&](std::size_t bank) {
    if (is_one_of(spoken[bank], kBankNamesOfWords) && !stands(spoken, bank + 1, bank + 3, kBankNames)) return false;
    const std::size_t article = stands(spoken, back(bank, 1), bank, kTheBank) ? 1 : 0, way = back(bank, kWay);
    const std::size_t at = back(bank, article + 1);
    const bool is_ours = stands(spoken, way, bank, kWe) && stands(spoken, back(bank, 3), bank, kBanking) && is_new;
    if (stands(spoken, at, at + 1, kOfBank)) return is_ours;
    if (!stands(spoken, at, at + 1, kAt)) return false;
    const bool is_paid = has_hit(sentence, way, bank, kPay | kMoney) && sentence.has(kFuture);
    const bool is_left = stands(spoken, way, bank, kWe) && has_hit(sentence, back(bank, 4), bank, kNoMore);
    return is_ours || is_paid || is_left;
  });
}

/// "Je viens de changer de compte", "I have changed my bank".
bool changes_own(const Sentence& sentence) {
  constexpr std::size_t kSubject = 5, kNoun = 4;
  const Spoken spoken = sentence.spoken;
  return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& change) {
    const std::size_t at = change.at - 1;
    return (change.meaning.classes & kChange) != 0 && stands(spoken, back(at, kSubject), at, kSelf) &&
           stands(spoken, at + 1, at + 2, kOfOwn) && has_hit(sentence, at + 1, at + 1 + kNoun, kNouns);
  });
}

/// "Our bankers are now ...", "o nosso banco passou a ser ...": behind it a bank's name.
bool names_other_bank(const Sentence& sentence) {
  constexpr std::size_t kVerb = 4, kName = 4;
  constexpr auto kNow = packed_words("agora", "ahora", "desormais", "jetzt", "maintena", "now", "nu", "nun", "ora");
  constexpr auto kBecome = packed_words("become", "becomes", "devenu", "devenue", "devient", "passou");
  const Spoken spoken = sentence.spoken;
  return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& bank) {
    if ((bank.meaning.classes & kBank) == 0 || !has_hit(sentence, back(bank.at, 3), bank.at - 1, kOurs)) return false;
    const bool is_now = stands(spoken, bank.at, bank.at + 2, packed_words("are", "es", "est", "ist", "is", "sont")) &&
                        stands(spoken, bank.at, bank.at + kVerb, kNow);
    const bool is_other = is_now || stands(spoken, bank.at, bank.at + kVerb, kBecome);
    return is_other && stands(spoken, bank.at, bank.at + kVerb + kName, kBankNames) && !sentence.has(kClosed | kAdvice | kUsual);
  });
}

}  // namespace

bool moves_to_bank(const Sentence& sentence) {
  constexpr std::size_t kSubject = 4, kWay = 7;
  const Spoken spoken = sentence.spoken;
  const auto is_bank = [&](std::size_t at) {
    const bool is_named = stands(spoken, at, at + 1, kBankNames) || has_hit(sentence, at, at + 1, kBank);
    return is_named && !stands(spoken, at + 1, at + 2, kPlaceNames);
  };
  const bool pays_from_now = sentence.has(kAsk) && sentence.has(kPay) && !sentence.has(kReceived | kArrived);
  const auto goes_to_bank = [&](std::size_t verb) {
    bool is_of_accounts = sentence.has(kAccount | kStrong | kRecords | kSalary);
    for (std::size_t at = verb + 1; at < std::min(verb + kWay, spoken.size()); ++at) {
      const std::size_t place = stands(spoken, at + 1, at + 2, kTheBank) ? at + 2 : at + 1;
      if (is_one_of(spoken[at], kToBank) && is_bank(place))
        return is_of_accounts || (pays_from_now && stands(spoken, place, place + 1, kBankNames));
      if (!is_one_of(spoken[at], kMoved) && !is_bank(at)) return false;
      is_of_accounts |= is_bank(at);
    }
    return false;
  };
  return any_place(spoken, kMoving,
                   [&](std::size_t verb) { return stands(spoken, back(verb, kSubject), verb, kWe) && goes_to_bank(verb); });
}

bool names_new_bank(const Sentence& sentence) { return banks_now_with(sentence) || names_other_bank(sentence); }

bool changes_writers_bank(const Sentence& sentence) { return moves_to_bank(sentence) || changes_own(sentence); }

}  // namespace threadline::facts
