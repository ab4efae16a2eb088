// SPDX-License-Identifier: Apache-2.0
// A sentence that opens with a condition: where the condition ends, and what stands behind it.
#include "facts/bank/condition.h"

#include <algorithm>
#include <vector>

#include "facts/bank/spoken.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kOpening = 2;  ///< words in which a condition opens a sentence

/// Words that open the main clause where no comma does: "si ce n'est pas encore fait merci de ...".
constexpr auto kAsks = packed_words("bitte", "favor", "gelieve", "graag", "kindly", "merci", "payez", "please", "pls", "prega",
                                    "preghiamo", "priere", "reglez", "rogamos", "utilisez", "veuillez", "virez");
constexpr auto kOrders = packed_words("pay", "remit", "send", "transfer", "use", "wire");
constexpr auto kBeforeOrder = packed_words("already", "done", "out", "paid", "processed", "sent", "so", "yet");
constexpr auto kParticles = packed_words("a", "de", "di", "om", "que", "that", "to", "zu");
/// "If someone asks you to ...": what others want.
constexpr auto kReports =
    packed_words("asked", "asking", "asks", "auffordert", "bittet", "chiede", "chiedono", "claims", "demande", "demandent",
                 "dice", "dit", "gebeten", "invite", "instructed", "pede", "pedem", "pide", "piden", "requested", "requests",
                 "sagt", "says", "solicitan", "tells", "told", "vraagt", "zegt");
/// "..., or are asked to use our new account, ...": the condition goes on.
constexpr auto kOr = packed_words("and", "e", "ed", "en", "et", "o", "od", "oder", "of", "or", "ou", "ovvero", "u", "und", "y");
constexpr auto kBefore = packed_words("antes", "avant", "before", "bevor", "prima", "voor", "voordat", "vor");
constexpr auto kShows = packed_words("aqui", "ecco", "here", "hier", "voici");
/// "If the merger completes, our bank details will change", "we will use our new account".
constexpr auto kMay =
    packed_words("changera", "could", "devra", "devront", "may", "might", "pourrait", "sera", "serait", "seront", "shall",
                 "should", "to", "werden", "will", "wird", "wurde", "would", "zal", "zou", "zullen");
constexpr auto kWe = packed_words("ich", "ik", "i", "je", "nous", "we", "wij", "wir");
/// "Please check our new details by phone" tells nobody to use them.
constexpr auto kChecks =
    packed_words("anrufen", "appeler", "bellen", "call", "check", "comprobar", "confirm", "confirmar", "confirmer", "contact",
                 "contacter", "controler", "kontaktie", "llamar", "phone", "ring", "telefon", "uberpruf", "verifica", "verifier");

/// What is spoken of where it stands behind a noun: "our new account recovery page", "our new IBAN checker".
constexpr auto kHeads = packed_words("app", "area", "checker", "form", "manager", "model", "offer", "opener", "page", "plan",
                                     "policy", "portal", "recovery", "system", "team", "terms", "tool", "type", "validato");
/// "Not yet", "if it has not been paid".
constexpr auto kOwed = packed_words("ainda", "ancora", "aun", "betaald", "bezahlt", "encore", "noch", "nog", "offen", "open",
                                    "outstand", "overdue", "overgema", "paga", "pagada", "pagado", "pagata", "pagato", "paid",
                                    "paye", "payee", "regle", "reglee", "settled", "todavia", "uberwies", "unpaid", "yet");

/// Words `begin` + 1 to `end` of the sentence, the first being 1.
struct Part {
  std::size_t begin, end;
};

bool has(const Sentence& sentence, Part part, std::uint64_t wanted) { return has_hit(sentence, part.begin, part.end, wanted); }

template <std::size_t N>
bool says(const Sentence& sentence, Part part, const std::array<std::uint64_t, N>& words) {
  return stands(sentence.spoken, part.begin, part.end, words);
}

/// Where a word in [begin, end) opens the main clause without a comma; `end` where none does.
std::size_t main_clause_from(const Sentence& sentence, std::size_t begin, std::size_t end) {
  const Spoken spoken = sentence.spoken;
  for (std::size_t at = begin; at < std::min(end, spoken.size()); ++at) {
    if (is_one_of(spoken[at], kAsks) && !is_one_of(spoken[at - 1], kParticles)) return at;
    if (is_one_of(spoken[at], kOrders) && is_one_of(spoken[at - 1], kBeforeOrder)) return at;
  }
  return end;
}

