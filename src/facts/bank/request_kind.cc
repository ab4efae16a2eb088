// SPDX-License-Identifier: Apache-2.0
// Wording about money, by classes of words near each other: no literal phrases, so that word order, accents lost and wrapping do
// not matter. A heuristic. It misses what is said without any of the nouns ("use the attached from now on"), and fires on honest
// announcements, as it must.
#include "facts/bank/request_kind.h"

#include <algorithm>
#include <span>

#include "facts/bank/condition.h"
#include "facts/bank/no_news.h"
#include "facts/bank/order.h"
#include "facts/bank/other_bank.h"
#include "facts/bank/readers_change.h"
#include "facts/bank/redirection.h"
#include "facts/bank/speaker.h"
#include "facts/bank/spoken.h"

namespace threadline::facts {
namespace {

/// "IBAN" right before the number that ends the sentence, of which "DE" or "FR" is a word: not "our IBAN".
bool is_label_of_number(const Sentence& sentence, const Sentence::Hit& noun) {
  const bool is_last = sentence.has_digits && noun.at + 1 >= sentence.words && !sentence.question;
  return is_last && (&noun == sentence.hits.data() || ((&noun - 1)->meaning.classes & (kOurs | kMy | kFresh | kHere)) == 0);
}

/// Details of the reader ("votre nouveau RIB") are asked for, not announced. The possessive that stands next to the noun counts:
/// "as agreed with your director, our account has changed".
bool is_readers(const Sentence& sentence) {
  if (!sentence.has(kNouns)) return false;
  bool is_said = false;
  for (const auto& noun : sentence.hits) {
    if ((noun.meaning.classes & kNouns) == 0 || (is_said && is_label_of_number(sentence, noun))) continue;
    is_said = true;
    const auto is_ours_behind = [&](const Sentence::Hit& yours) {
      return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& hit) {
        return (hit.meaning.classes & (kOurs | kMy)) != 0 && hit.at > yours.at && hit.at < noun.at;
      });
    };
    const auto is_of_records = [&](const Sentence::Hit& hit) {  // "delete the RIB from your records"
      constexpr auto kBooks = packed_words("base", "books", "database", "fichier", "logiciel", "records", "system", "systeme");
      return stands(sentence.spoken, hit.at, hit.at + 2, kBooks);
    };
    const auto is_yours = [&](const Sentence::Hit& hit) {
      if ((hit.meaning.classes & (kYours | kTheirs)) == 0) return false;
      return hit.at < noun.at ? noun.at - hit.at <= 3 && !is_ours_behind(hit)
                              : hit.is_owner && hit.at - noun.at <= 3 && !sentence.has(kOurs) && !is_of_records(hit);
    };
    if (!std::ranges::any_of(sentence.hits, is_yours)) return false;
  }
  return true;
}

/// "From our account": money leaves it, and nobody is asked to use it.
bool is_paid_from(const Sentence& sentence) {
  const auto is_source_of = [&](const Sentence::Hit& noun) {
    return (noun.meaning.classes & kNouns) != 0 && std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& hit) {
             return (hit.meaning.classes & kSource) != 0 && hit.at < noun.at && noun.at - hit.at <= 2;
           });
  };
  return std::ranges::any_of(sentence.hits, is_source_of);
}

/// "Our IBAN has changed, everything else stays the same": of a clause without an account, beside one in which it changes.
bool is_of_the_rest(const Sentence& sentence, const Sentence::Hit& same) {
  const auto has_in_clause = [&](std::uint64_t wanted, bool is_own) {
    return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& hit) {
      return (hit.clause == same.clause) == is_own && (hit.meaning.classes & wanted) != 0;
    });
  };
  if ((same.meaning.classes & kUnchanged) != kUnchanged || has_in_clause(kStrong | kAccount, true)) return false;
  return has_in_clause(kNouns, false) && has_in_clause(kChange | kFresh | kClosed, false);
}

