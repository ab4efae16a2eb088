// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "facts/bank/money_word.h"

/// Words that change the meaning of the one behind them, for requests.cc.
namespace threadline::facts {

/// The first letters of a word in one number: what stands before a word is compared with many.
constexpr std::uint64_t packed(std::string_view word) {
  std::uint64_t letters = 0;
  for (const char letter : word.substr(0, sizeof letters)) letters = (letters << 8U) | static_cast<unsigned char>(letter);
  return letters;
}

/// Some words, packed.
template <class... Words>
constexpr std::array<std::uint64_t, sizeof...(Words)> packed_words(const Words&... words) {
  return {packed(words)...};
}
template <std::size_t N>
bool is_one_of(std::uint64_t word, const std::array<std::uint64_t, N>& words) {
  return std::ranges::find(words, word) != words.end();
}

inline constexpr std::size_t kFrench = 0, kEnglish = 1, kGerman = 2, kSpanish = 3, kPortuguese = 5;  ///< in kLanguages

/// Words that tell of the time to come (or of what is closed) only where another leads to them, one or two words before: "\u00e0
/// partir de", "d\u00e8s lors", "de ce jour", "ab sofort", "going forward", "on hold".
struct Led {
  std::string_view word, leader;
  std::size_t before;
};
inline constexpr std::uint64_t kOnlyLed = kFuture | kClosed;
inline constexpr Led kLed[] = {{"adesso", "da", 1},        {"ahora", "de", 1},        {"ahora", "desde", 1},
                               {"date", "out", 2},         {"effect", "with", 1},     {"forward", "day", 1},
                               {"forward", "going", 1},    {"forward", "moving", 1},  {"forward", "now", 1},
                               {"forward", "this", 1},     {"hold", "on", 1},         {"immediately", "effective", 1},
                               {"jour", "de", 2},          {"jour", "des", 2},        {"lors", "des", 1},
                               {"maintenant", "devez", 1}, {"maintenant", "doit", 1}, {"maintenant", "doivent", 1},
                               {"maintenant", "faut", 1},  {"month", "from", 2},      {"notice", "further", 1},
                               {"oggi", "da", 1},          {"oggi", "partire", 2},    {"ordre", "nouvel", 1},
                               {"partir", "a", 1},         {"quarter", "from", 2},    {"sofort", "ab", 1},
                               {"sofort", "per", 1},       {"today", "from", 1},      {"week", "from", 2},
                               {"weiteres", "auf", 1}};

/// Words that mean something behind another only: "my pay" is a salary, a "voided check" shows an account.
struct Pair {
  std::uint64_t leader, word;
  std::uint64_t classes;
  std::size_t language = kEnglish;
};
inline constexpr Pair kPairs[] = {{packed("am"), packed("platz"), kPresence, kGerman},
                                  {packed("a"), packed("c"), kAccount},
                                  {packed("a"), packed("jour"), kValid, kFrench},
                                  {packed("anciens"), packed("comptes"), kAccount, kFrench},
                                  {packed("as"), packed("follows"), kHere},
                                  {packed("bank"), packed("accounts"), kAccount},
                                  {packed("current"), packed("pay"), kSalary},
                                  {packed("for"), packed("me"), kMy},
                                  {packed("der"), packed("holding"), kAffiliate, kGerman},
                                  {packed("holding"), packed("company"), kAffiliate},
                                  {packed("la"), packed("holding"), kAffiliate, kFrench},
                                  {packed("maison"), packed("mere"), kAffiliate, kFrench},
                                  {packed("me"), packed("han"), kOurs | kMy, kSpanish},
                                  {packed("fecharam"), packed("me"), kOurs | kMy, kPortuguese},
                                  {packed("my"), packed("pay"), kSalary},
                                  {packed("notre"), packed("holding"), kAffiliate, kFrench},
                                  {packed("unserer"), packed("holding"), kAffiliate, kGerman},
                                  {packed("new"), packed("accounts"), kAccount},
                                  {packed("next"), packed("pay"), kSalary},
                                  {packed("nouveaux"), packed("comptes"), kAccount, kFrench},
                                  {packed("old"), packed("accounts"), kAccount},
                                  {packed("parent"), packed("company"), kAffiliate},
                                  {packed("void"), packed("check"), kAccount},
                                  {packed("void"), packed("cheque"), kAccount},
                                  {packed("voided"), packed("check"), kAccount},
                                  {packed("voided"), packed("cheque"), kAccount}};

/// "Vous avez pay\u00e9", "a \u00e9t\u00e9 pay\u00e9": behind one of these "paye" is the verb, and no salary.
inline constexpr auto kAuxiliaries = packed_words("a", "ai", "as", "aurait", "avait", "avez", "aviez", "avions", "avoir", "avons",
                                                  "bien", "deja", "encore", "est", "ete", "etre", "ont", "sera", "toujours");

/// "Le compte a \u00e9t\u00e9 ouvert": behind one of these somebody opens an account; "un compte ouvert chez ..." only has one.
inline constexpr auto kOpeners = packed_words("a", "ai", "avons", "ete", "ont", "etre");

/// "Before any transfer to a new IBAN, call": behind one of these somebody's new account, and none that is announced.
inline constexpr auto kAnyOne = packed_words("a", "an", "any", "tout", "toute", "un", "une");

/// "Remittance advice", "remittance address": papers, and where they are sent.
inline constexpr auto kPapers = packed_words("address", "addresses", "advice", "advices", "notice", "slip", "slips");

/// "We moved our accounts to ...": several accounts are those at a bank behind one of these only.
inline constexpr auto kMovings =
    packed_words("moved", "moving", "switched", "switching", "transfere", "transferons", "transferred");

/// "Our accounts department", "nos comptes annuels": people and books, and no account.
inline constexpr auto kOffices = packed_words("annuels", "clerk", "clients", "consolid", "department", "dept", "fourniss",
                                              "manager", "office", "payable", "people", "receivable", "sociaux", "team");

/// "The closing balance", "closing costs", "solde de cl\u00f4ture": of a period or a purchase, and no account that is closed.
inline constexpr auto kAtClosing = packed_words("balance", "balances", "cost", "costs", "disclosure", "entries", "entry", "price",
                                                "remarks", "statement", "stock", "time");
inline constexpr auto kBalances = packed_words("bilan", "ecritures", "inventaire", "saldi", "saldo", "solde", "soldes");

/// "Bank Street": where a house stands.
inline constexpr auto kPlaceNames =
    packed_words("avenue", "court", "farm", "house", "lane", "place", "quay", "road", "rue", "square", "street");

/// Titles whose full stop ends no sentence: "pour M. Bailly".
inline constexpr std::string_view kTitles[] = {"M", "MM", "Mr", "Mrs", "Ms", "Dr", "Mme", "Mlle", "Me", "Ste", "Ets"};

}  // namespace threadline::facts
