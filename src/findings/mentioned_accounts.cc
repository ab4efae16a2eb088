// SPDX-License-Identifier: Apache-2.0
#include "findings/mentioned_accounts.h"

#include <algorithm>
#include <string>

#include "findings/account_words.h"
#include "text/cued_pattern.h"
#include "text/fold.h"
#include "text/pattern.h"

namespace threadline::findings {
namespace {

constexpr std::size_t kRead = 20'000;  ///< bytes of the new text that are read

/// The paragraph of an account, folded; both empty where the new text does not show it.
struct Paragraph {
  std::string before, behind;
};

Paragraph paragraph_of(const facts::Facts& facts, const facts::Account& account) {
  const AccountWords words = words_around(facts, account);
  return {text::fold(words.before), text::fold(words.behind)};
}

constexpr std::string_view kAccount = "(?:rib|iban|compte|coordonnees bancaires|bank details|bank account|account)";

/// Who is paid in others' affairs.
constexpr std::string_view kThird =
    "(?:fournisseur|salariee?|employee?|collaborateur|locataire|bailleur|vendeur|acquereur|cliente?|supplier|employee|tenant|"
    "landlord|"
    "seller|buyer|client|customer)";

/// The sentence of the account, and a question right behind it.
std::string sentence_of(const Paragraph& paragraph) {
  const std::size_t begin = paragraph.before.find_last_of(".!?");
  std::size_t end = paragraph.behind.find_first_of(".!?");
  if (end != std::string::npos && paragraph.behind[end] == '.') {
    const std::size_t next = paragraph.behind.find_first_of(".!?", end + 1);
    if (next != std::string::npos && paragraph.behind[next] == '?') end = next;
  }
  return paragraph.before.substr(begin == std::string::npos ? 0 : begin + 1) + " # " +
         paragraph.behind.substr(0, end == std::string::npos ? end : end + 1);
}

}  // namespace

bool is_employees(const facts::Facts& facts, const facts::Account& account) {
  static const text::CuedPattern theirs(
      {"son ", "ses ", "leur", "his ", "her ", "their ", "sa ", "salarie", "employe", "embauche", "collaborat"},
      "\\b(?:(?:(?:son|ses|leur|leurs|his|her|their) " + std::string(kAccount) +
          "|(?:his|her|their|son|sa|leur) (?:salary|wages|pay|salaire|paie|remuneration) "
          "(?:goes|is|will|should|must|est|sera|doit|a)\\b)"
          "([^.;!?]{0,60})|(?:ribs?|ibans?|comptes?) d(?:e |u |es |e la |e l.)(?:(?:nos|notre|vos|votre|cette|ces?) )?"
          "(?:nouve(?:aux?|lles?) )?(?:salarie|employe|embauche|collaborat)([^;!?]{0,60}))$");
  const std::string before = paragraph_of(facts, account).before;
  const auto found = theirs.find(before);
  if (!found) return false;
  static const text::Pattern ours("\\b(?:our|my|notre|nos|mon|invoices?|factures?)\\b");
  static const text::Pattern asked("\\b(?:pay|wire|transfer|remit|settle|send|payer|payez|regle[rz]|vire[rz]|verse[rz])\\b");
  if (ours.is_in((*found)[1]) || ours.is_in((*found)[2]) || asked.is_in((*found)[2])) return false;
  static const text::Pattern pay(
      "\\b(?:paie|paye|salaires?|salariee?s?|embauch[a-z]*|payroll|salary|salaries|new (?:hire|starter|employee|colleague))\\b");
  return pay.is_in(text::fold(facts.subject + "\n" + facts.conversation.new_text.substr(0, kRead)));
}

bool is_called_anothers(const facts::Facts& facts, const facts::Account& account) {
  static const text::Pattern theirs(
      "\\b(?:(?:son|ses|leur|leurs|his|her|their)(?: nouveau| nouvel| new)? " + std::string(kAccount) + "|" +
      std::string(kAccount) +
      " (?:recue?s? d[eu']|received from|from (?:your|the) supplier|(?:signee? )?d(?:e |u |es |e l. ?)"
      "(?:(?:votre|leur|notre|mon|ce|cette|un|une|la) )?(?:nouve(?:au|lle|l) )?" +
      std::string(kThird) + ")|" + std::string(kThird) + "'s " + std::string(kAccount) + ")[^.;:!?]{0,40}[:( ]*$");
  return theirs.is_in(paragraph_of(facts, account).before);
}

bool is_only_mentioned(const facts::Facts& facts, const facts::Account& account) {
  static const text::Pattern ours(
      "\\b(?:notre|nos|mon|mes|our|my)(?: [a-z]+){0,2} "
      "(?:compte|rib|iban|coordonnees|references|account|details|bank|banque)s?\\b");
  static const text::Pattern gone(
      "\\b(?:virement|paiement|transfer|payment)\\b(?:[^.,;:!?]|[.,][0-9]){0,40} "
      "(?:parti|emis|envoye|execute|effectue|sent|made|wired)\\b"
      "[^.,;:!?]{0,30} (?:vers|sur|to) [a-z ]*#|"
      "\\b(?:virement|paiement|transfer|payment)\\b(?:[^.,;:!?]|[.,][0-9]){0,40} (?:vers|sur|to) [a-z ]*#[, ]*(?:est (?:bien "
      ")?parti|c.est une "
      "fraude|"
      "was sent|went out)");
  static const text::Pattern to_pay(
      "\\b(?:regler|payer|virer|verser|reglez|payez|virez|versez|pay|remit|transfer|send|wire|settle|make|process|use|update|"
      "faire|"
      "mettre|doit|devez|must|should|(?:effectu|proced|execut|utilis|enregistr|modifi|ajout|refai)[a-z]*|not(?:er|ez))\\b");
  static const text::Pattern books(
      "\\b(?:releve|extrait|ecriture|mouvement|operation|solde|statement|entries|entry|balance|transaction)s?\\b[^.;:!?]{0,60} "
      "(?:du|des?|sur le|of|on|for)(?: the)?(?: " +
      std::string(kAccount) +
      ")?[ "
      ":(]*#|\\b(?:reconcile|rapproch|parametr|telepaiement|justifi|comptabilis|escroc|escroquerie|(?:crook|fraudster|scammer|"
      "swindler|"
      "criminal|fraudeur|voleur|betruger|estafador|truffator)[a-z]*\\b)");
  static const text::Pattern unlike(
      "# ?[),]* ?(?:qui )?(?:ne (?:correspond|figure)|n.apparait|n.est pas connu|does not|is not known)");
  static const text::Pattern fresh(
      "\\b(?:nouve(?:au|lle|l|aux)|new|desormais|dorenavant|from now on|chang[a-z]*|remplac[a-z]*)\\b");
  static const text::Pattern question(
      "(?:est-ce|est-il|est-elle|is (?:it|this|that)|does (?:it|this|that)|correspond|reconnaissez|connaissez|savez-vous|do you "
      "(?:know|recogni[sz]e)|a qui|whose|toujours|still|bien (?:le|la|votre|celui))[^?]*\\?$");
  const std::string sentence = sentence_of(paragraph_of(facts, account));
  static const text::Pattern opens("^[^a-z]*(?:is|are|est-ce)\\b[^?]*\\?$");  // "Is X a new account of the hotel?"
  if (ours.is_in(sentence) || (fresh.is_in(sentence) && !opens.is_in(sentence))) return false;
  if (gone.is_in(sentence)) return true;
  if (to_pay.is_in(sentence)) return false;
  return opens.is_in(sentence) || question.is_in(sentence) || books.is_in(sentence) || unlike.is_in(sentence);
}

}  // namespace threadline::findings