bool has_never(const Sentence& sentence) {
  return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& hit) {
    return (hit.meaning.classes & kNever) != 0 && !is_of_the_rest(sentence, hit);
  });
}

/// "Do not pay into any other account": any but the one that is known.
bool denies_others(const Sentence& sentence) {
  if (sentence.has(kHere | kInstead | kOld | kFuture)) return false;
  return is_ahead(sentence, kDeny, kAny, 6) && is_ahead(sentence, kAny, kAccount, 2);
}

/// "Our bank details have not changed": each denial is of the change nearest to it. "Our IBAN has changed, our address has not
/// changed" tells of one.
bool denies_change(const Sentence& sentence) {
  constexpr std::size_t kReach = 4;
  const auto distance = [](const Sentence::Hit& one, const Sentence::Hit& other) {
    return one.at > other.at ? one.at - other.at : other.at - one.at;
  };
  const auto is = [](const Sentence::Hit& hit, std::uint64_t wanted) { return (hit.meaning.classes & wanted) != 0; };
  const auto is_of_fraud = [&](const Sentence::Hit& deny) {  // "this is not a scam: our account has changed"
    return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& hit) {
      return (hit.meaning.classes & kWarned) == kWarned && hit.at > deny.at && hit.at - deny.at <= 2;
    });
  };
  const auto is_denied_by = [&](const Sentence::Hit& change, const Sentence::Hit& deny) {
    if (!is(deny, kDeny) || is_of_fraud(deny) || deny.clause != change.clause || distance(deny, change) > kReach) return false;
    return std::ranges::none_of(sentence.hits, [&](const Sentence::Hit& nearer) {
      return is(nearer, kChange) && nearer.clause == deny.clause && distance(deny, nearer) < distance(deny, change);
    });
  };
  const auto is_denied_one = [&](const Sentence::Hit& change) {
    return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& deny) { return is_denied_by(change, deny); });
  };
  const auto is_told_of_account = [&](const Sentence::Hit& change) {
    return is(change, kChange) && !change.has_object && !is_denied_one(change) &&
           std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& noun) {
             return is(noun, kNouns) && noun.clause == change.clause && noun.at < change.at && change.at - noun.at <= kReach;
           });
  };
  return is_near_in_clause(sentence, kDeny, kChange, kReach) && std::ranges::none_of(sentence.hits, is_told_of_account);
}

/// "Je n'ai rien chang\u00e9", "nada nuevo con el banco": the only change that is spoken of. "Our IBAN has changed, nothing else
/// has" tells of one.
bool says_nothing_changed(const Sentence& sentence) {
  constexpr std::size_t kReach = 4;
  constexpr auto kNothing = packed_words("nada", "nichts", "niente", "niets", "nothing", "rien");
  constexpr auto kExcept = packed_words("ausser", "behalve", "but", "excepto", "except", "exceto", "hormis", "menos", "only",
                                        "part", "salvo", "sauf", "seul", "seule", "solo", "tranne");
  if (stands(sentence.spoken, kExcept)) return false;  // "nothing changes except our IBAN"
  const auto is_change = [](const Sentence::Hit& hit) { return (hit.meaning.classes & (kChange | kFresh)) != 0; };
  if (std::ranges::count_if(sentence.hits, is_change) != 1) return false;
  const auto change = std::ranges::find_if(sentence.hits, is_change);
  return stands(sentence.spoken, back(change->at, kReach), change->at, kNothing);
}

bool is_denied(const Sentence& sentence) {
  return has_never(sentence) || sentence.is_elliptic || denies_others(sentence) || says_nothing_changed(sentence) ||
         is_without_change(sentence) || denies_change(sentence) || is_led_by(sentence, kDeny, kFresh);
}

