// SPDX-License-Identifier: Apache-2.0
#include "facts/bank/order.h"

#include "facts/bank/spoken.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kToMoney = 4;  ///< words from the verb to what is paid

constexpr auto kBeforeOrder =
    packed_words("also", "and", "bitte", "donc", "et", "just", "kindly", "now", "please", "so", "then", "und", "y");
constexpr auto kOrders = packed_words(
    "arrange", "betaal", "bereiten", "boek", "bonifica", "bonifich", "complete", "disponga", "effectue", "effettui", "efetue",
    "envie", "envoie", "envoyez", "esegua", "execute", "executez", "faca", "faccia", "fai", "fais", "faites", "haga", "initiate",
    "invia", "invii", "lance", "lancez", "maak", "make", "ordene", "paga", "paghi", "pague", "paie", "pay", "payez", "prepare",
    "preparez", "prepari", "procede", "procedez", "process", "realice", "regle", "reglez", "release", "remit", "schicken", "send",
    "senden", "settle", "stort", "stuur", "tatigen", "transfer", "transfie", "transfir", "trasferi", "uberweis", "veranlas",
    "versa", "verse", "versez", "versi", "vire", "virez", "wire", "zahle", "zahlen");
/// The verb and its noun are one word, or an infinitive is one: "\u00dcberweisung", "zahlen".
constexpr auto kWithSie = packed_words("bereiten", "schicken", "senden", "tatigen", "uberweis", "veranlas", "zahlen");
constexpr auto kSums = packed_words(
    "acompte", "amount", "argent", "balance", "bedrag", "betaling", "betrag", "bonifico", "denaro", "deposit", "dinero",
    "dinheiro", "fondi", "fondos", "fonds", "fundos", "funds", "geld", "importe", "importo", "money", "montant", "overboek",
    "overschr", "pagament", "pago", "paiement", "payment", "remainde", "rest", "restbetr", "saldo", "soldi", "solde", "somma",
    "somme", "sum", "suma", "summe", "transfer", "transfert", "uberweis", "valor", "virement", "wire", "zahlung");
/// "Send the payment details", "prepare the payment run".
constexpr auto kPapers =
    packed_words("advice", "agee", "balance", "confirma", "details", "file", "form", "instruct", "link", "list", "notice",
                 "proof", "receipt", "reminder", "run", "schedule", "sheet", "slip", "statemen", "terms");
/// "Send me the balance of our accounts": how much there is.
constexpr auto kStocks = packed_words("balance", "saldo", "solde");
constexpr auto kOf = packed_words("de", "dei", "del", "des", "di", "of", "van", "von");
constexpr auto kNeeds = packed_words("besoin", "bisogno");
constexpr auto kThat = packed_words("che", "que");
constexpr auto kOne = packed_words("d", "di", "un", "une");
constexpr auto kMust = packed_words("faudra", "faudrait", "faut");
constexpr auto kMakes = packed_words("effectue", "executer", "faire", "lancer", "passer");
constexpr auto kBrauche = packed_words("brauche", "brauchen");

/// Money at most `within` words behind the place, and no paper about it.
bool has_money(Spoken spoken, std::size_t at, std::size_t within) {
  return any_place(spoken, kSums, [&](std::size_t sum) {
    if (sum <= at || sum - at > within) return false;
    const bool is_paper = stands(spoken, sum + 1, sum + 2, kPapers) || stands(spoken, sum - 1, sum, kPapers);
    const bool is_stock = is_one_of(spoken[sum], kStocks) && stands(spoken, sum + 1, sum + 2, kOf);
    return !is_paper && !is_stock;
  });
}

bool opens_with_order(const Sentence& sentence) {
  const Spoken spoken = sentence.spoken;
  std::size_t at = 0;
  while (stands(spoken, at, at + 1, kBeforeOrder)) ++at;
  if (!stands(spoken, at, at + 1, kOrders)) return false;
  if (stands(spoken, at, at + 1, kWithSie) && !stands(spoken, at + 1, at + 2, packed_words("sie"))) return false;
  if (stands(spoken, at + 1, at + 2, packed_words("between", "from", "is", "of", "was"))) return false;  // the noun
  return has_money(spoken, at, kToMoney);
}

/// "J'ai besoin que vous effectuiez un virement", "il faut faire un virement", "ich brauche eine \u00dcberweisung".
bool needs_payment(const Sentence& sentence) {
  constexpr std::size_t kClause = 6, kObject = 3;
  const Spoken spoken = sentence.spoken;
  const auto is_for_payment = [&](std::size_t at) {
    if (stands(spoken, at + 1, at + 2, kThat)) return has_money(spoken, at, kClause);
    return stands(spoken, at + 1, at + 2, kOne) && has_money(spoken, at, kObject);
  };
  const auto is_to_be_made = [&](std::size_t at) {
    return stands(spoken, at + 1, at + 2, kMakes) && has_money(spoken, at, kObject);
  };
  return any_place(spoken, kNeeds, is_for_payment) || any_place(spoken, kMust, is_to_be_made) ||
         any_place(spoken, kBrauche, [&](std::size_t at) { return has_money(spoken, at, kObject); });
}

}  // namespace

bool is_order_to_pay(const Sentence& sentence) {
  if (sentence.question || sentence.has(kNever | kDeny | kNoMore | kReceived | kArrived)) return false;
  return opens_with_order(sentence) || needs_payment(sentence);
}

}  // namespace threadline::facts