/// The condition, and the clauses behind it. "Si vous ..., merci de ..." and "si vous ... merci de ...".
std::vector<Part> parts_of(const Sentence& sentence, std::size_t opening) {
  std::vector<Part> parts;
  std::size_t begin = 0;
  const auto add = [&](std::size_t end) {
    if (end > begin && end > opening) parts.push_back({begin, end});
    begin = end;
  };
  auto ends = sentence.clause_begins;
  ends.push_back(sentence.words);
  for (const std::size_t end : ends) {
    if (parts.empty() && end > opening) {
      const auto main = main_clause_from(sentence, opening + 1, end);
      if (main < end) add(main);
    }
    add(end);
  }
  return parts;
}

/// A condition of changed details, or of what others write: what follows is of them.
bool is_of_changes_or_mails(const Sentence& sentence, Part condition) {
  if (has(sentence, condition, kDeny)) return false;
  const bool is_of_change = has(sentence, condition, kChange | kFresh | kClosed) && has(sentence, condition, kNouns | kDetails);
  return is_of_change || has(sentence, condition, kMail) || says(sentence, condition, kReports);
}

/// "Our new account", "our bank details have changed", "pay to the new IBAN".
bool announces(const Sentence& sentence, Part clause, const Sentence::Hit& noun) {
  constexpr std::size_t kToNoun = 4, kBehind = 3, kToChange = 6;
  const Part before{back(noun.at, kToNoun), noun.at}, around{before.begin, std::min(noun.at + kBehind, clause.end)};
  const Part ahead{clause.begin, noun.at}, behind{noun.at, std::min(noun.at + kToChange, clause.end)};
  if (says(sentence, ahead, kBefore) || says(sentence, {noun.at, noun.at + 1}, kHeads)) return false;
  const bool is_ours = has(sentence, before, kOurs | kMy), is_new = has(sentence, around, kFresh);
  if (is_ours && has(sentence, behind, kChange | kClosed) && !says(sentence, clause, kMay)) return true;
  if (says(sentence, {clause.begin, clause.begin + kOpening}, kWe) && !has(sentence, clause, kHere | kAsk)) return false;
  const bool is_sent = says(sentence, {clause.begin, clause.begin + kOpening}, kOrders);
  const bool is_offered = is_sent || has(sentence, clause, kPay | kUse | kHere | kRecords) || says(sentence, ahead, kShows) ||
                          (has(sentence, ahead, kAsk) && !says(sentence, clause, kChecks));
  if (is_ours && is_new && is_offered) return true;
  const bool is_shown = (noun.meaning.classes & kStrong) != 0 || has(sentence, behind, kHere);
  return is_new && is_shown && (is_sent || has(sentence, ahead, kPay | kUse));
}

/// Banks praise their accounts, too: "if you travel a lot, use our new Travel account".
bool is_of_payment(const Sentence& sentence, const Sentence::Hit& noun) {
  return (noun.meaning.classes & kStrong) != 0 || sentence.has(kPay | kMoney | kDue | kRecords | kHere) ||
         stands(sentence.spoken, kOwed);
}

bool announces_in(const Sentence& sentence, Part clause) {
  const Part opening{clause.begin, clause.begin + 1};
  if (says(sentence, opening, kOr) || has(sentence, {clause.begin, clause.begin + kOpening}, kIf)) return false;
  if (has(sentence, clause, kNever | kDeny | kAny | kAdvice | kWrong)) return false;
  return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& noun) {
    const bool is_inside = noun.at > clause.begin && noun.at <= clause.end;
    return is_inside && (noun.meaning.classes & kNouns) != 0 && is_of_payment(sentence, noun) &&
           announces(sentence, clause, noun);
  });
}

}  // namespace

bool is_only_condition(const Sentence& sentence) {
  const auto is_if = [](const Sentence::Hit& hit) {
    return (hit.at <= kOpening && (hit.meaning.classes & kIf) != 0) || (hit.at == 1 && (hit.meaning.classes & kSuppose) != 0);
  };
  const auto opening = std::ranges::find_if(sentence.hits, is_if);
  if (opening == sentence.hits.end()) return false;
  const auto parts = parts_of(sentence, opening->at);
  if (parts.size() < 2 || is_of_changes_or_mails(sentence, parts.front())) return true;
  return std::ranges::none_of(parts.begin() + 1, parts.end(), [&](Part clause) { return announces_in(sentence, clause); });
}

}  // namespace threadline::facts