/// "We only ever change it by registered letter", "que par courrier".
bool is_only_by_letter(const Sentence& sentence) {
  constexpr std::size_t kWay = 3, kOnlyBefore = 10;
  constexpr auto kWays = packed_words("by", "in", "par");
  const Spoken spoken = sentence.spoken;
  return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& letter) {
    if ((letter.meaning.classes & kOnlyBy) == 0 || !stands(spoken, back(letter.at, kWay), letter.at, kWays)) return false;
    return is_ahead(sentence, kOnly, kOnlyBy, kOnlyBefore) ||
           stands(spoken, back(letter.at, kWay + 1), letter.at, packed_words("que"));
  });
}

/// "We accept no changes of bank details by e-mail", "\u00c4nderungen per Mail akzeptieren wir nicht".
bool accepts_no_changes(const Sentence& sentence) {
  constexpr std::size_t kDenied = 3;
  constexpr auto kAccept =
      packed_words("accept", "acceptee", "accepter", "accepton", "accettia", "aceitamo", "aceptamo", "akzeptie");
  if (!sentence.has(kMail) || !sentence.has(kChange) || sentence.has(kFresh | kOld | kAsk | kPay)) return false;
  return any_place(sentence.spoken, kAccept, [&](std::size_t at) {
    return has_hit(sentence, back(at, kDenied), at + 1 + kDenied, kDeny) ||
           stands(sentence.spoken, back(at, kDenied), at, packed_words("nao", "no", "non"));
  });
}

/// "Any change would be told by letter", "false changes", "the new branch of the bank": of changes in general, or of other things
/// at a bank.
bool is_in_general(const Sentence& sentence) {
  if (is_led_by(sentence, kAny | kWrong, kChange) || is_near(sentence, kOnly, kOnlyBy, 2)) return true;
  if (is_only_by_letter(sentence) || accepts_no_changes(sentence)) return true;
  return sentence.has(kMatter) && !is_near(sentence, kOurs, kNouns, 3);
}

/// "Do not act on e-mails that tell of new bank details": of mails that others may send. What asks for anything behind them, or
/// speaks of "our new account", is the writer's own.
bool warns_of_mails(const Sentence& sentence) {
  constexpr std::size_t kToMail = 6, kToChange = 8;
  const auto is_warned_of = [&](const Sentence::Hit& mail) {
    return (mail.meaning.classes & kMail) != 0 && !mail.is_own &&
           std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& deny) {
             return (deny.meaning.classes & (kDeny | kNever)) != 0 && deny.at < mail.at && mail.at - deny.at <= kToMail;
           });
  };
  const auto mail = std::ranges::find_if(sentence.hits, is_warned_of);
  if (mail == sentence.hits.end()) return false;
  for (const auto& hit : std::span(mail + 1, sentence.hits.end())) {
    if (hit.at - mail->at > kToChange || (hit.meaning.classes & (kOurs | kPay | kUse | kAsk | kHere)) != 0) return false;
    if ((hit.meaning.classes & (kChange | kFresh)) != 0) return true;
  }
  return false;
}

/// "Form: change of supplier bank details (to be completed ...)", "a customer account that we opened with you": of nobody's in
/// particular, or the reader's books.
bool is_of_form_or_books(const Sentence& sentence) {
  constexpr auto kForms = packed_words("form", "formular", "formulai", "formulario", "modulo");
  constexpr auto kFilled =
      packed_words("ausfullen", "complete", "completed", "completer", "fill", "filled", "remplir", "rellenar");
  constexpr auto kWith = packed_words("chez", "with");
  constexpr auto kReader = packed_words("vous", "you");
  if (is_near(sentence, kOurs | kMy, kNouns, 3)) return false;
  if (stands(sentence.spoken, 0, 2, kForms) && stands(sentence.spoken, kFilled)) return true;
  const auto is_with_reader = [&](const Sentence::Hit& noun) {
    return (noun.meaning.classes & kNouns) != 0 && stands(sentence.spoken, noun.at, noun.at + 1, kWith) &&
           stands(sentence.spoken, noun.at + 1, noun.at + 2, kReader);
  };
  return std::ranges::any_of(sentence.hits, is_with_reader);
}

