// SPDX-License-Identifier: Apache-2.0
// How a text names an account: as one that pays or is paid, as one that nobody is to pay to.
#include "facts/bank/naming.h"

#include <algorithm>
#include <string>

#include "facts/bank/former.h"
#include "facts/bank/stems.h"
#include "text/fold.h"
#include "text/pattern.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kRoleBefore = 260, kRoleAfter = 160;
constexpr std::size_t kDebitBytes = 80;   ///< between a debit and the words for the account
constexpr std::size_t kNearBytes = 80;    ///< right before an account, in which it may be called the reader's
constexpr std::size_t kAboveBytes = 200;  ///< before an account, in which the account "below" may be disowned
constexpr std::size_t kBehindBytes = 60;  ///< behind an account, in which it may be disowned

/// Stems that say the account pays; that it is paid; of debits; and what parts a debit from an account. Folded.
constexpr std::string_view kPaying[] = {
#define THREADLINE_PAYING(stem) stem,
#define THREADLINE_RECEIVING(stem)
#define THREADLINE_DEBIT(stem)
#define THREADLINE_ALTERNATIVE(stem)
#include "facts/bank/role_words.def"
#undef THREADLINE_PAYING
#undef THREADLINE_RECEIVING
#undef THREADLINE_DEBIT
#undef THREADLINE_ALTERNATIVE
};
constexpr std::string_view kReceiving[] = {
#define THREADLINE_PAYING(stem)
#define THREADLINE_RECEIVING(stem) stem,
#define THREADLINE_DEBIT(stem)
#define THREADLINE_ALTERNATIVE(stem)
#include "facts/bank/role_words.def"
#undef THREADLINE_PAYING
#undef THREADLINE_RECEIVING
#undef THREADLINE_DEBIT
#undef THREADLINE_ALTERNATIVE
};
constexpr std::string_view kDebit[] = {
#define THREADLINE_PAYING(stem)
#define THREADLINE_RECEIVING(stem)
#define THREADLINE_DEBIT(stem) stem,
#define THREADLINE_ALTERNATIVE(stem)
#include "facts/bank/role_words.def"
#undef THREADLINE_PAYING
#undef THREADLINE_RECEIVING
#undef THREADLINE_DEBIT
#undef THREADLINE_ALTERNATIVE
};
constexpr std::string_view kAlternative[] = {
#define THREADLINE_PAYING(stem)
#define THREADLINE_RECEIVING(stem)
#define THREADLINE_DEBIT(stem)
#define THREADLINE_ALTERNATIVE(stem) stem,
#include "facts/bank/role_words.def"
#undef THREADLINE_PAYING
#undef THREADLINE_RECEIVING
#undef THREADLINE_DEBIT
#undef THREADLINE_ALTERNATIVE
};

constexpr std::string_view kWarning[] = {
#define THREADLINE_WARNING(stem) stem,
#define THREADLINE_SWINDLER(stem)
#define THREADLINE_DISOWNED(stem)
#define THREADLINE_EXCEPT(stem)
#define THREADLINE_BELOW(stem)
#include "facts/bank/warning_words.def"
#undef THREADLINE_WARNING
#undef THREADLINE_SWINDLER
#undef THREADLINE_DISOWNED
#undef THREADLINE_EXCEPT
#undef THREADLINE_BELOW
};
constexpr std::string_view kSwindler[] = {
#define THREADLINE_WARNING(stem)
#define THREADLINE_SWINDLER(stem) stem,
#define THREADLINE_DISOWNED(stem)
#define THREADLINE_EXCEPT(stem)
#define THREADLINE_BELOW(stem)
#include "facts/bank/warning_words.def"
#undef THREADLINE_WARNING
#undef THREADLINE_SWINDLER
#undef THREADLINE_DISOWNED
#undef THREADLINE_EXCEPT
#undef THREADLINE_BELOW
};
constexpr std::string_view kDisowned[] = {
#define THREADLINE_WARNING(stem)
#define THREADLINE_SWINDLER(stem)
#define THREADLINE_DISOWNED(stem) stem,
#define THREADLINE_EXCEPT(stem)
#define THREADLINE_BELOW(stem)
#include "facts/bank/warning_words.def"
#undef THREADLINE_WARNING
#undef THREADLINE_SWINDLER
#undef THREADLINE_DISOWNED
#undef THREADLINE_EXCEPT
#undef THREADLINE_BELOW
};
constexpr std::string_view kExcept[] = {
#define THREADLINE_WARNING(stem)
#define THREADLINE_SWINDLER(stem)
#define THREADLINE_DISOWNED(stem)
#define THREADLINE_EXCEPT(stem) stem,
#define THREADLINE_BELOW(stem)
#include "facts/bank/warning_words.def"
#undef THREADLINE_WARNING
#undef THREADLINE_SWINDLER
#undef THREADLINE_DISOWNED
#undef THREADLINE_EXCEPT
#undef THREADLINE_BELOW
};
constexpr std::string_view kBelow[] = {
#define THREADLINE_WARNING(stem)
#define THREADLINE_SWINDLER(stem)
#define THREADLINE_DISOWNED(stem)
#define THREADLINE_EXCEPT(stem)
#define THREADLINE_BELOW(stem) stem,
#include "facts/bank/warning_words.def"
#undef THREADLINE_WARNING
#undef THREADLINE_SWINDLER
#undef THREADLINE_DISOWNED
#undef THREADLINE_EXCEPT
#undef THREADLINE_BELOW
};

