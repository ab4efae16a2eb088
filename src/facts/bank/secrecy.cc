// SPDX-License-Identifier: Apache-2.0
#include "facts/bank/secrecy.h"

#include <algorithm>

#include "facts/bank/spoken.h"

namespace threadline::facts {
namespace {

constexpr auto kOperations =
    packed_words("acquisit", "acquisiz", "adquisic", "affaire", "affare", "angelege", "aquisica", "asunto", "assunto", "deal",
                 "fusion", "geschaft", "kwestie", "matter", "merger", "negocio", "opa", "operacao", "operacio", "operatie",
                 "operatio", "operazio", "overname", "rachat", "sache", "takeover", "transact", "transacc", "transaca",
                 "transakt", "transact", "transazi", "ubernahm", "vorgang", "zaak");
constexpr auto kStrictly =
    packed_words("absolu", "absolue", "absolut", "absoluta", "absolute", "absoluto", "altament", "assoluta", "complete",
                 "completa", "estricta", "estritam", "extreme", "extremel", "hautemen", "highly", "hochst", "hochste", "maxima",
                 "maximale", "massima", "hoogst", "grande", "streng", "strengst", "strettam", "strict", "stricte", "strictem",
                 "strictly", "strikt", "strikte", "top", "total", "totala", "totale", "totally", "uiterst", "utmost", "volledig");
/// What is confidential without being hidden from anybody: data, contracts, prices.
constexpr auto kPapers =
    packed_words("accord", "agreemen", "anlage", "annex", "applicat", "attached", "attachme", "bewerbun", "candidat", "content",
                 "contenu", "contents", "contract", "contrat", "contrato", "contratt", "data", "daten", "datos", "dados", "dati",
                 "document", "donnees", "email", "fichier", "fichiers", "file", "files", "gegevens", "informac", "informat",
                 "informaz", "informie", "mail", "message", "nachrich", "nda", "payroll", "pieces", "price", "prices", "prix",
                 "report", "rapport", "salaries", "salary", "terms", "unterlag", "vertrag");
constexpr auto kTreat = packed_words("behandel", "garder", "garde", "gardez", "handle", "halten", "houd", "keep", "mantenga",
                                     "mantenha", "mantener", "respecte", "trate", "trattare", "traiter", "traitez", "treat");
constexpr auto kRemain =
    packed_words("blijft", "blijven", "bleiben", "bleibt", "remain", "remains", "restare", "reste", "rester", "stay", "stays");
constexpr auto kIt =
    packed_words("ca", "ceci", "cela", "das", "dies", "dieses", "dit", "esto", "isto", "it", "questo", "that", "this");
constexpr auto kWe = packed_words("i", "we", "wir", "wij", "nous", "you");
constexpr auto kAware = packed_words("aware", "aviso", "informad", "informat", "informe", "informed", "informie", "informes",
                                     "ingelich", "knows", "know", "courant");
constexpr auto kMust =
    packed_words("darf", "debe", "deve", "doit", "doivent", "durfen", "mag", "mogen", "must", "need", "needs", "should", "to");
constexpr auto kNot = packed_words("geen", "kein", "keine", "keinen", "nao", "ne", "nicht", "niet", "no", "non", "not", "pas",
                                   "t", "without", "sans");
constexpr auto kCopy = packed_words("cc", "copia", "copie", "copy", "copying", "kopie");
constexpr auto kMention = packed_words("menciona", "mencione", "mention", "mentionn", "menziona", "erwahnen", "vermeld");
/// "Please do not put me in copy any more", "do not copy this text".
constexpr auto kSelfOrThing = packed_words("code", "dit", "file", "from", "it", "me", "mich", "mij", "moi", "my", "nos", "nous",
                                           "paste", "print", "text", "this", "uns", "us");

/// "Nobody else must be informed", "no one else needs to know", "the team should not be aware of it".
bool keeps_unaware(const Sentence& sentence) {
  constexpr std::size_t kReach = 8;
  constexpr auto kSecrets = packed_words("code", "codigo", "codice", "kennwort", "passe", "password", "passwort", "pin",
                                         "wachtwoo", "contrase", "senha");
  const Spoken spoken = sentence.spoken;
  if (stands(spoken, kSecrets)) return false;  // "no one must know your PIN"
  const auto is_nobody = [&](const Sentence::Press& one, std::size_t aware) {
    return (one.classes & kNobody) != 0 && one.at <= aware && aware - one.at < kReach;
  };
  const auto is_kept = [&](std::size_t at) {
    const bool is_no_one = any_place(spoken, packed_words("one"), [&](std::size_t one) {
      return one < at && at - one <= kReach && stands(spoken, back(one, 1), one, packed_words("no"));
    });
    const bool is_no_need = any_place(spoken, packed_words("need"), [&](std::size_t need) {
      return need < at && stands(spoken, back(need, 1), need, packed_words("no"));
    });
    if (is_no_need || !stands(spoken, back(at, kReach), at, kMust)) return false;
    if (is_no_one || std::ranges::any_of(sentence.pressing, [&](const auto& one) { return is_nobody(one, at); })) return true;
    const bool is_of_others = std::ranges::any_of(sentence.pressing, [&](const Sentence::Press& others) {
      return (others.classes & kOthers) != 0 && others.at <= at && at - others.at < kReach;
    });
    return is_of_others && stands(spoken, back(at, kReach), at, kNot);
  };
  return any_place(spoken, kAware, is_kept);
}

/// "Speak to no one but me".
bool speaks_to_no_one(const Sentence& sentence) {
  constexpr std::size_t kToVerb = 4;
  constexpr auto kSpeak = packed_words("discuss", "mention", "say", "speak", "talk", "tell");
  const Spoken spoken = sentence.spoken;
  return any_place(spoken, packed_words("one"), [&](std::size_t one) {
    return stands(spoken, back(one, 1), one, packed_words("no")) && stands(spoken, back(one, kToVerb), one, kSpeak);
  });
}

/// "Do not copy anyone", "ne mettez personne en copie", "do not mention this operation".
bool leaves_out(const Sentence& sentence) {
  constexpr std::size_t kToNot = 6, kObject = 5;
  const Spoken spoken = sentence.spoken;
  const auto is_copy = [&](std::size_t at) {
    const bool is_denied = stands(spoken, back(at, kToNot), at, kNot);
    const bool is_of_self = stands(spoken, back(at, kToNot), at + 3, kSelfOrThing);
    const bool is_of_people = std::ranges::any_of(sentence.pressing, [&](const Sentence::Press& who) {
      return (who.classes & (kNobody | kOthers)) != 0 && who.at + kToNot > at && who.at <= at + 1 + kObject;
    });
    const bool is_needless = stands(spoken, back(at, kToNot), at, packed_words("besoin", "have", "necessai", "need"));
    return is_denied && !is_of_self && is_of_people && !is_needless;
  };
  const auto is_mention = [&](std::size_t at) {
    return stands(spoken, back(at, 3), at, kNot) && stands(spoken, at + 1, at + 1 + kObject, kOperations);
  };
  return any_place(spoken, kCopy, is_copy) || any_place(spoken, kMention, is_mention);
}

/// "Keep this strictly confidential", "this must remain ...": not "we keep the names ...".
bool is_to_be_kept(Spoken spoken, std::size_t secret) {
  constexpr std::size_t kToVerb = 8, kToIt = 4;
  const auto is_between = [&](std::size_t at) { return at < secret && secret - at <= kToVerb; };
  const auto is_ordered = [&](std::size_t at) { return is_between(at) && !stands(spoken, back(at, 1), at, kWe); };
  const auto is_of_this = [&](std::size_t at) { return is_between(at) && stands(spoken, back(at, kToIt), at, kIt); };
  return any_place(spoken, kTreat, is_ordered) || any_place(spoken, kRemain, is_of_this);
}

/// "The operation must remain strictly confidential", "I count on your absolute discretion": not a paper or data.
bool demands_discretion(const Sentence& sentence) {
  constexpr std::size_t kBeside = 3, kOwner = 3, kToAsk = 8;
  const Spoken spoken = sentence.spoken;
  if (!sentence.has(kSecret) || stands(spoken, kPapers)) return false;
  return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& secret) {
    if ((secret.meaning.classes & kSecret) == 0) return false;
    const bool is_strict = stands(spoken, back(secret.at, kBeside), secret.at + kBeside, kStrictly);
    const bool is_asked = has_hit(sentence, back(secret.at, kToAsk), secret.at, kAsk) ||
                          has_hit(sentence, back(secret.at, kOwner), secret.at, kYours) || is_to_be_kept(spoken, secret.at - 1);
    return is_strict && (is_asked || stands(spoken, kOperations));
  });
}

