// SPDX-License-Identifier: Apache-2.0
#include "facts/bank/payer_words.h"

#include <algorithm>
#include <array>
#include <string>

#include "facts/bank/account_place.h"
#include "facts/bank/stems.h"
#include "text/fold.h"
#include "text/pattern.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kDebitBytes = 80;   ///< between a debit and the words for the account
constexpr std::size_t kWrappedLine = 55;  ///< bytes of a line that a client may have wrapped, at least

/// Stems that say the account pays; that money is collected from it; that it is paid; of debits; and what parts a debit from an
/// account. Folded.
constexpr std::string_view kPaying[] = {
#define THREADLINE_PAYING(stem) stem,
#define THREADLINE_COLLECTING(stem) stem,
#include "facts/bank/role_words.def"
};
constexpr std::string_view kCollecting[] = {
#define THREADLINE_COLLECTING(stem) stem,
#include "facts/bank/role_words.def"
};
constexpr std::string_view kReceiving[] = {
#define THREADLINE_RECEIVING(stem) stem,
#include "facts/bank/role_words.def"
};
constexpr std::string_view kDebit[] = {
#define THREADLINE_DEBIT(stem) stem,
#include "facts/bank/role_words.def"
};
constexpr std::string_view kAlternative[] = {
#define THREADLINE_ALTERNATIVE(stem) stem,
#include "facts/bank/role_words.def"
};

/// "Le pr\u00e9l\u00e8vement aura lieu sur le compte": a debit in the same clause turns where it is paid into where it is taken.
bool is_of_debit(std::string_view folded, const StemPlace& receiving) {
  const auto from = receiving.begin - std::min(receiving.begin, kDebitBytes);
  return follows_debit(folded.substr(from, receiving.begin - from + 1));
}

/// Nothing but words for an account and what leads to it: "notre compte bancaire : ", "IBAN ".
bool is_label(std::string_view folded) {
  static const text::Pattern label(
      "^(?:[^a-z0-9]|\\b(?:l|d|s|es|les?|la|d[eu]s?|the|of|our|my|your|notre|nos|mon|mes|votre|vos|unser[a-z]*|mein[a-z]*|"
      "ihr[a-z]*|el|nuestr[ao]|su|il|dell?|nostro|mio|vostro|o|a|d[ao]|noss[ao]|minha|su?a|het|van|onze|mijn|uw|"
      "comptes?|accounts?|[a-z]*konto|cuenta|cont[ao]|[a-z]*rekening|iban|rib|bic|swift|bancaires?|bancari[ao]s?|bank|banque|"
      "courant|current|corrente|corriente|business|professionnel|numero|number|nummer|num|n[or]|nr|suivant|following|ci-dessous|"
      "below|folgende[nms]?|siguiente|seguente|volgende|est|is|ist|es|e)\\b)*$");
  return label.is_in(folded);
}

/// "Depuis", "from", "von ...": what the words before lead to must be the account, not a day or a country.
bool ends_with_from(std::string_view stem) {
  constexpr auto kFrom = std::to_array<std::string_view>({" from", "depuis", "desde", " van", " von", " vom", "vanaf"});
  return std::ranges::any_of(kFrom, [&](std::string_view from) { return stem.ends_with(from); });
}

bool names_account(std::string_view gap) {
  static const text::Pattern account(
      "^[^a-z:]*(?:[a-z0-9'&-]+ "
      "){0,4}(?:comptes?|accounts?|[a-z]*konto|cuenta|cont[ao]|[a-z]*rekening|banque|bank|banco|banca)\\b");
  return account.is_in(gap);
}

bool turns_to_payee(std::string_view gap) {
  static const text::Pattern turns(
      "\\b(?:to|into|vers|naar|hacia|bitte|please|merci|graag|gelieve|veuillez|kindly|rogamos|por favor|si prega|preghiamo|"
      "zahlen|bezahlen|zahlbar|payable|uberweis[a-z]*|betalen|overmaken|payer|regler|virer|verser|pay|remit|transfer)\\b");
  return turns.is_in(gap);
}

/// The clause around a place: from the last sign before it to the next one behind.
std::string_view clause_around(std::string_view text, const StemPlace& place) {
  constexpr std::string_view kSigns = ",;:.!?\n";
  const auto begin = text.substr(0, place.begin).find_last_of(kSigns) + 1;
  return text.substr(begin, std::min(text.find_first_of(kSigns, place.end), text.size()) - begin);
}