/// "If not, hold it", "si oui, ...": of what was said before, and no condition of what follows.
bool is_short_condition(const Sentence& sentence) {
  constexpr std::size_t kWords = 2;
  return !sentence.clause_begins.empty() && sentence.clause_begins.front() <= kWords;
}

/// "I need to update our bank details, what form do you need?": what is asked stands behind what is told.
bool is_told_before_question(const Sentence& sentence) {
  constexpr auto kWe = packed_words("i", "ich", "ik", "j", "je", "nous", "we", "wij", "wir");
  if (sentence.clause_begins.empty() || !stands(sentence.spoken, 0, 1, kWe)) return false;
  return std::ranges::any_of(sentence.hits,
                             [&](const Sentence::Hit& noun) { return (noun.meaning.classes & kNouns) != 0 && noun.clause == 0; });
}

/// "Thanks for confirming that our details have been set up": what the reader did.
bool is_thanked_for(const Sentence& sentence) {
  constexpr std::size_t kOpening = 4, kDone = 9;
  return stands(sentence.spoken, 0, 2, packed_words("thank", "thanks")) &&
         any_place(sentence.spoken, packed_words("confirming"), [&](std::size_t at) {
           return at < kOpening && stands(sentence.spoken, at + 1, at + 2, packed_words("that")) &&
                  stands(sentence.spoken, at + 2, at + kDone, packed_words("are", "been", "has", "have", "is", "was", "were"));
         });
}

/// "We have received your letter about the new details", "nous avons pay\u00e9 avec notre nouveau compte": what the writer did.
bool tells_what_we_did(const Sentence& sentence) {
  constexpr std::size_t kSubject = 4, kObject = 2, kNoun = 4;
  constexpr auto kWe = packed_words("i", "ich", "ik", "j", "je", "nous", "we", "wij", "wir");
  constexpr auto kLetters = packed_words("brief", "courrier", "letter", "lettre", "note", "notice", "schreibe");
  constexpr auto kWith = packed_words("avec", "depuis", "from", "mit", "using", "with");
  const Spoken spoken = sentence.spoken;
  constexpr auto kDone = packed_words("a", "ai", "avons", "haben", "habe", "had", "hebben", "heb", "have", "ve");
  if (sentence.has(kAsk | kHere | kFuture | kUse)) return false;
  const auto by_us = [&](std::size_t at) {
    return stands(spoken, back(at, kSubject), at, kWe) && stands(spoken, back(at, kSubject), at, kDone);
  };
  const auto got_letter = [&](std::size_t at) {
    return stands(spoken, back(at, 1), at, packed_words("votre", "your", "ihr", "uw")) &&
           is_ahead(sentence, kReceived, kYours, kObject);
  };
  const auto paid_with = [&](std::size_t at) {
    return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& pay) {
      const bool is_near = pay.at <= at && at - pay.at <= kNoun && (pay.meaning.classes & (kPay | kReceived | kArrived)) != 0;
      return is_near && by_us(pay.at - 1) && is_ahead(sentence, kOurs | kFresh, kNouns, kNoun);
    });
  };
  return (!sentence.has(kOurs | kMy) && any_place(spoken, kLetters, got_letter)) || any_place(spoken, kWith, paid_with);
}

