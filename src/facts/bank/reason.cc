// SPDX-License-Identifier: Apache-2.0
// Fraud as the reason of a change, by words of seven languages around it (eight letters of each, neighbour_words.h).
#include "facts/bank/reason.h"

#include <algorithm>

#include "facts/bank/spoken.h"

namespace threadline::facts {
namespace {

/// Frauds, and not those who commit them: "fraudsters say that our account has changed" warns.
constexpr auto kFrauds =
    packed_words("arnaque", "arnaques", "betrug", "betruges", "betrugsf", "betrugsv", "burla", "burlas", "escroque", "estafa",
                 "estafas", "fraud", "fraude", "fraudes", "frauds", "fraudule", "frode", "frodi", "hameconn", "imperson",
                 "oplichti", "phishing", "scam", "scams", "truffa", "truffe", "usurpati");
constexpr auto kCauses =
    packed_words("avoid", "eviter", "evitar", "evitare", "prevent", "vermeide", "voorkome",  // or what it is to be kept from
                 "after", "apres", "aufgrund", "because", "causa", "cause", "debido", "devido", "due", "following", "infolge",
                 "motivo", "na", "nach", "owing", "raison", "seguito", "sequenci", "suite", "tras", "vanwege", "wegen", "wegens");
constexpr auto kVictims =
    packed_words("opfer", "slachtof", "victim", "victimas", "victime", "victimes", "vitima", "vitimas", "vittima", "vittime");
constexpr auto kSo = packed_words("daarom", "daher", "deshalb", "donc", "dus", "eso", "hence", "isso", "percio", "portanto",
                                  "quindi", "so", "therefor");
constexpr auto kThis = packed_words("c", "ce", "ceci", "das", "dies", "dit", "esto", "agit", "handelt", "isto", "questa",
                                    "questo", "this", "trata", "tratta");
constexpr auto kNot = packed_words("geen", "kein", "keine", "nao", "nicht", "niet", "no", "non", "not", "pas", "t");

constexpr auto kWe =
    packed_words("abbiamo", "avons", "dobbiamo", "hemos", "mudamos", "nos", "nous", "temos", "tivemos", "we", "wij", "wir");
constexpr auto kDone =
    packed_words("a", "abbiamo", "are", "avons", "been", "e", "est", "esta", "estan", "ete", "foi", "foram", "ha", "had", "han",
                 "has", "hat", "have", "haben", "hebben", "heeft", "hemos", "is", "ist", "ont", "sono", "stata", "stato", "state",
                 "sind", "tivemos", "ve", "was", "werd", "werden", "were", "wurde", "wurden", "zijn");
/// "..., in which our account was changed": what the frauds are about, or what others say.
constexpr auto kOfFrauds = packed_words(
    "about", "annoncant", "announci", "asking", "che", "claiming", "cui", "demandan", "denen", "deren", "dicen", "dicendo", "die",
    "disant", "diz", "dont", "indiquan", "lequel", "lesquels", "laquelle", "mentionn", "pretenda", "pretendi", "qual", "quali",
    "que", "qui", "said", "saying", "says", "selon", "showing", "stating", "tell", "telling", "that", "told", "waarbij", "waarin",
    "when", "where", "which", "who", "whose", "wobei", "wonach", "zeggen");
/// "We changed the procedure for new bank details", "the form for new details is attached".
constexpr auto kProcedures = packed_words("form", "formulai", "formular", "formulie", "guide", "how", "modulo", "policy",
                                          "procedim", "procedur", "process", "processo", "processu", "prozess", "regeln",
                                          "regels", "regles", "rules", "security", "verfahre", "way", "werkwijz");
constexpr auto kChecks =
    packed_words("check", "checked", "checks", "controle", "gepruft", "pruf", "verifica", "verified", "verifier");

/// "Our bank details were changed on forged invoices", "... sur des factures": by others.
constexpr auto kForged =
    packed_words("algunas", "alcune", "certaine", "des", "einigen", "fake", "false", "falsas", "falsi", "falsifie", "fausse",
                 "fausses", "faux", "forged", "gefalsch", "several", "some", "sommige", "vals", "valse");
/// "We have changed our online banking password", "updated our bank details page".
constexpr auto kOfAccess = packed_words("app", "codes", "kennwort", "limit", "limits", "login", "logins", "page", "password",
                                        "passwort", "pin", "pins", "wachtwoo");
/// "Our Facebook account".
constexpr auto kOnline =
    packed_words("amazon", "ebay", "email", "facebook", "google", "instagra", "linkedin", "mail", "microsof", "online", "portal",
                 "tiktok", "twitter", "user", "web", "website", "whatsapp", "x", "youtube");

bool is_warned(const Sentence::Hit& hit) { return (hit.meaning.classes & kWarned) == kWarned; }

/// "Suite \u00e0 une tentative de fraude", "we were the victims of a fraud".
bool is_cause(Spoken spoken, std::size_t at) {
  constexpr std::size_t kReach = 5, kSubject = 4;
  const auto by_us = [&](std::size_t victim) {
    return victim < at && at - victim <= kReach && stands(spoken, back(victim, kSubject), victim, kWe);
  };
  return stands(spoken, back(at, kReach), at, kCauses) || any_place(spoken, kVictims, by_us);
}

/// "This is not a scam", "ceci n'est pas une fraude".
bool is_denied_fraud(Spoken spoken, std::size_t at) {
  constexpr std::size_t kToNot = 3, kToThis = 6;
  return stands(spoken, back(at, kToNot), at, kNot) && stands(spoken, back(at, kToThis), at, kThis);
}

/// "Fraud is rising, so we have moved banks".
bool has_conclusion(Spoken spoken, std::size_t at) { return stands(spoken, at + 1, spoken.size(), kSo); }

/// Where the last fraud of the sentence stands, 0 where one of kWarned is no reason.
std::size_t last_reason(const Sentence& sentence) {
  std::size_t last = 0;
  for (const auto& hit : sentence.hits) {
    if (!is_warned(hit)) continue;
    const std::size_t at = hit.at - 1;
    const bool is_reason =
        is_cause(sentence.spoken, at) || is_denied_fraud(sentence.spoken, at) || has_conclusion(sentence.spoken, at);
    if (!is_one_of(sentence.spoken[at], kFrauds) || !is_reason) return 0;
    last = hit.at;
  }
  return last;
}

/// "We have moved banks", "nous avons d\u00fb changer notre compte".
bool changes_own(const Sentence& sentence, const Sentence::Hit& change) {
  constexpr std::size_t kSubject = 5, kObject = 4;
  const Spoken spoken = sentence.spoken;
  if ((change.meaning.classes & kChange) == 0) return false;
  if (!stands(spoken, back(change.at, kSubject), change.at, kWe) || !stands(spoken, back(change.at, kSubject), change.at, kDone))
    return false;
  const bool is_of_bank = has_hit(sentence, change.at, change.at + 2, kBank);
  const auto object = packed_words("s");  // "our bank's password"
  if (stands(spoken, change.at + 1, change.at + 1 + kObject, object) ||
      stands(spoken, change.at, change.at + 2 + kObject, kOfAccess))
    return false;
  return is_of_bank || (has_hit(sentence, change.at, change.at + kObject, kOurs | kMy) &&
                        has_hit(sentence, change.at, change.at + kObject, kNouns));
}

/// "Our bank details have changed", "wurde unser Konto gesperrt".
bool is_own_changed(const Sentence& sentence, const Sentence::Hit& change, std::size_t reason) {
  constexpr std::size_t kToNoun = 7, kToOwner = 4, kInverted = 2, kBeside = 2, kByOthers = 3;
  if ((change.meaning.classes & (kChange | kClosed)) == 0) return false;
  if (stands(sentence.spoken, change.at, change.at + kByOthers, kForged)) return false;
  return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& noun) {
    const bool is_before = noun.at > reason && noun.at < change.at && change.at - noun.at <= kToNoun;
    if (!is_before || (noun.meaning.classes & kNouns) == 0) return false;
    if (stands(sentence.spoken, back(noun.at, kBeside), noun.at + kBeside, kOnline)) return false;
    const auto owner = std::max(back(noun.at, kToOwner), reason);
    return has_hit(sentence, owner, noun.at, kOurs | kMy) && stands(sentence.spoken, back(owner, kInverted), change.at, kDone);
  });
}