/// "Le pr\u00e9l\u00e8vement aura lieu sur le compte": a debit in the same clause turns where it is paid into where it is taken.
bool is_of_debit(std::string_view folded, const StemPlace& receiving) {
  static const Stems debit_stems(kDebit), alternative_stems(kAlternative);
  const auto from = receiving.begin - std::min(receiving.begin, kDebitBytes);
  const auto before = folded.substr(from, receiving.begin - from);
  const auto debit = debit_stems.last_in(before);
  if (debit.is_none()) return false;
  const auto between = folded.substr(from + debit.end, receiving.begin - from - debit.end + 1);
  return between.find_first_of(".,;:!?\n") == between.npos && alternative_stems.last_in(between).is_none();
}

/// The later wins; where both share words ("depuis notre compte bancaire") the account pays.
AccountRole role_in(std::string_view folded) {
  static const Stems paying_stems(kPaying), receiving_stems(kReceiving);
  const auto paying = paying_stems.last_in(folded), receiving = receiving_stems.last_in(folded);
  if (paying.is_none() && receiving.is_none()) return AccountRole::unknown;
  if (receiving.is_none() || is_of_debit(folded, receiving)) return AccountRole::paying;
  return !paying.is_none() && paying.end > receiving.begin ? AccountRole::paying : AccountRole::receiving;
}

/// Whether the words right before an account call it the reader's ("refunded to your account ..."): the writer is not paid on it.
/// Spanish "su" is "your", Italian "su" is "on": the noun and the words around tell which.
bool is_called_readers(std::string_view folded) {
  static const std::string labels =
      "(?:\\s+(?:bancaire|courant|bancari[ao]|corrente|corriente|number|nummer|numero|numer|nr|no|iban|rib))*"
      "(?:\\s+(?:enregistre|chez nous|on record|on file|registrad[ao]|registrat[ao]))*"
      "(?:\\s+(?:est|bien|is|indeed|really|ist|wirklich|es|e|inderdaad))*[\\s:?.(-]*$";
  static const text::Pattern readers(
      "(?:^|[^a-z])(?:votre|ton|your|ihr|ihre[mns]?|dein|deine[mns]?|tu|vuestra|vostro|suo|tuo|sua|seu|vossa|tua|uw|jouw)\\s+"
      "(?:(?:nouveau|nouvel|new|neue[mns]?|nuev[ao]|nuov[ao]|nieuwe?|nov[ao])\\s+)?"
      "(?:compte|account|bank account|konto|bankkonto|cuenta|conto|conta|rekening|bankrekening|iban|rib)" +
      labels);
  static const text::Pattern spanish("(?:^|[^a-z])su\\s+(?:nuev[ao]\\s+)?(?:cuenta|iban)" + labels);
  static const text::Pattern italian("(?:bonific|pagament|pagare|pagate|versa|accredit|fattura|disporre|euro su)");
  return readers.is_in(folded) || (spanish.is_in(folded) && !italian.is_in(folded));
}

/// The way of the money by the preposition that leads to the number itself, whatever the verb: "depuis ...", "from account ...",
/// "vers ...". "Sur ..." behind a debit in the same clause is where the money is taken.
AccountRole way_to(std::string_view folded) {
  static const std::string nouns =
      "(?:\\s+(?:l[ea]|the|het|de|den|das|dem|el|il|o|n[or]?|compte|account|konto|cuenta|rekening|conto|conta|iban|rib|numero))*"
      "[\\s:(]*$";
  static const text::Pattern from(
      "(?:^|[^a-z])(?:depuis|from|desde|vanaf|recue? de|recibid[ao] de|recebid[ao] de|ricevut[ao] da|ontvangen van|erhalten "
      "von)" +
      nouns);
  static const text::Pattern towards("(?:^|[^a-z])(?:vers|naar|hacia)" + nouns);
  static const text::Pattern upon("(?:^|[^a-z])(?:sur|auf|op|su)" + nouns);
  static const text::Pattern ours(
      "(?:^|[^a-z])(?:vir|pay|regl|transf|debit|part)[a-z]*\\s[^.;:!?]*\\sde (?:notre|mon) compte(?:\\s+bancaire)?" + nouns);
  static const text::Pattern details(
      "(?:^|[^a-z])(?:rib|iban|numero|coordonnees|bancaires|references|titulaire) de (?:notre|mon) compte");
  if (from.is_in(folded) || (ours.is_in(folded) && !details.is_in(folded))) return AccountRole::paying;
  if (towards.is_in(folded)) return AccountRole::receiving;
  const auto end = folded.size();
  return upon.is_in(folded) && is_of_debit(folded, {.begin = end - 1, .end = end}) ? AccountRole::paying : AccountRole::unknown;
}