/// Conditions, questions that ask nothing to be done, advertisements, what somebody received: nothing is announced.
bool is_only_talk(const Sentence& sentence) {
  if (sentence.hits.empty()) return true;
  const auto opens_with = [&](std::uint64_t wanted, std::size_t within) {
    return std::ranges::any_of(sentence.hits,
                               [&](const Sentence::Hit& hit) { return hit.at <= within && (hit.meaning.classes & wanted) != 0; });
  };
  const bool is_asked = (opens_with(kAsk, 3) || is_short_condition(sentence)) && !opens_with(kSuppose, 1);
  if (is_only_condition(sentence) && !is_asked) return true;
  if (opens_with(kAds, 1) || is_in_general(sentence) || is_of_case_of_change(sentence)) return true;
  if (is_near(sentence, kReceived, kMail, 5) || warns_of_mails(sentence) || tells_of_others(sentence)) return true;
  if (tells_of_readers_change(sentence) || is_of_form_or_books(sentence)) return true;
  if (!sentence.has(kOurs) && is_led_by(sentence, kYours, kChange))
    return true;  // "your change of bank details has been recorded"
  if (is_thanked_for(sentence) || tells_what_we_did(sentence)) return true;
  const bool is_presupposed = is_led_by(sentence, kOurs, kFresh) && is_near(sentence, kFresh, kStrong, 3);
  const bool asks_nothing = !sentence.has(kCould | kMy) && !is_presupposed && !is_told_before_question(sentence);
  return sentence.question && asks_nothing;  // "have you received our new account details?"
}

/// "Our bank details are now: ...", "d\u00e9sormais, notre RIB est le suivant": details that are shown, and were others before.
bool is_now_another(const Sentence& sentence) {
  constexpr std::size_t kToNoun = 3, kToVerb = 3, kToNow = 4, kOpening = 4;
  constexpr auto kAre = packed_words("sont", "est", "seront", "sera", "are", "is", "will", "lautet", "lauten", "ist", "sind",
                                     "es", "son", "sono", "sao", "zijn", "luidt");
  if (!sentence.has_digits && !sentence.has(kHere)) return false;
  const auto is_soon = [&](const Sentence::Hit& noun) {
    return stands(sentence.spoken, noun.at, noun.at + kToNow, packed_words("maintenant")) ||
           std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& now) {
             const bool is_behind = now.at > noun.at && now.at - noun.at <= kToNow;
             return (now.meaning.classes & kFuture) != 0 && (is_behind || now.at <= kOpening);
           });
  };
  return is_ahead(sentence, kOurs, kNouns, kToNoun) && std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& noun) {
           const bool is_shown = is_near(sentence, kFuture, kHere, 3) || is_ahead(sentence, kAccount, kHere, kToVerb);
           const bool is_account = (noun.meaning.classes & kAccount) != 0 && is_shown;
           const bool is_details = (noun.meaning.classes & kStrong) != 0 || is_ahead(sentence, kBank, kDetails, 1);
           return ((noun.meaning.classes & kNouns) != 0) && (is_account || is_details) && is_soon(noun) &&
                  stands(sentence.spoken, noun.at, noun.at + kToVerb, kAre);
         });
}

/// "Zweitkonto", "Ersatzkonto": another account in one word.
bool names_second_account(const Sentence& sentence) {
  constexpr std::uint64_t kSecond = kAccount | kFresh;
  return sentence.has(kOurs) &&
         std::ranges::any_of(sentence.hits, [](const Sentence::Hit& hit) { return (hit.meaning.classes & kSecond) == kSecond; });
}

bool announces_change(const Sentence& sentence) {
  if (is_now_another(sentence)) return true;
  if (is_near(sentence, kStrong, kChange, 8) || is_near(sentence, kStrong, kFresh, 4)) return true;
  if (is_bank_changed(sentence) || names_second_account(sentence)) return true;
  if (sentence.has(kOurs | kStrong) && !sentence.has(kPay) && is_ahead(sentence, kFuture, kBank, 4)) return true;
  const bool about_money = sentence.has(kPay | kMoney | kBank | kStrong | kOurs | kRecords);
  return about_money && (is_near(sentence, kAccount, kFresh, 3) || is_near_in_clause(sentence, kAccount, kChange, 6));
}

/// "Use the details below rather than those on the invoice".
bool replaces_details(const Sentence& sentence) {
  return sentence.has(kInstead) && sentence.has(kHere) && sentence.has(kMoney | kPay) && is_near(sentence, kUse, kDetails, 4);
}

