// SPDX-License-Identifier: Apache-2.0
#include "facts/bank/for_now.h"

#include "facts/bank/spoken.h"

namespace threadline::facts {
namespace {

constexpr std::uint64_t kOne = kAccount | kStrong;

// What one can make use of: verf\u00fcgbar, zur Verf\u00fcgung, erreichbar, disponible ...
constexpr auto kUsable = packed_words("accesibl", "accessib", "accessiv", "acessive", "availabl", "beschikb", "bereikba",
                                      "disponib", "disponiv", "disposal", "erreichb", "operatio", "reachabl", "usable",
                                      "utilisab", "verfugba", "verfugun", "bruikbaa", "nutzbar", "operativ", "utilizza");
constexpr auto kService = packed_words("order", "service", "servicio", "servizio", "servico", "betrieb", "gebruik");
constexpr auto kOutOf = packed_words("out", "hors", "fuera", "fuori", "fora", "ausser", "buiten");
/// What of an account, or beside it, may not be there: its statement, who looks after it, a portal.
constexpr auto kOfAccount =
    packed_words("afschrif", "agent", "app", "auszug", "estratto", "executiv", "extracto", "extrait", "extrato", "holder",
                 "kontoaus", "login", "manager", "online", "overzich", "portal", "releve", "site", "statemen", "team", "website");

/// "Exceptionally", "as an exception", "ausnahmsweise".
constexpr auto kExceptionally = packed_words("ausnahms", "eccezion", "excecion", "excepcio", "exceptio", "uitzonde");
constexpr auto kOnlyWords = packed_words("alleen", "enkel", "nur", "only", "seulemen", "so", "solamen", "solo", "soltanto",
                                         "somente", "uniqueme", "just", "lediglic");
constexpr auto kFor = packed_words("for", "fur", "para", "per", "pour", "voor");
constexpr auto kThis =
    packed_words("cette", "deze", "desta", "diese", "dieses", "esta", "esse", "este", "questa", "questo", "this", "ce");
constexpr auto kOnce = packed_words("fois", "keer", "mal", "maal", "once", "time", "vez", "volta");
constexpr auto kThisTime = packed_words("diesmal", "ditmaal");

/// "Nicht verf\u00fcgbar", "n'est pas disponible", "out of service": of our account, not of its statement.
bool is_out_of_use(const Sentence& sentence) {
  constexpr std::size_t kDenied = 4, kToAccount = 12, kOwned = 3;
  const Spoken spoken = sentence.spoken;
  if (sentence.has(kYours | kTheirs) || sentence.question || stands(spoken, kOfAccount)) return false;
  if (!is_ahead(sentence, kOurs | kUsual, kOne, kOwned) && !is_ahead(sentence, kOne, kUsual, 1)) return false;
  const auto is_of_account = [&](std::size_t at) { return has_hit(sentence, back(at, kToAccount), at, kOne); };
  const auto is_denied = [&](std::size_t at) { return is_of_account(at) && has_hit(sentence, back(at, kDenied), at, kDeny); };
  const auto is_out = [&](std::size_t at) { return is_of_account(at) && stands(spoken, back(at, 2), at, kOutOf); };
  return any_place(spoken, kUsable, is_denied) || any_place(spoken, kService, is_out);
}

/// "This time", "only for this payment".
bool is_for_this_time(const Sentence& sentence) {
  const Spoken spoken = sentence.spoken;
  const auto is_this = [&](std::size_t at) { return stands(spoken, back(at, 1), at, kThis); };
  const auto is_for_this = [&](std::size_t at) {
    return stands(spoken, at + 1, at + 2, kFor) && stands(spoken, at + 2, at + 3, kThis);
  };
  return stands(spoken, kThisTime) || any_place(spoken, kOnce, is_this) || any_place(spoken, kOnlyWords, is_for_this);
}

/// The account that follows is to be used, or paid to, by way of exception. "We exceptionally accept a payment in two parts on
/// ..." asks for nothing.
bool is_exception(const Sentence& sentence) {
  if (sentence.has(kYours | kTheirs | kNever) || sentence.question || is_near(sentence, kUsual, kNouns, 2)) return false;
  const bool is_told = sentence.has(kUse) || (sentence.has(kPay) && (sentence.has(kAsk) || is_for_this_time(sentence)));
  return is_told && is_near(sentence, kOne, kHere, 3) && (is_for_this_time(sentence) || stands(sentence.spoken, kExceptionally));
}

}  // namespace

bool is_for_now(const Sentence& sentence) { return is_out_of_use(sentence) || is_exception(sentence); }

}  // namespace threadline::facts
