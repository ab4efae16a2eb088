// SPDX-License-Identifier: Apache-2.0
#include "findings/private_account.h"

#include <string>

#include "findings/account_words.h"
#include "text/fold.h"
#include "text/pattern.h"

namespace threadline::findings {
namespace {

constexpr std::size_t kRead = 20'000;  ///< bytes of the new text that are read

/// What a firm is paid for.
bool is_about_business(std::string_view folded) {
  static const text::Pattern business(
      "\\b(?:invoices?|invoiced|bills?|orders?|deposit|balance|rent|contract|customers?|factures?|commandes?|acompte|solde|loyer|"
      "contrat|clients?|rechnung(?:en)?|bestellung|auftrag|anzahlung|restbetrag|miete|vertrag|kunden?|facturas?|pedido|saldo|"
      "alquiler|contrato|fatture?|ordine|acconto|affitto|contratto|faturas?|encomenda|facturen|factuur|bestelling|aanbetaling|"
      "huur|outstanding|ow(?:e|es|ed|ing)|amount due|overdue|impayes?|offene[nrs]? posten)\\b");
  return business.is_in(folded);
}

/// "My private account", "mon compte perso".
bool is_called_private(std::string_view folded) {
  static const text::Pattern called(
      "\\b(?:(?:my|meine?[mnrs]?|mi|il mio|mio|mijn|a minha|minha)(?: own)? "
      "(?:private|personal|privates?|private[ns]|persoonlijke?|personale|privat[aeo]|particular|pessoal|persona[l]?)"
      "(?: bank)?[ -]?(?:account|konto|bankkonto|cuenta|conto|conta|rekening|bankrekening|iban)|"
      "(?:mon|mes) (?:compte|rib|iban|coordonnees)(?: bancaires?)? (?:perso(?:nnel(?:le)?s?)?|prive)|privatkonto|priverekening|"
      "mi cuenta (?:bancaria )?(?:personal|particular|privada)|il mio conto (?:corrente )?(?:personale|privato)|"
      "(?:a )?minha conta (?:bancaria )?(?:pessoal|particular|privada))\\b");
  return called.is_in(folded);
}

/// "Reimburse my travel expenses", "mes frais de d\u00e9placement": what a person gets back.
bool is_for_own_expenses(std::string_view folded) {
  static const text::Pattern expenses(
      "\\b(?:my|mes|mon|ma|meine?[mnr]?|mis|mi|i miei|mijn|minhas|as minhas)(?: [a-z]+){0,2} "
      "(?:expenses?|expense claim|travel|tickets?|mileage|share|salary|wages|pay|frais|deplacements?|billets?|part|salaire|paie|"
      "reisekosten|spesen|auslagen|fahrtkosten|anteil|gehalt|gastos|parte|nomina|spese|quota|stipendio|onkosten|reiskosten|"
      "deel|salaris|despesas|ordenado|salario)\\b|"
      "\\b(?:reimburse|refund|pay|repay) me\\b|\\bpay me back\\b|\\b(?:me|m.) ?rembours|\\brembours[a-z]*[- ]moi\\b|"
      "\\b(?:mir|mich)\\b[^.;!?]{0,40}\\berstatt|\\berstatt[a-z]* (?:sie )?mir\\b|\\breembols[a-z]*me\\b|\\bme reembols|"
      "\\brimbors[a-z]*mi\\b|\\bmi rimbors|\\b(?:reimbursement|refund|remboursement|erstattung|reembolso|rimborso|vergoeding)\\b"
      "[^.;!?]{0,24} (?:travel|trip|expenses|frais|deplacement|reisekosten|auslagen|gastos|spese|onkosten|despesas)");
  return expenses.is_in(folded);
}

bool asks_to_pay(std::string_view folded) {
  static const text::Pattern ask(
      "\\b(?:pay|transfer|send|wire|remit|settle|payer|payez|virer|virez|verser|versez|regler|reglez|zahlen|bezahlen|uberweisen|"
      "pagar|pague|abonar|pagare|versare|bonificare|betalen|overmaken)\\b");
  return ask.is_in(folded);
}

}  // namespace

bool is_private_account(const facts::Facts& facts, const facts::Account& account) {
  const AccountWords words = words_around(facts, account);
  if (!words.is_written) return false;
  const std::string around = text::fold(words.before) + " # " + text::fold(words.behind);
  static const text::Pattern my_account(
      "\\b(?:my|mon|mes|meine?[mnrs]?|mi|mio|mijn|minha)(?: [a-z]+){0,2} "
      "(?:account|iban|details|compte|rib|coordonnees|konto|bankverbindung|cuenta|conto|conta|rekening)\\b");
  const bool is_private = is_called_private(around), is_expenses = is_for_own_expenses(around);
  static const text::Pattern my_salary(
      "\\b(?:my (?:salary|wages|pay)|mon salaire|ma paie|mein (?:gehalt|lohn)|mi (?:nomina|salario)|il mio stipendio|mijn "
      "salaris|o meu "
      "(?:ordenado|salario))\\b");
  if (!is_private && !(is_expenses && (my_account.is_in(around) || my_salary.is_in(around)))) return false;
  const std::string all = text::fold(facts.subject + "\n" + facts.conversation.new_text.substr(0, kRead));
  return (is_expenses || !asks_to_pay(around)) && !is_about_business(all);
}

}  // namespace threadline::findings