/// "Wie immer", "as always", "comme toujours": where the reader pays already.
bool is_as_always(const Sentence& sentence) {
  constexpr auto kAlways = packed_words("altijd", "always", "immer", "sempre", "siempre", "toujours", "usual");
  return any_place(sentence.spoken, kAlways, [&](std::size_t at) {
    return stands(sentence.spoken, back(at, 1), at, packed_words("as", "come", "como", "comme", "wie", "zoals"));
  });
}

/// "From now on use the account below", "pay to our subsidiary's account": another account than the one the reader knows.
bool redirects(const Sentence& sentence) {
  if (is_paid_from(sentence) || is_as_always(sentence)) return false;
  if (is_near(sentence, kUsual, kNouns, 2) && !sentence.has(kInstead | kHere | kOld | kAffiliate)) return false;
  if (sentence.has(kFuture) && sentence.has(kPay) && is_near(sentence, kBank, kHere, 4)) return true;
  if (replaces_details(sentence)) return true;
  if (!sentence.has(kStrong | kAccount)) return false;
  if (sentence.has(kFuture | kInstead) && is_near(sentence, kHere | kInstead, kStrong | kAccount, 6) &&
      sentence.has(kUse | kPay | kMoney))
    return true;
  if (sentence.has(kFuture) && is_near(sentence, kUse, kStrong | kAccount, 6)) return true;
  if (is_near(sentence, kFuture, kPay, 6)) return true;
  if (is_ahead(sentence, kPay, kAccount | kStrong, 5) && is_ahead(sentence, kAccount | kStrong, kFuture, 4)) return true;
  return is_near(sentence, kAffiliate, kStrong | kAccount, 4) && sentence.has(kUse | kPay | kAsk | kInstead);
}

/// "The old account is closed", "our account is under audit", "no longer valid", "ignore the details on the invoice".
bool retires(const Sentence& sentence) {
  constexpr std::uint64_t kOne = kStrong | kAccount;
  if (is_near(sentence, kOld, kOne, 4) && sentence.has(kClosed | kPay | kUse | kNoMore | kDrop | kDeny | kChange | kHere))
    return true;
  if (is_near(sentence, kOurs | kUsual | kOld, kOne, 5) && is_near(sentence, kOne, kClosed, 9)) return true;
  if (is_near(sentence, kStrong, kClosed, 8)) return true;
  if (sentence.has(kRecords) && is_near(sentence, kAccount, kClosed, 8)) return true;
  if (is_near(sentence, kOne, kWrong, 10) && sentence.has(kUse | kCorrect)) return true;
  if (is_near_in_clause(sentence, kDeny, kValid, 2) && is_near(sentence, kOne, kValid, 7) && sentence.has(kUse)) return true;
  if (is_near_in_clause(sentence, kDeny | kNoMore, kIdiom, 2) && is_near(sentence, kIdiom, kStrong, 6)) return true;
  const bool is_of_old = is_near(sentence, kOne, kRecords | kUsual | kOld, 4) || is_ahead(sentence, kOne, kDocument, 4);
  const bool is_forbidden =
      is_ahead(sentence, kDeny, kPay, 2) || is_led_by(sentence, kPay, kDeny) ||
      (is_ahead(sentence, kPay, kDeny, 2) && is_ahead(sentence, kDeny, kOne, kSentenceWords) && sentence.has(kHere));
  if (is_of_old && is_forbidden) return true;
  if (is_near(sentence, kDrop, kPay, 3) && is_near(sentence, kOne, kHere, 3)) return true;
  if (sentence.has(kOne) && is_near(sentence, kDeny, kReceive, 5)) return true;
  if (is_near(sentence, kBank, kClosed, 4) && sentence.has(kPay | kAccount)) return true;
  const bool is_other = sentence.has(kHere | kInstead | kFresh) && !is_ahead(sentence, kOne, kDocument, 4);
  const bool is_of_account = is_near_in_clause(sentence, kNoMore, kOne | kBank, kSentenceWords) ||
                             (sentence.has(kOne | kBank) && is_other) || is_led_by(sentence, kOurs, kOne);
  if (is_of_account && is_near_in_clause(sentence, kNoMore, kValid | kUse | kPay | kBank | kCorrect, 4)) return true;
  const bool is_other_one = sentence.has(kUse) && sentence.has(kHere | kInstead);
  return is_near(sentence, kDrop, kOne, 7) && (is_other_one || sentence.has(kPay | kStrong | kOld | kUsual));
}