/// Behind those words something is presented after all, or all but this account is meant.
bool is_taken_back(std::string_view clause, const StemPlace& by) {
  static const Stems except_stems(kExcept);
  const auto behind = std::string(clause.substr(by.end - 1)) + ' ';  // folding takes the last blank of "... but "
  return has_presenting_words(behind) || !except_stems.last_in(behind).is_none();
}

/// "... est frauduleux", in the sentence of the account or the answer to it ("... ? Il ne vient pas de nous"), without a word of
/// an old account that may be meant.
bool is_disowned(const AccountPlace& place) {
  static const Stems disowned_stems(kDisowned);
  auto sentence = raw_behind(place, kBehindBytes);
  sentence = sentence.substr(0, end_of_paragraph(sentence));
  auto end = sentence.find_first_of(".!?");
  if (end != sentence.npos && sentence[end] == '?') end = sentence.find_first_of(".!?", end + 1);
  sentence = sentence.substr(0, end);
  const auto behind = text::fold(sentence);
  return !disowned_stems.last_in(behind).is_none() && !has_former_words(behind);
}

/// "The account below is not ours, please pay nothing to it." above an account: one clause says that it follows and disowns it,
/// and behind that, or behind a warning, nothing presents anything.
bool is_disowned_above(const AccountPlace& place) {
  static const Stems below_stems(kBelow), disowned_stems(kDisowned), warning_stems(kWarning);
  const auto before = text::fold(raw_before(place, kAboveBytes));
  const auto below = below_stems.last_in(before);
  if (below.is_none()) return false;
  const auto behind = std::string_view(before).substr(below.end - 1);
  if (disowned_stems.last_in(behind.substr(0, behind.find_first_of(".,;:!?"))).is_none()) return false;
  const auto warning = warning_stems.last_in(before);
  return !is_taken_back(before, warning.is_none() || warning.end < below.end ? below : warning);
}

/// "D'escrocs : le bon compte est ...": more than the label of a number behind a colon is another clause.
bool is_parted(std::string_view clause, const StemPlace& swindler) {
  constexpr std::size_t kLabel = 12;
  const auto colon = clause.find(':', swindler.end);
  return colon != clause.npos && text::trimmed(clause.substr(colon + 1)).size() > kLabel;
}

/// Behind a colon stands more than the label of an account: "Ignore them: pay to ...".
bool has_more_behind_colon(std::string_view clause, const StemPlace& stem) {
  static const text::Pattern label("^(?:iban|rib|bic|account|compte|konto|cuenta|conto|conta|rekening|n[or.])?[^a-z]*$");
  const auto colon = clause.find(':', stem.end - 1);
  return colon != clause.npos && !label.is_in(text::trimmed(clause.substr(colon + 1)));
}

/// "Beware: this is not our account", "... which has nothing to do with us:" right before it, with nothing offered behind.
bool is_disowned_before(std::string_view clause) {
  static const Stems disowned_stems(kDisowned), receiving_stems(kReceiving);
  const auto disowned = disowned_stems.last_in(clause);
  if (disowned.is_none() || is_taken_back(clause, disowned)) return false;
  if (has_more_behind_colon(clause, disowned)) return false;
  return receiving_stems.last_in(clause.substr(disowned.end - 1)).is_none();
}

bool is_warned_of_in(const AccountPlace& place, std::string_view clause) {
  static const Stems warning_stems(kWarning), swindler_stems(kSwindler), receiving_stems(kReceiving);
  const auto warning = warning_stems.last_in(clause);
  const bool is_warning = !warning.is_none() && !is_taken_back(clause, warning);
  if (is_warning && !(clause[warning.end - 1] == ':' && has_more_behind_colon(clause, warning))) return true;
  if (is_disowned_before(clause)) return true;
  const auto swindler = swindler_stems.last_in(clause);
  const bool is_swindlers = !swindler.is_none() && !is_taken_back(clause, swindler) && !is_parted(clause, swindler);
  const bool is_offered = !receiving_stems.last_in(clause).is_none();
  if (is_swindlers && !is_offered) return true;
  return (is_swindlers || !is_offered) && is_disowned(place);
}

}  // namespace

AccountRole role_around(const AccountPlace& place) {
  const auto before = text::fold(raw_before(place, kRoleBefore));
  const auto near = std::string_view(before).substr(before.size() - std::min(before.size(), kNearBytes));
  if (is_called_readers(near)) return AccountRole::paying;
  if (const auto role = way_to(near); role != AccountRole::unknown) return role;
  if (const auto role = role_in(before); role != AccountRole::unknown) return role;
  const auto behind = raw_behind(place, kRoleAfter);  // "Envoy\u00e9 depuis mon ..." below a signature says nothing of it
  return role_in(text::fold(behind.substr(0, end_of_paragraph(behind))));
}

bool is_warned_of(const AccountPlace& place) {
  return is_warned_of_in(place, text::fold(raw_clause_of(place))) || is_disowned_above(place);
}

}  // namespace threadline::facts