/// "New details attached", "merci d'utiliser notre nouveau RIB": in another clause than the fraud, or behind what asks for it.
bool shows_new(const Sentence& sentence, const Sentence::Hit& fresh, std::size_t reason) {
  constexpr std::size_t kToNoun = 3, kOwner = 3, kShown = 2;
  if ((fresh.meaning.classes & kFresh) == 0) return false;
  const auto in_clause = [&](std::uint64_t wanted, std::size_t from) {
    return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& hit) {
      return hit.clause == fresh.clause && hit.at > from && (hit.meaning.classes & wanted) != 0;
    });
  };
  const auto fraud = std::ranges::find(sentence.hits, reason, &Sentence::Hit::at);
  const bool is_parted = fraud->clause != fresh.clause || has_hit(sentence, reason, fresh.at, kAsk);
  if (!is_parted || in_clause(kDeny | kAny, reason) || !has_hit(sentence, fresh.at, fresh.at + kToNoun, kNouns | kDetails))
    return false;
  const bool is_ours = has_hit(sentence, back(fresh.at, kOwner), fresh.at, kOurs | kMy);
  return (is_ours && in_clause(kUse | kPay | kHere, reason)) ||
         has_hit(sentence, fresh.at + 1, fresh.at + kToNoun + kShown, kHere);
}

}  // namespace

bool gives_fraud_as_reason(const Sentence& sentence) {
  if (sentence.question || sentence.has(kNever | kIf | kOnly | kOnlyBy)) return false;
  if (stands(sentence.spoken, kProcedures) || stands(sentence.spoken, kChecks)) return false;
  const std::size_t reason = last_reason(sentence);
  if (reason == 0) return false;
  return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& change) {
    if (change.at <= reason || stands(sentence.spoken, reason, change.at - 1, kOfFrauds)) return false;
    return changes_own(sentence, change) || is_own_changed(sentence, change, reason) || shows_new(sentence, change, reason);
  });
}

}  // namespace threadline::facts