bool asks_for_records(const Sentence& sentence) {
  return sentence.has(kRecords) && sentence.has(kAsk) && sentence.has(kChange) && sentence.has(kNouns);
}

/// "bank_change" where a change is told, "redirect" where the reader is only told where to pay from now on, which may be the
/// account that he knows; or empty.
std::string_view change_of(const Sentence& sentence) {
  if (pays_factor(sentence) && !has_never(sentence) && !is_only_talk(sentence)) return "bank_change";
  if (changes_by_contrast(sentence)) return "bank_change";
  const bool is_of_account = sentence.has(kStrong | kBank | kAccount | kRecords) || replaces_details(sentence);
  if (!is_of_account && !speaks_of_new_details(sentence)) return "";
  if (is_denied(sentence) || is_readers(sentence) || is_only_talk(sentence)) return "";
  if (sentence.has(kSalary) && is_for_all_staff(sentence)) return "";
  if (leads_elsewhere(sentence) || announces_change(sentence) || retires(sentence) || asks_for_records(sentence))
    return "bank_change";
  return redirects(sentence) ? "redirect" : "";
}

/// "I'd like next month's wages paid to the account below", "I've moved to Monzo, can you send my wages there": the writer's own,
/// by what he says of himself.
bool leads_own_salary(const Sentence& sentence) {
  constexpr auto kWriter = packed_words("i", "j", "je");
  constexpr auto kWishes = packed_words("aimerais", "like", "need", "souhaite", "voudrais", "want", "wish");
  const bool is_by_writer = stands(sentence.spoken, kWriter) && !sentence.has(kYours | kTheirs | kIf);
  if (!is_by_writer || is_denied(sentence) || tells_of_others(sentence)) return false;
  if (changes_writers_bank(sentence)) return true;
  return stands(sentence.spoken, kWishes) && sentence.has(kPay) && is_near(sentence, kAccount | kStrong, kHere, 3);
}

/// "Please pay my next salary into this account", "puoi mandarmi lo stipendio qui?".
bool wants_salary_here(const Sentence& sentence) {
  constexpr auto kHerePlaces = packed_words("aqui", "here", "hier", "hierheen", "ici", "qui");
  constexpr auto kThis = packed_words("ce", "deze", "dieses", "esta", "este", "questo", "this");
  const auto is_account = [&](std::size_t at) { return has_hit(sentence, at + 1, at + 2, kAccount | kStrong); };
  if (!sentence.has(kMy) || !sentence.has(kPay | kDeposit) || sentence.has(kReceived | kArrived) || is_denied(sentence))
    return false;
  return stands(sentence.spoken, kHerePlaces) || any_place(sentence.spoken, kThis, is_account);
}

/// The writer's own salary and an account for it that is another than before.
bool is_payroll(const Sentence& sentence) {
  if (sentence.has(kSalary) && (leads_own_salary(sentence) || wants_salary_here(sentence))) return true;
  if (!sentence.has(kSalary) || is_denied(sentence) || is_only_talk(sentence) || is_for_all_staff(sentence)) return false;
  if (sentence.if_you && !sentence.has(kMy)) return false;  // "tell us if you change your account before payroll closes"
  if (!sentence.has(kNouns | kDetails)) return false;
  if (is_ahead(sentence, kYours, kSalaryAccount | kDirect, 2) && !sentence.has(kMy)) return false;
  const bool is_asked = is_ahead(sentence, kAsk, kSalary | kDeposit | kNouns, kSentenceWords);
  if (sentence.has(kYours) && !sentence.has(kMy | kOurs) && !is_asked) return false;  // "your direct deposit has been updated"
  if (sentence.has(kMy) && sentence.has(kStrong | kAccount) && sentence.has(kClosed | kHere | kFuture)) return true;
  return sentence.has(kMy | kAsk | kSalaryAccount) &&
         is_near(sentence, kSalary | kNouns, kChange | kFresh | kNoMore | kInstead, 10);
}

