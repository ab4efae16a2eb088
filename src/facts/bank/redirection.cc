// SPDX-License-Identifier: Apache-2.0
// Other ways to lead money elsewhere than to speak of a change: what stands around the classes of words is compared as it was
// said.
#include "facts/bank/redirection.h"

#include <algorithm>

#include "facts/bank/bank_names.h"
#include "facts/bank/for_now.h"
#include "facts/bank/other_bank.h"
#include "facts/bank/retired.h"
#include "facts/bank/spoken.h"

namespace threadline::facts {
namespace {

constexpr auto kNot = packed_words("dont", "hold", "n", "ne", "not", "park", "pause", "stop", "t");
constexpr auto kSends = packed_words("adresse", "adresser", "adresses", "adressez", "envoie", "envoye", "envoyer", "envoyes",
                                     "envoyez", "fait", "go", "made", "paid", "send", "sending", "sends", "sent");
constexpr auto kTo = packed_words("au", "aux", "into", "sur", "to", "vers");
constexpr auto kMistaken = packed_words("mauvais", "wrong");
constexpr auto kForNow = packed_words("bounced", "bouncing", "compliance", "conformite", "encore", "instant", "kyc", "moment",
                                      "now", "rejected", "rejects", "rejette", "review", "reviewed", "revue", "semaine", "stop",
                                      "tant", "until", "verifier", "week", "while", "yet");
constexpr auto kCauses = packed_words("because", "cause", "due", "following", "owing", "raison", "suite");
constexpr auto kTroubles =
    packed_words("audit", "blocage", "bouncing", "frozen", "indispon", "maintenance", "migrating", "outage", "suspended",
                 "controle", "difficulties", "difficulty", "dispute", "fault", "freeze", "hack", "hacking", "incident",
                 "investigation", "issue", "issues", "litige", "migration", "panne", "piratage", "problem", "probleme",
                 "problemes", "problems", "review", "revue", "souci", "soucis", "upgrade");
constexpr auto kFromOn = packed_words("aujourd", "date", "maintenant", "now", "today");
constexpr auto kOpens = packed_words("open", "opened", "ouvert", "ouvrir");
constexpr auto kFrom = packed_words("a", "des", "from", "partir");
constexpr auto kSignUp = packed_words("login", "password", "passe", "portal", "sign", "user", "username", "vous", "you");
constexpr auto kFactors = packed_words("factor", "factors");
constexpr auto kFactoring = packed_words("affacturage", "factoring");
constexpr auto kFinance = packed_words("finance");
constexpr auto kFinancers = packed_words("company", "provider", "providers");
constexpr auto kClaims = packed_words("creances", "receivables");
constexpr auto kSold = packed_words("appartiennent", "assigned", "belong", "cede", "cedees", "sold");
constexpr auto kThis = packed_words("ce", "this");
constexpr auto kFrauds = packed_words("fraud", "fraude", "fraudulent", "frauduleuse", "frauduleux");
constexpr auto kSince =
    packed_words("after", "apres", "because", "cause", "due", "following", "owing", "pending", "raison", "suite", "while");
constexpr auto kSuspicions = packed_words("activity", "alert", "attempt", "check", "incident", "investigation", "review");
constexpr auto kOwners = packed_words("notre", "our");
constexpr auto kMust = packed_words("be", "doit", "doivent", "etre", "must", "should");

constexpr auto kAgain = packed_words("refaire", "refaites", "renvoyer", "renvoyez", "reissue", "resend", "redo");
constexpr auto kCameBack = packed_words("bounced", "devuelta", "devuelto", "devolvid", "recall", "rejected", "rejete", "returned",
                                        "tornato", "terug", "zuruck");
constexpr auto kThisOne = packed_words("ce", "deze", "dieses", "esta", "questo", "this");
constexpr auto kHasIt = packed_words("did", "does", "do", "has", "have");
constexpr auto kInThis = packed_words("ici", "this", "here");

bool speaks_of_mails(const Sentence& sentence) {
  return std::ranges::any_of(sentence.hits,
                             [](const Sentence::Hit& hit) { return (hit.meaning.classes & kMail) != 0 && !hit.is_own; });
}

/// An account in (begin, end], before which no "any", "your" or "other" stands there.
bool is_known_account(const Sentence& sentence, std::size_t begin, std::size_t end) {
  const auto noun = std::ranges::find_if(sentence.hits, [&](const Sentence::Hit& hit) {
    return hit.at > begin && hit.at <= end && (hit.meaning.classes & (kAccount | kStrong)) != 0;
  });
  return noun != sentence.hits.end() && !has_hit(sentence, begin, noun->at, kAny | kYours | kFresh | kDeny);
}

/// "Please don't transfer to our HSBC account for now": not "to any account", nor "pay yet, the account is right".
bool forbids_account(const Sentence& sentence) {
  constexpr std::size_t kVerb = 4, kObject = 4;
  const Spoken spoken = sentence.spoken;
  if (speaks_of_mails(sentence)) return false;
  const bool is_other = is_near(sentence, kUse, kAccount | kStrong, 4) || is_ahead(sentence, kUse, kFresh, 2);
  const bool is_for_now = is_other || stands(spoken, kForNow) || sentence.has(kClosed | kInstead);
  return is_for_now && any_place(spoken, kTo, [&](std::size_t to) {
           const auto verb = back(to, kVerb), deny = back(to, 2 * kVerb);
           const bool pays = has_hit(sentence, verb, to, kPay) || stands(spoken, verb, to, kSends);
           if (stands(spoken, to + 1, to + kObject, kMistaken)) return false;  // "so that it goes to no wrong account"
           return pays && stands(spoken, deny, to, kNot) && (is_other || is_known_account(sentence, to, to + kObject));
         });
}

/// "Owing to an issue with our bank the money should be sent to the following account".
bool explains_other(const Sentence& sentence) {
  constexpr std::size_t kTrouble = 6, kOfBank = 6;
  const Spoken spoken = sentence.spoken;
  const auto is_account = [&](std::size_t at) { return has_hit(sentence, at, at + 2, kAccount | kStrong); };
  const bool is_shown =
      is_near(sentence, kAccount | kStrong | kDetails, kHere | kFresh | kInstead, 4) || any_place(spoken, kThis, is_account);
  if (!is_shown || speaks_of_mails(sentence)) return false;
  if (!sentence.has(kPay | kUse) && !stands(spoken, kSends)) return false;
  const auto is_cause = [&](std::size_t at) {
    return stands(spoken, back(at, kTrouble), at, kCauses) && !has_hit(sentence, at, at + kOfBank, kYours) &&
           (has_hit(sentence, back(at, 3), at + kOfBank, kOurs | kBank | kAccount) ||
            stands(spoken, at, at + kOfBank, kBankNames));
  };
  return any_place(spoken, kTroubles, is_cause) || any_place(spoken, kFrauds, is_cause);
}

/// "Fraud on our account, we had to open a new one".
bool opens_other(const Sentence& sentence) {
  if (!is_near(sentence, kOurs, kAccount | kStrong, 2) || sentence.has(kYours)) return false;
  return any_place(sentence.spoken, kOpens, [&](std::size_t at) { return has_hit(sentence, at + 1, at + 4, kFresh); });
}

/// "New account for the deposit, the other one got closed": none that the reader opens.
bool succeeds_closed(const Sentence& sentence) {
  if (sentence.has(kYours) || stands(sentence.spoken, kSignUp)) return false;
  return is_ahead(sentence, kFresh, kAccount, 2) && sentence.has(kClosed);
}

/// "With the new name comes a new account, please use that from today": no account of a web site.
bool uses_new_account(const Sentence& sentence) {
  const Spoken spoken = sentence.spoken;
  if (!is_ahead(sentence, kFresh, kAccount, 2) || !sentence.has(kUse) || !sentence.has(kAsk)) return false;
  if (sentence.has(kYours | kMail) || stands(spoken, kSignUp)) return false;
  const auto is_start = [&](std::size_t at) { return stands(spoken, back(at, 1), at, kFrom); };
  return sentence.has(kFuture) || any_place(spoken, kFromOn, is_start);
}

/// "Please send it to the other acct": not "send the invoices to the other account".
bool sends_to_other(const Sentence& sentence) {
  constexpr std::size_t kVerb = 9, kObject = 6;
  const Spoken spoken = sentence.spoken;
  if (!sentence.has(kAsk | kInstead) || sentence.has(kDocument | kMail | kYours)) return false;
  return any_place(spoken, kTo, [&](std::size_t to) {
    const bool is_ours = stands(spoken, to + 1, to + 2, kOwners) || stands(spoken, to + 1, to + 2, kThis);
    const bool is_instead = sentence.has(kInstead | kFuture) && is_ours && !sentence.has(kUsual);
    return stands(spoken, back(to, kVerb), to, kSends) && has_hit(sentence, to, to + kObject, kAccount | kStrong) &&
           (is_instead || has_hit(sentence, to, to + kObject, kFresh));
  });
}

/// "Cancel the transfer and resend it to the account in this letter": not to the usual or the same one.
bool resends(const Sentence& sentence) {
  constexpr std::size_t kObject = 5;
  const Spoken spoken = sentence.spoken;
  if (!sentence.has(kDrop) && !stands(spoken, kCameBack)) return false;
  if (sentence.has(kUsual | kNever) || stands(spoken, packed_words("meme", "same"))) return false;
  if (is_ahead(sentence, kYours, kAccount | kStrong, 2)) return false;
  const bool is_paid_here = any_place(spoken, kThisOne, [&](std::size_t at) {
    constexpr auto kOnto = packed_words("a", "auf", "en", "in", "into", "naar", "op", "para", "su", "sur", "to");
    return stands(spoken, back(at, 1), at, kOnto) && has_hit(sentence, at, at + 2, kAccount | kStrong) && sentence.has(kPay) &&
           sentence.has(kAsk);
  });
  return is_paid_here || ((sentence.has(kHere) || stands(spoken, kInThis)) && any_place(spoken, kAgain, [&](std::size_t verb) {
                            return has_hit(sentence, verb, verb + 1 + kObject, kAccount | kStrong);
                          }));
}

}  // namespace

bool speaks_of_new_details(const Sentence& sentence) {
  return moves_to_bank(sentence) || names_new_bank(sentence) || retires_details(sentence);
}

bool changes_by_contrast(const Sentence& sentence) {
  if (sentence.words == 0 || !is_one_of(sentence.spoken.back(), kHasIt) || !is_near(sentence, kDeny, kChange, 3)) return false;
  return has_hit(sentence, back(sentence.words, 3), sentence.words - 1, kStrong) &&
         has_hit(sentence, back(sentence.words, 5), sentence.words - 1, kOurs);
}

bool leads_elsewhere(const Sentence& sentence) {
  if (speaks_of_new_details(sentence)) return true;
  if (!sentence.has(kAccount | kStrong)) return false;
  return forbids_account(sentence) || explains_other(sentence) || uses_new_account(sentence) || succeeds_closed(sentence) ||
         opens_other(sentence) || sends_to_other(sentence) || resends(sentence) || is_retired(sentence) || is_for_now(sentence);
}

bool pays_factor(const Sentence& sentence) {
  const Spoken spoken = sentence.spoken;
  if (!sentence.has(kPay)) return false;
  const bool is_told = sentence.has(kAsk | kFuture) || stands(spoken, kMust);
  if (!is_told) return false;
  const auto is_ours = [&](std::size_t at) { return stands(spoken, back(at, 4), at, kOwners); };
  const auto is_company = [&](std::size_t at) { return stands(spoken, back(at, 4), at, packed_words("our", "a", "d", "notre")); };
  const auto is_financer = [&](std::size_t at) { return stands(spoken, back(at, 1), at, kFinance) && is_ours(at); };
  const auto is_sold = [&](std::size_t at) { return stands(spoken, back(at, 5), at + 5, kSold); };
  return any_place(spoken, kClaims, is_sold) || any_place(spoken, kFactors, is_ours) ||
         any_place(spoken, kFactoring, is_company) || any_place(spoken, kFinancers, is_financer);
}

bool is_pretext(const Sentence& sentence) {
  constexpr std::size_t kCause = 5, kReach = 5;
  const Spoken spoken = sentence.spoken;
  return std::ranges::all_of(sentence.hits, [&](const Sentence::Hit& hit) {
    if ((hit.meaning.classes & kAdvice) == 0) return true;
    const bool is_cause = stands(spoken, back(hit.at, kCause), hit.at, kSince);
    const bool is_of_account = stands(spoken, hit.at, hit.at + 3, kOwners) && has_hit(sentence, hit.at, hit.at + kReach, kNouns);
    const bool is_suspicion = is_cause && stands(spoken, hit.at, hit.at + 1, kSuspicions);
    return is_one_of(spoken[hit.at - 1], kFrauds) && (is_suspicion || is_of_account);
  });
}

}  // namespace threadline::facts