/// No debit or payment after all, another way to pay beside it, or one that failed.
bool is_denied(std::string_view clause) {
  static const text::Pattern denied(
      "\\b(?:ne|n|pas|plus|jamais|rien|aucune?|sans|fin des? prel[a-z]*|ou|or|oder|of (?:via|per|met|een|over)[a-z]*|"
      "no "
      "(?:longer|more|direct|debit|sepa|payment|transfer|se|ha|han|hay|fue|pod|pud)[a-z]*|not|never|nothing|none|without|cannot|"
      "[a-z]+n't|ended|kein[a-z]*|nicht|nie|nichts|fehlt|ohne|nunca|nada|sin|non|niente|senza|niet|geen|nooit|niets|zonder|nao|"
      "sem|"
      "rejet[a-z]*|refus[a-z]*|impay[a-z]*|annul[a-z]*|revoqu[a-z]*|return(?:ed|s)|reject[a-z]*|failed|fails|bounced|cancel[a-z]*"
      "|"
      "zuruck[a-z]*|gescheitert|geplatzt|widerruf[a-z]*|devuelt[ao]|rechazad[ao]|anulad[ao]|respint[ao]|insolut[ao]|revocat[ao]|"
      "mislukt|gestorneerd|geweigerd|ingetrokken|recusad[ao]|devolvid[ao]|cancelad[ao])\\b");
  return denied.is_in(clause);
}

/// The label of a form and its value right above the account's line: "Kontoinhaber (Zahlungspflichtiger): Tischlerei Klein /
/// IBAN:".
bool heads_form_line(std::string_view gap) {
  static const text::Pattern label("^[^a-z0-9:]*: *([^\\n]*)\\n");
  const auto found = label.find(gap);
  return found && !is_denied((*found)[1]) && is_label(gap.substr((*found)[0].size()));
}

/// A client broke the line: it is long, and the account's own has no label of its own ("IBAN :").
bool is_wrapped(std::string_view sentence, std::string_view gap) {
  const auto last = gap.rfind('\n'), first = sentence.size() - gap.size() + gap.find('\n');
  const auto line_begin = sentence.substr(0, first).rfind('\n') + 1;
  return first - line_begin >= kWrappedLine && gap.substr(last).find(':') == gap.npos;
}

/// Words, folded: with their lines, and with a blank for each line's end.
struct Words {
  explicit Words(std::string_view raw) {
    for (std::size_t begin = 0; begin <= raw.size();) {
      const auto end = std::min(raw.find('\n', begin), raw.size());
      const auto line = raw.substr(begin, end - begin);
      lined += text::fold(line.substr(std::min(line.find_first_not_of("> \t"), line.size()))) + '\n';
      begin = end + 1;
    }
    lined.back() = ' ';
    flat = lined;
    std::ranges::replace(flat, '\n', ' ');
  }

  std::string lined, flat;
};

/// "A favor da nossa conta".
bool is_in_favour(std::string_view before) {
  const auto end = before.find_last_not_of(' ') + 1;
  return before.substr(0, end).ends_with("favor") || before.substr(0, end).ends_with("credito");
}

/// Whether a payer's words still speak of the account at the end of its sentence.
bool leads_to_account(std::string_view sentence, const StemPlace& place) {
  const auto word_end = std::ranges::find_if_not(sentence.substr(place.end), is_of_word) - sentence.begin();
  const auto gap = sentence.substr(static_cast<std::size_t>(word_end));
  const bool is_from = ends_with_from(sentence.substr(place.begin, place.end - place.begin));
  const bool is_within_word = place.begin > 0 && is_of_word(sentence[place.begin - 1]);  // "impay\u00e9e depuis"
  if (is_denied(clause_around(sentence, place)) || (is_from && is_within_word)) return false;
  if (is_in_favour(sentence.substr(0, place.begin))) return false;
  if (is_label(gap) || (!is_from && heads_form_line(gap))) return true;
  if (gap.find('\n') != gap.npos && !is_wrapped(sentence, gap)) return false;
  if (is_from && !names_account(gap)) return false;
  return !turns_to_payee(gap);
}

/// "You can pay by direct debit": no more than a way to pay.
bool is_offered(std::string_view sentence) {
  static const text::Pattern offered(
      "\\b(?:pou(?:vez|vons|rriez)|peut|peuvent|possible|can|may|could|konnen|kann|moglich|pued[a-z]+|puo|possono|kunt|kan|pode["
      "a-z]*)\\b");
  return offered.is_in(sentence);
}

/// "Notre RIB", behind a debit too: where the writer is paid.
bool is_of_writer(std::string_view gap) {
  static const text::Pattern ours("\\b(?:our|my|nos|notre|mon|mes|unser[a-z]*|nuestr[a-z]+|nostr[a-z]+|onze|ons|noss[a-z]+)\\b");
  return ours.is_in(gap);
}

/// A debit that the sentence before announces.
StemPlace announced_debit(const Words& words, std::size_t line) {
  static const Stems collecting_stems(kCollecting);
  const auto text = std::string_view(words.lined).substr(0, line);
  const auto end = text.find_last_not_of(" \n\t.!") + 1;
  const auto begin = end_of_last_sentence(text.substr(0, end));
  const auto found = collecting_stems.last_in(std::string_view(words.flat).substr(begin, end - begin));
  if (found.is_none()) return found;
  const auto sentence = text.substr(begin, end - begin);
  if (is_denied(clause_around(text.substr(0, end), {.begin = begin + found.begin, .end = begin + found.end})) ||
      is_denied(sentence.substr(found.end)) || is_offered(sentence))
    return {};
  return {.begin = begin + found.begin, .end = begin + found.end};
}