/// "Keep it to yourself", "gardez cela pour vous": behind the word that leads to who keeps it. "Je reste votre contact, je peux
/// vous rappeler" keeps nothing.
bool is_kept_to_self(const Sentence& sentence) {
  constexpr std::size_t kReach = 5;
  constexpr auto kFor = packed_words("bij", "devers", "for", "fuer", "fur", "para", "per", "pour", "ra", "to", "voor", "with");
  return std::ranges::any_of(sentence.pressing, [&](const Sentence::Press& self) {
    const bool is_led = self.at > 1 && (self.classes & kSelf) != 0 && is_one_of(sentence.spoken[self.at - 2], kFor);
    return is_led && std::ranges::any_of(sentence.pressing, [&](const Sentence::Press& keep) {
             return (keep.classes & kKeep) != 0 && keep.at < self.at && self.at - keep.at <= kReach &&
                    (keep.languages & self.languages) != 0;
           });
  });
}

}  // namespace

bool is_disclaimer(const Sentence& sentence) {
  constexpr auto kContained =
      packed_words("attached", "contained", "contenid", "contenue", "contenut", "contida", "contidas", "enthalte");
  constexpr std::size_t kLabelWords = 2;  // "Confidential", "Streng vertraulich" in a line of their own
  if (sentence.presses(kAddressee) || sentence.words <= kLabelWords) return true;
  return (sentence.has(kRecords | kMail) || stands(sentence.spoken, kContained)) && !sentence.has(kPay);
}

bool silences(const Sentence& sentence) {
  if (presses_beside(sentence, kTell, kNobody, 6) || presses_before(sentence, kNegation, kHush, 2)) return true;
  if (presses_beside(sentence, kNegation, kTell, 4) && presses_before(sentence, kTell, kOthers, 6)) return true;
  if (presses_before(sentence, kOthers, kTell, 3) && sentence.presses(kNegation)) return true;
  if (speaks_to_no_one(sentence) || keeps_unaware(sentence) || leaves_out(sentence) || demands_discretion(sentence)) return true;
  return is_kept_to_self(sentence) || (sentence.presses(kKeep) && presses_before(sentence, kAmong, kUs, 4));
}

bool may_leave_out(const Sentence& sentence) {
  if (!sentence.presses(kNobody | kNegation | kOthers)) return false;
  return stands(sentence.spoken, kAware) || stands(sentence.spoken, kCopy) || stands(sentence.spoken, kMention);
}

}  // namespace threadline::facts