/// "Here is my account for the salary": nothing says that there was another.
bool is_only_given(const Sentence& sentence) {
  return sentence.has(kHere) && !sentence.has(kChange | kFresh | kClosed | kFuture | kNoMore | kOld | kInstead);
}

/// "Merci pour votre paiement": the word asks for nothing.
bool is_thanks(const Sentence& sentence) {
  constexpr auto kYourOwn = packed_words("ton", "vos", "votre");
  const auto is_for = [&](std::size_t at) {
    return stands(sentence.spoken, at + 1, at + 2, packed_words("pour")) && stands(sentence.spoken, at + 2, at + 3, kYourOwn);
  };
  const auto asks =
      std::ranges::count_if(sentence.hits, [](const Sentence::Hit& hit) { return (hit.meaning.classes & kAsk) != 0; });
  return asks == 1 && any_place(sentence.spoken, packed_words("merci"), is_for);
}

/// "We have not yet received your payment", "nous n'avons pas re\u00e7u votre r\u00e8glement".
bool is_missing(const Sentence& sentence) {
  return is_near(sentence, kDeny, kReceived, 3) && is_near(sentence, kYours, kPay, 2) && !sentence.question;
}

bool is_payment(const Sentence& sentence) {
  if (sentence.has(kNever) || is_thanks(sentence)) return false;
  if (is_missing(sentence) || is_order_to_pay(sentence)) return true;
  return is_near(sentence, kAsk, kPay, 8) || (sentence.has(kDue) && sentence.has(kMoney | kPay) && !sentence.has(kDeny));
}

}  // namespace

bool is_own_news(const Sentence& sentence) {
  constexpr std::size_t kToNoun = 3, kToVerb = 4;
  constexpr auto kWe = packed_words("we", "nous", "wir", "wij");
  const bool is_warning =
      std::ranges::any_of(sentence.hits, [](const Sentence::Hit& hit) { return (hit.meaning.classes & kWarned) == kWarned; });
  constexpr auto kYou = packed_words("you", "vous", "sie", "u", "usted");
  constexpr auto kCan = packed_words("can", "may", "pouvez", "konnen", "kunt", "puede");
  const auto is_offered = [&](std::size_t at) { return stands(sentence.spoken, back(at, 1), at + 2, kYou); };
  if (is_warning || sentence.question || any_place(sentence.spoken, kCan, is_offered)) return false;
  const auto is_by_us = [&](const Sentence::Hit& hit) {
    return (hit.meaning.classes & (kChange | kFresh)) != 0 && stands(sentence.spoken, back(hit.at, kToVerb), hit.at, kWe);
  };
  if (sentence.has(kNouns) && std::ranges::any_of(sentence.hits, is_by_us)) return true;
  return (sentence.has(kChange | kFresh) && is_ahead(sentence, kOurs, kNouns, kToNoun)) || leads_elsewhere(sentence);
}

bool pays_salary(const Sentence& sentence) {
  return sentence.has(kSalary) && sentence.has(kPay | kDeposit) && !is_denied(sentence);
}

std::string_view kind_of(const Sentence& sentence) {
  if (is_payroll(sentence)) return is_only_given(sentence) ? "payroll_given" : "payroll";
  if (const auto kind = change_of(sentence); !kind.empty()) return kind;
  return is_payment(sentence) ? "payment" : "";
}

}  // namespace threadline::facts
