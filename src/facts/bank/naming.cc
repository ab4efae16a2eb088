// SPDX-License-Identifier: Apache-2.0
// Whether a text takes money from an account or brings it there.
#include "facts/bank/naming.h"

#include <algorithm>
#include <array>
#include <string>

#include "facts/bank/payer_words.h"
#include "facts/bank/readers_account.h"
#include "text/cued_pattern.h"
#include "text/fold.h"
#include "text/pattern.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kRoleBefore = 260, kRoleAfter = 160;
constexpr std::size_t kNearBytes = 80;  ///< right before an account, in which it may be called the reader's

/// Whether the words right before an account call it the reader's ("refunded to your account ..."): the writer is not paid on it.
/// Spanish "su" is "your", Italian "su" is "on": the noun and the words around tell which.
bool is_called_readers(std::string_view folded) {
  static const std::string labels =
      "(?:\\s+(?:bancaire|courant|bancari[ao]|corrente|corriente|number|nummer|numero|numer|nr|no|iban|rib))*(?:\\s+(?:"
      "enregistre|chez nous|on record|on "
      "file|registrad[ao]|registrat[ao]))*(?:\\s+(?:est|bien|is|indeed|really|ist|wirklich|es|e|inderdaad))*[\\s:?.(-]*$";
  static const text::Pattern readers(
      "(?:^|[^a-z])(?:votre|ton|your|ihr|ihre[mns]?|dein|deine[mns]?|tu|vuestra|vostro|suo|tuo|sua|seu|vossa|tua|uw|jouw)\\s+(?:("
      "?:nouveau|nouvel|new|neue[mns]?|nuev[ao]|nuov[ao]|nieuwe?|nov[ao])\\s+)?(?:compte|account|bank account|bank "
      "details|coordonnees bancaires|konto|bankkonto|cuenta|conto|conta|rekening|bankrekening|iban|rib)" +
      labels);
  static const text::Pattern organisations(
      "(?:^|[^a-z])(?:compte|iban|rib|account)\\s+(?:bancaire\\s+)?(?:de|of) (?:votre|your) "
      "(?:societe|entreprise|association|etablissement|organisme|company|firm|business|organi[sz]ation)" +
      labels);
  static const text::Pattern spanish("(?:^|[^a-z])su\\s+(?:nuev[ao]\\s+)?(?:cuenta|iban)" + labels);
  static const text::Pattern italian("(?:bonific|pagament|pagare|pagate|versa|accredit|fattura|disporre|euro su)");
  static const text::Pattern settled(  // "pour solder votre compte": what the reader owes
      "(?:^|[^a-z])(?:sold|regularis|apur|acquitt|regl|settl|clear|balanc|pay)[a-z]*\\s+(?:of\\s+|off\\s+)?(?:votre|your)\\s+(?:"
      "compte|account)");
  // "Mettez \u00e0 jour vos coordonn\u00e9es bancaires : ..." is a change, not the reader's account.
  static const text::Pattern told(
      "(?:^|[^a-z])(?:mett(?:re|ez|ons) a jour|credite[rz]|a "
      "crediter|employ|utilis|actualis|modifi|corrig|remplac|rectifi|enregistrez|update |amend |replac|correct "
      "|chang|ander|aktualis|speicher|hinterleg|korrig|aggiorn|cambi|modific|actualic|atualiz|altere|wijzig|(?:merci d(?:e "
      "|.)|veuillez|priere d(?:e |.)|please|kindly|bitte|por favor|rogamos|gelieve|graag|pour|fur|for|a|to|nous) ?(?:la |die "
      "|den |the |le |les |de )?(?:regl|payer|paiement|virer|verser|facture|rechnung|invoice|payment|pay "
      "|zahl|uberweis|pagar|pagamento|pago|betal))[^.;!?]*$|(?:^|[^a-z])(?:reglez|payez|virez|versez)[^.;!?]*$");
  if (settled.is_in(folded) || told.is_in(folded)) return false;
  return readers.is_in(folded) || organisations.is_in(folded) || (spanish.is_in(folded) && !italian.is_in(folded));
}

/// The way of the money by the preposition that leads to the number itself, whatever the verb: "depuis ...", "from account ...",
/// "vers ...". "Sur ..." behind a debit in the same clause is where the money is taken.
AccountRole way_to(std::string_view folded) {
  static const std::string nouns =
      "(?:\\s+(?:l[ea]|the|het|de|den|das|dem|el|il|o|n[or]?|notre|mon|our|my|nouveau|new|compte|account|konto|cuenta|rekening|"
      "conto|conta|iban|rib|numero))*[\\s:(]*$";
  static const text::Pattern from(
      "(?:^|[^a-z])(?:depuis|from|desde|vanaf|(?:provien[a-z]*|vien[a-z]*|partie?s?|partir|issue?s?|emis(?:es?)?) d[eu]s?|en "
      "provenance d[eu]|recue? de|recibid[ao] de|recebid[ao] de|ricevut[ao] da|ontvangen van|erhalten von)" +
      nouns);
  static const text::Pattern towards("(?:^|[^a-z])(?:vers|naar|hacia)" + nouns);
  static const text::Pattern upon("(?:^|[^a-z])(?:sur|auf|op|su)" + nouns);
  static const text::Pattern ours(
      "(?:^|[^a-z])(?:vir|pay|regl|transf|debit|part)[a-z]*\\s[^.;:!?]*\\sde (?:notre|mon) compte(?:\\s+bancaire)?" + nouns);
  // "Au cr\u00e9dit de notre compte".
  static const text::Pattern to_ours(
      "(?:credit|profit|benefice|faveur|destination|intention|attention|ordre|moyen|usage) de (?:notre|mon) compte");
  static const text::Pattern details(
      "(?:^|[^a-z])(?:rib|iban|numero|coordonnees|bancaires|references|titulaire) de (?:notre|mon) compte");
  if (from.is_in(folded) || (ours.is_in(folded) && !details.is_in(folded) && !to_ours.is_in(folded))) return AccountRole::paying;
  if (towards.is_in(folded)) return AccountRole::receiving;
  return upon.is_in(folded) && follows_debit(folded) ? AccountRole::paying : AccountRole::unknown;
}