/// The line of a form that says that a debit is how, or when, this is paid: "Mode de r\u00e8glement : pr\u00e9l\u00e8vement
/// SEPA".
StemPlace debit_in_form(const Words& words, std::size_t line) {
  static const std::string debit =
      "(?:prelevement(?: sepa| automatique| bancaire)*|(?:sepa )?direct debit(?: sepa)?|sepa[- "
      "]?lastschrift|lastschrift|bankeinzug|"
      "domiciliacion(?: bancaria)?|adeudo(?: domiciliado| directo)?(?: sepa)?|addebito(?: diretto)?(?: sepa)?|automatische "
      "incasso|"
      "incasso|debito direto(?: sepa)?)";
  static const text::Pattern form(
      "(?:^|\\n)(?:(?:(?:mode|moyen|type)s? de |conditions de )?(?:reglement|paiement)|payment(?: method| terms| by)?|method of "
      "payment|"
      "zahlungs(?:art|weise|bedingungen)|zahlung|forma de pag(?:o|amento)|(?:modalita|metodo) di "
      "pagamento|pagamento|betaalwijze|betaling) ?: ?" +
      debit +
      "(?: \\(?(?:sdd|core|b2b)\\)?)?(?: (?:le|du|on|am|el|il|op|em|au|a) [0-9][^\\n]*)?[ .]*\\n|"
      "(?:^|\\n)(?:(?:date|jour|echeance) de |prochain |next |upcoming |nachste |volgende )?(?:" +
      debit + ")(?: date| du| le| on| am)? ?:? ?[0-9][^\\n]*\\n");
  const auto text = std::string_view(words.lined).substr(0, line);
  const auto found = form.find(text);
  if (!found) return {};
  const auto begin = static_cast<std::size_t>((*found)[0].data() - text.data());
  return {.begin = begin, .end = begin + (*found)[0].size()};
}

StemPlace collected_before(const Words& words) {
  const auto line = words.lined.rfind('\n') + 1;
  const auto sentence = end_of_last_sentence(words.lined);
  auto place = announced_debit(words, std::max(line, sentence));
  if (place.is_none()) place = debit_in_form(words, line);
  if (place.is_none()) return place;
  const auto gap = std::string_view(words.flat).substr(place.end);
  return turns_to_payee(gap) || is_of_writer(gap) ? StemPlace{} : place;
}

/// In the account's own sentence.
StemPlace paying_before(const Words& words) {
  static const Stems paying_stems(kPaying);
  const auto sentence = end_of_last_sentence(words.lined);
  const auto found = paying_stems.last_in(std::string_view(words.flat).substr(sentence));
  if (found.is_none() || !leads_to_account(std::string_view(words.lined).substr(sentence), found)) return {};
  return {.begin = sentence + found.begin, .end = sentence + found.end};
}

/// The later wins; where both share words ("depuis notre compte bancaire") the account pays.
AccountRole role_of(const Words& words, const StemPlace& paying) {
  static const Stems receiving_stems(kReceiving);
  const auto receiving = receiving_stems.last_in(words.flat);
  if (paying.is_none() && receiving.is_none()) return AccountRole::unknown;
  if (receiving.is_none() || is_of_debit(words.lined, receiving)) return AccountRole::paying;
  return !paying.is_none() && paying.end > receiving.begin ? AccountRole::paying : AccountRole::receiving;
}

}  // namespace

bool follows_debit(std::string_view folded) {
  static const Stems debit_stems(kDebit), alternative_stems(kAlternative);
  const auto from = folded.size() - std::min(folded.size(), kDebitBytes + 1);
  const auto near = folded.substr(from);
  const auto debit = debit_stems.last_in(near.substr(0, near.size() - std::min<std::size_t>(near.size(), 1)));
  if (debit.is_none()) return false;
  const auto between = near.substr(debit.end);
  return between.find_first_of(".,;:!?\n") == between.npos && alternative_stems.last_in(between).is_none();
}

AccountRole role_before(std::string_view raw) {
  const Words words(raw);
  const auto role = role_of(words, paying_before(words));
  if (role == AccountRole::paying || collected_before(words).is_none()) return role;
  return AccountRole::paying;
}

AccountRole role_behind(std::string_view raw) {
  static const Stems paying_stems(kPaying);
  const Words words(raw);
  const auto paying = paying_stems.last_in(words.flat);
  const bool is_denied_here = !paying.is_none() && is_denied(clause_around(words.lined, paying));
  return role_of(words, is_denied_here ? StemPlace{} : paying);
}

}  // namespace threadline::facts
