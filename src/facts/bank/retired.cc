// SPDX-License-Identifier: Apache-2.0
#include "facts/bank/retired.h"

#include <algorithm>

#include "facts/bank/spoken.h"

namespace threadline::facts {
namespace {

constexpr auto kTheOther = packed_words("account", "compte", "iban", "one", "rib");

/// "Into the account below and not into the previous one".
bool prefers_to_old(const Sentence& sentence) {
  constexpr std::size_t kNotThat = 5;
  if (!sentence.has(kPay | kUse) || !is_near(sentence, kAccount | kStrong, kHere, 3)) return false;
  return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& old) {
    const auto from = back(old.at, kNotThat);
    const bool is_denied = has_hit(sentence, from, old.at, kDeny) || stands(sentence.spoken, from, old.at, packed_words("non"));
    if ((old.meaning.classes & kOld) == 0 || !is_denied) return false;
    return old.at == sentence.words || stands(sentence.spoken, old.at, old.at + 1, kTheOther);
  });
}

/// "Sur notre compte BNP et non plus sur celui de LCL", "and no longer to the one at Lloyds".
bool prefers_to_that(const Sentence& sentence) {
  constexpr std::size_t kDenied = 3, kObject = 3;
  constexpr auto kThat = packed_words("celui", "celle", "ceux", "one");
  constexpr auto kTo = packed_words("au", "aux", "into", "sur", "to", "vers");
  constexpr auto kNoLonger = packed_words("longer", "non", "not", "pas", "plus", "plutot", "rather");
  const Spoken spoken = sentence.spoken;
  if (!sentence.has(kPay | kUse) || !is_near(sentence, kOurs, kAccount | kStrong, 3)) return false;
  return any_place(spoken, kTo, [&](std::size_t to) {
    return stands(spoken, to + 1, to + kObject, kThat) && stands(spoken, back(to, kDenied), to, kNoLonger) &&
           has_hit(sentence, 0, to, kAccount | kStrong);
  });
}

/// "Wij gebruiken de rekening bij ... niet meer", "deix\u00e1mos de usar a conta", "we've stopped using the account".
bool uses_no_more(const Sentence& sentence) {
  constexpr std::size_t kVerb = 3;
  constexpr auto kSubjects = packed_words("i", "ich", "ik", "nous", "on", "we", "wij", "wir");
  constexpr auto kStopped = packed_words("ceased", "cesse", "deixamos", "dejado", "dejamos", "smesso", "stopped", "stopping");
  const Spoken spoken = sentence.spoken;
  constexpr auto kOtherAccounts =
      packed_words("email", "facebook", "instagra", "linkedin", "mail", "paypal", "skype", "twitter", "user");
  if (sentence.question || sentence.has(kYours) || stands(spoken, kOtherAccounts)) return false;
  const auto ends_clause = [&](std::size_t words) {
    return words == sentence.words || std::ranges::find(sentence.clause_begins, words) != sentence.clause_begins.end();
  };
  const auto denied = [&](const Sentence::Hit& use) {
    const bool is_ours = (use.meaning.classes & kUse) != 0 && stands(spoken, back(use.at - 1, kVerb), use.at - 1, kSubjects);
    return is_ours && std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& end) {
             return (end.meaning.classes & kNoMore) != 0 && end.clause == use.clause && end.at > use.at && ends_clause(end.at);
           });
  };
  const auto is_of_use = [&](std::size_t at) { return has_hit(sentence, at, at + 1 + kVerb, kUse | kReceive); };
  return std::ranges::any_of(sentence.hits, denied) || any_place(spoken, kStopped, is_of_use);
}

/// "Our IBAN is no longer the same", "notre RIB n'est plus le m\u00eame".
bool is_not_the_same(const Sentence& sentence) {
  constexpr std::size_t kDenied = 3, kSubject = 5;
  constexpr auto kSame =
      packed_words("dieselbe", "hetzelfd", "meme", "mesma", "mesmo", "misma", "mismo", "same", "stessa", "stesso");
  return any_place(sentence.spoken, kSame, [&](std::size_t at) {
    return has_hit(sentence, back(at, kDenied), at, kNoMore) && has_hit(sentence, back(at, 2 * kSubject), at, kOurs) &&
           has_hit(sentence, back(at, kDenied + kSubject), at, kStrong | kAccount);
  });
}

