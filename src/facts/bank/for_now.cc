// SPDX-License-Identifier: Apache-2.0
#include "facts/bank/for_now.h"

#include <algorithm>

#include "facts/bank/spoken.h"

namespace threadline::facts {
namespace {

constexpr std::uint64_t kOne = kAccount | kStrong;

/// What one can make use of: verf\u00fcgbar, zur Verf\u00fcgung, erreichbar, disponible ...
constexpr auto kUsable = packed_words("accesibl", "accessib", "accessiv", "acessive", "availabl", "beschikb", "bereikba",
                                      "disponib", "disponiv", "disposal", "erreichb", "operatio", "reachabl", "usable",
                                      "utilisab", "verfugba", "verfugun", "bruikbaa", "nutzbar", "operativ", "utilizza");
constexpr auto kService = packed_words("order", "service", "servicio", "servizio", "servico", "betrieb", "gebruik");
constexpr auto kOutOf = packed_words("out", "hors", "fuera", "fuori", "fora", "ausser", "buiten");
/// What of an account, or beside it, may not be there: its statement, who looks after it, a portal; and accounts that are no
/// bank's.
constexpr auto kOfAccount = packed_words("afschrif", "agent", "app", "auszug", "email", "estratto", "executiv", "extracto",
                                         "extrait", "extrato", "facebook", "google", "holder", "instagra", "kontoaus", "linkedin",
                                         "login", "mail", "manager", "microsof", "online", "overzich", "portal", "releve", "site",
                                         "statemen", "team", "teams", "twitter", "user", "website", "whatsapp");

/// "Exceptionally", "as an exception", "ausnahmsweise".
constexpr auto kExceptionally = packed_words("ausnahms", "eccezion", "excecion", "excepcio", "exceptio", "uitzonde");
constexpr auto kOnlyWords = packed_words("alleen", "enkel", "nur", "only", "seulemen", "so", "solamen", "solo", "soltanto",
                                         "somente", "uniqueme", "just", "lediglic");
constexpr auto kFor = packed_words("for", "fur", "para", "per", "pour", "voor");
constexpr auto kThis =
    packed_words("cette", "deze", "desta", "diese", "dieses", "esta", "esse", "este", "questa", "questo", "this", "ce");
constexpr auto kTimes = packed_words("fois", "keer", "mal", "maal", "time", "vez", "volta");
constexpr auto kOnce = packed_words("once");
constexpr auto kThisTime = packed_words("diesmal", "ditmaal");

/// "Nicht verf\u00fcgbar", "n'est pas disponible", "out of service": of our account, not of its statement.
bool is_out_of_use(const Sentence& sentence) {
  constexpr std::size_t kDenied = 4, kToAccount = 12, kOwned = 3, kBeside = 3;
  const Spoken spoken = sentence.spoken;
  if (sentence.has(kYours | kTheirs) || sentence.question) return false;
  if (!is_ahead(sentence, kOurs | kUsual, kOne, kOwned) && !is_ahead(sentence, kOne, kUsual, 1)) return false;
  const auto is_of_account = [&](std::size_t at) {
    return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& hit) {
      const bool is_before = (hit.meaning.classes & kOne) != 0 && hit.at <= at && hit.at + kToAccount > at;
      return is_before && !stands(spoken, back(hit.at, 1 + kBeside), hit.at + 1, kOfAccount);
    });
  };
  const auto is_denied = [&](std::size_t at) { return is_of_account(at) && has_hit(sentence, back(at, kDenied), at, kDeny); };
  const auto is_out = [&](std::size_t at) { return is_of_account(at) && stands(spoken, back(at, 2), at, kOutOf); };
  return any_place(spoken, kUsable, is_denied) || any_place(spoken, kService, is_out);
}

template <std::size_t N>
bool stands_behind_this(const Sentence& sentence, const std::array<std::uint64_t, N>& words) {
  return any_place(sentence.spoken, words, [&](std::size_t at) { return stands(sentence.spoken, back(at, 1), at, kThis); });
}

/// "Only for this payment", "just for this invoice": not "for this event".
bool is_for_one_payment(const Sentence& sentence) {
  return any_place(sentence.spoken, kOnlyWords, [&](std::size_t at) {
    return stands(sentence.spoken, at + 1, at + 2, kFor) && stands(sentence.spoken, at + 2, at + 3, kThis) &&
           has_hit(sentence, at + 3, at + 4, kPay | kMoney | kDocument);
  });
}

/// The account that follows is to be used by way of exception, or paid to for one payment. "This time please pay by transfer",
/// "we exceptionally accept a payment in two parts on ..." are none.
bool is_exception(const Sentence& sentence) {
  if (sentence.has(kYours | kTheirs | kNever) || sentence.question || is_near(sentence, kUsual, kNouns, 2)) return false;
  if (!is_near(sentence, kOne, kHere, 3)) return false;
  const bool is_used = is_near(sentence, kUse, kOne, 8);
  const bool is_this_time = stands(sentence.spoken, kThisTime) || stands_behind_this(sentence, kTimes);
  if (is_used && (is_this_time || stands(sentence.spoken, kExceptionally))) return true;
  return (is_used || sentence.has(kPay)) && (is_for_one_payment(sentence) || stands_behind_this(sentence, kOnce));
}

}  // namespace

bool is_for_now(const Sentence& sentence) { return is_out_of_use(sentence) || is_exception(sentence); }

}  // namespace threadline::facts