/// "D\u00e9biteur", "Debtor:": a line that begins with it heads the lines of who pays; "\u00c9metteur" does on an order that
/// names who is paid, too (on a bill it is who wrote that), and so does "Auftraggeber" (who ordered what is billed).
bool heads_debtor(std::string_view line, bool is_order) {
  constexpr auto kLabels =
      std::to_array<std::string_view>({"debiteur", "debitrice", "debtor", "payer", "payeur", "donneur d'ordre", "donneur d ordre",
                                       "ordonnateur", "ordering customer", "zahlungspflichtiger", "zahler", "deudor", "ordenante",
                                       "debitore", "ordinante", "betaler", "devedor"});
  constexpr auto kOfOrders = std::to_array<std::string_view>({"emetteur", "auftraggeber", "opdrachtgever"});
  constexpr std::size_t kLabelBytes = 24;
  const auto start = std::min(line.find_first_not_of(" \t>*#|-"), line.size());
  line = line.substr(start);
  const auto label = line.substr(0, line.find_first_of("\t:|"));
  if (label.size() > kLabelBytes) return false;
  const std::string folded = text::fold(text::trimmed(label));
  return std::ranges::find(kLabels, folded) != kLabels.end() ||
         (is_order && std::ranges::find(kOfOrders, folded) != kOfOrders.end());
}

/// Whether the lines around name who is paid.
bool names_payee_around(const AccountPlace& place) {
  static const text::CuedPattern payee({"beneficiaire", "empfanger", "begunstigde"},
                                       "beneficiaire|\\b(?:zahlungs)?empfanger|begunstigde");
  return payee.is_in(text::fold(raw_before(place, kRoleBefore))) ||
         payee.is_in(text::fold(place.text.substr(place.end, kRoleBefore)));
}

/// "Client : MAISON TAVEL - IBAN ...": the account of whom the bill is for, in one line with his name.
bool is_in_line_of_customer(std::string_view folded_line) {
  static const text::CuedPattern customer({"client", "customer", "kunde", "klant"},
                                          "^[^a-z]*(?:client|cliente|customer|kunde|klant) ?: ?[a-z][a-z0-9&.' ]* ?[,(-] "
                                          "?(?:iban|rib|compte|account|konto|cuenta|conto|conta|rekening)[a-z ]*:? ?$");
  static const text::Pattern order(
      "\\b(?:pay|transfer|wire|remit|pa(?:yer|yez)|regle[rz]|vire[rz]|verse[rz]|merci|please|bitte)\\b");
  return customer.is_in(folded_line) && !order.is_in(folded_line);
}

/// The account's line holds no more than its label, and a line of a form right above, or above one of a name or an address, says
/// who pays.
bool is_in_lines_of_debtor(const AccountPlace& place) {
  constexpr std::size_t kLabel = 24, kLinesBetween = 2;
  std::string_view above = raw_before(place, kRoleBefore);
  const bool names_payee = names_payee_around(place);
  for (std::size_t lines = 0; lines <= kLinesBetween + 1; ++lines) {
    const auto end = above.rfind('\n');
    const auto line = text::trimmed(end == above.npos ? above : above.substr(end + 1));
    if (lines == 0 ? line.size() > kLabel : line.empty()) return false;
    if (lines > 0 && heads_debtor(line, names_payee)) return true;
    if (lines > 0 && line.find_first_of(":\t") != line.npos) return false;  // another field of the form
    if (end == above.npos) return false;
    above = above.substr(0, end);
  }
  return false;
}

}  // namespace

AccountRole role_around(const AccountPlace& place) {
  const auto raw = raw_before(place, kRoleBefore);
  const auto before = text::fold(raw);
  const auto near = std::string_view(before).substr(before.size() - std::min(before.size(), kNearBytes));
  if (is_called_readers(near) || is_readers_account(place) || is_in_lines_of_debtor(place)) return AccountRole::paying;
  if (is_in_line_of_customer(text::fold(raw.substr(raw.rfind('\n') + 1)) + " ")) return AccountRole::paying;
  if (const auto role = way_to(near); role != AccountRole::unknown) return role;
  if (const auto role = role_before(raw); role != AccountRole::unknown) return role;
  const auto behind = raw_behind(place, kRoleAfter);  // "Envoy\u00e9 depuis mon ..." below a signature says nothing of it
  return role_behind(behind.substr(0, end_of_paragraph(behind)));
}

}  // namespace threadline::facts