/// "You still have our old details, here is the right one", "I mistook the IBAN, the correct one is the following".
bool corrects_old(const Sentence& sentence) {
  constexpr std::size_t kShown = 3, kBad = 2, kToShown = 4;
  constexpr auto kHereIs = packed_words("anbei", "aqui", "ecco", "eis", "here", "hier", "hierbij", "voici", "voila");
  constexpr auto kBadly = packed_words("mal", "male");
  const Spoken spoken = sentence.spoken;
  const bool is_mistaken =
      any_place(spoken, kBadly, [&](std::size_t at) { return has_hit(sentence, at, at + 1 + kBad, kStrong); });
  const bool is_bad = is_near(sentence, kOld, kAccount | kStrong, kBad) ||
                      (is_near(sentence, kWrong, kAccount | kStrong, kBad) && !sentence.has(kYours)) || is_mistaken;
  return is_bad && (is_ahead(sentence, kCorrect, kHere, kToShown) || any_place(spoken, kHereIs, [&](std::size_t at) {
                      return has_hit(sentence, at + 1, at + 1 + kShown, kCorrect);
                    }));
}

/// "The beneficiary account is now that of the holding".
bool is_now_of_another(const Sentence& sentence) {
  constexpr std::size_t kBefore = 3, kNoun = 6;
  constexpr auto kThat = packed_words("celui", "celle", "ceux", "that");
  constexpr auto kReceiving = packed_words("bancaire", "bank", "benefici", "encaisse", "paiement", "payment");
  const Spoken spoken = sentence.spoken;
  if (!stands(spoken, kReceiving)) return false;
  return any_place(spoken, kThat, [&](std::size_t at) {
    return has_hit(sentence, back(at, kBefore), at, kFuture) && has_hit(sentence, back(at, kNoun), at, kAccount | kStrong) &&
           stands(spoken, at + 1, at + 2, packed_words("de", "du", "of"));
  });
}

/// "We can't accept payment on the account you normally use".
bool refuses_usual(const Sentence& sentence) {
  constexpr std::size_t kDenied = 2;
  constexpr auto kNot = packed_words("cannot", "n", "ne", "not", "t");
  constexpr auto kAccept = packed_words("accept", "accepter", "receive", "take");
  constexpr auto kNormally = packed_words("currentl", "habituel", "normally", "usually");
  const Spoken spoken = sentence.spoken;
  constexpr auto kNothing = packed_words("nada", "nichts", "niente", "niets", "nothing", "rien");
  const auto comes_in = [&](std::size_t at) {
    return has_hit(sentence, back(at, kDenied), at + 1 + kDenied, kReceive | kReceived);
  };
  if (is_near(sentence, kUsual, kAccount | kStrong, 2) && is_near(sentence, kOurs, kUsual | kAccount, 2) &&
      any_place(spoken, kNothing, comes_in))
    return true;
  return sentence.has(kPay) && stands(spoken, kNormally) &&
         any_place(spoken, kAccept, [&](std::size_t at) { return stands(spoken, back(at, kDenied), at, kNot); });
}

/// "The account you have for us was closed".
bool closes_recorded(const Sentence& sentence) {
  constexpr std::size_t kHeld = 3;
  constexpr auto kHave = packed_words("avez", "detenez", "have", "hold", "use");
  constexpr auto kUs = packed_words("nous", "us");
  return is_near(sentence, kAccount | kStrong, kClosed, 9) && any_place(sentence.spoken, kHave, [&](std::size_t at) {
           return stands(sentence.spoken, at + 1, at + 1 + kHeld, kUs) && has_hit(sentence, back(at, kHeld), at, kNouns);
         });
}

/// "Don't use the details on invoice 2231", "the details you have on file are no longer correct": of accounts, where nothing
/// speaks of other details.
bool denies_details(const Sentence& sentence) {
  constexpr auto kOthers = packed_words("address", "adresse", "contact", "delivery", "email", "moved", "office", "phone",
                                        "showroom", "telephone", "website");
  if (stands(sentence.spoken, kOthers) || sentence.has(kYours | kTheirs) || sentence.question) return false;
  if (is_ahead(sentence, kDeny, kUse, 2) && is_ahead(sentence, kUse, kDetails, 3) && is_ahead(sentence, kDetails, kDocument, 6))
    return true;
  return is_near(sentence, kDetails, kRecords, 5) && is_ahead(sentence, kNoMore, kValid | kCorrect, 3);
}

/// "Cancel the transfer and wait for our new details".
bool waits_for_details(const Sentence& sentence) {
  return sentence.has(kPay) && sentence.has(kDrop) && is_ahead(sentence, kOurs, kFresh, 2) &&
         is_ahead(sentence, kFresh, kDetails, 2);
}

}  // namespace

bool is_retired(const Sentence& sentence) {
  return prefers_to_old(sentence) || prefers_to_that(sentence) || uses_no_more(sentence) || is_not_the_same(sentence) ||
         corrects_old(sentence) || closes_recorded(sentence) || is_now_of_another(sentence) || refuses_usual(sentence);
}

bool retires_details(const Sentence& sentence) { return denies_details(sentence) || waits_for_details(sentence); }

}  // namespace threadline::facts
