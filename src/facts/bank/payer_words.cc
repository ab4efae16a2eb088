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

/// Alternatives of an expression, of all languages; each begins with "|".
constexpr std::string_view kNegated =
#define THREADLINE_NEGATED(words) "|" words
#include "facts/bank/payer_phrases.def"
    ;
constexpr std::string_view kEnded =
#define THREADLINE_ENDED(words) "|" words
#include "facts/bank/payer_phrases.def"
    ;
constexpr std::string_view kChanged =
#define THREADLINE_CHANGED(words) "|" words
#include "facts/bank/payer_phrases.def"
    ;
constexpr std::string_view kToPayee =
#define THREADLINE_TO_PAYEE(words) "|" words
#include "facts/bank/payer_phrases.def"
    ;
constexpr std::string_view kOtherWay =
#define THREADLINE_OTHER_WAY(words) "|" words
#include "facts/bank/payer_phrases.def"
    ;
constexpr std::string_view kOffered =
#define THREADLINE_OFFERED(words) "|" words
#include "facts/bank/payer_phrases.def"
    ;
constexpr std::string_view kWriters =
#define THREADLINE_WRITERS(words) "|" words
#include "facts/bank/payer_phrases.def"
    ;
constexpr std::string_view kOfLabel =
#define THREADLINE_OF_LABEL(words) "|" words
#include "facts/bank/payer_phrases.def"
    ;
constexpr std::string_view kDirectDebit =
#define THREADLINE_DIRECT_DEBIT(words) "|" words
#include "facts/bank/payer_phrases.def"
    ;
constexpr std::string_view kPaymentField =
#define THREADLINE_PAYMENT_FIELD(words) "|" words
#include "facts/bank/payer_phrases.def"
    ;
constexpr std::string_view kDebitField =
#define THREADLINE_DEBIT_FIELD(words) "|" words
#include "facts/bank/payer_phrases.def"
    ;

/// One of them.
std::string any_of(std::initializer_list<std::string_view> alternatives) {
  return "(?:" + text::expression_of(alternatives).substr(1) + ")";
}

/// One of them, as a whole word.
text::Pattern word_of(std::initializer_list<std::string_view> alternatives) {
  return text::Pattern("\\b" + any_of(alternatives) + "\\b");
}

const Stems& paying_stems() {
  static const Stems stems(kPaying);
  return stems;
}

/// "Le pr\u00e9l\u00e8vement aura lieu sur le compte": a debit in the same clause turns where it is paid into where it is taken.
bool is_of_debit(std::string_view folded, const StemPlace& receiving) {
  const auto from = receiving.begin - std::min(receiving.begin, kDebitBytes);
  return follows_debit(folded.substr(from, receiving.begin - from + 1));
}

/// Nothing but words for an account and what leads to it: "notre compte bancaire : ", "IBAN ".
bool is_label(std::string_view folded) {
  static const text::Pattern label("^(?:[^a-z0-9]|\\b" + any_of({kOfLabel}) + "\\b)*$");
  return label.is_in(folded);
}

/// "Depuis", "from", "von ...": what the words before lead to must be the account, not a day or a country.
bool ends_with_from(std::string_view stem) {
  constexpr auto kFrom = std::to_array<std::string_view>({" from", "depuis", "desde", " van", " von", " vom", "vanaf"});
  return std::ranges::any_of(kFrom, [&](std::string_view from) { return stem.ends_with(from); });
}

/// "... le 5 mai sur votre compte IBAN", "... our HSBC account": a word for an account, without a comma before it.
bool names_account(std::string_view gap) {
  static const text::Pattern account(
      "^[^a-z:,]*(?:[a-z0-9'&/.-]+ "
      "){0,8}(?:comptes?|accounts?|[a-z]*konto|cuenta|cont[ao]|[a-z]*rekening|banque|bank|banco|banca)\\b");
  return account.is_in(gap);
}

/// Words that lead to somebody who is paid, ask for a payment, or tell of an account that is new.
bool turns_to_payee(std::string_view gap) {
  static const text::Pattern turns = word_of({kToPayee});
  return turns.is_in(gap);
}

/// The clause around a place: from the last sign before it to the next one behind.
std::string_view clause_around(std::string_view text, const StemPlace& place) {
  constexpr std::string_view kSigns = ",;:.!?\n";
  const auto begin = text.substr(0, place.begin).find_last_of(kSigns) + 1;
  return text.substr(begin, std::min(text.find_first_of(kSigns, place.end), text.size()) - begin);
}

/// No debit or payment after all, another way to pay beside it, or one that failed or has ended.
bool is_denied(std::string_view clause) {
  static const text::Pattern denied = word_of({kNegated, kEnded});
  return denied.is_in(clause);
}

/// A debit that failed or ended, wherever its sentence says so.
bool has_ended(std::string_view sentence) {
  static const text::Pattern ended = word_of({kEnded, kChanged});
  return ended.is_in(sentence);
}

/// "Par pr\u00e9l\u00e8vement ou virement".
bool names_other_way(std::string_view clause) {
  static const text::Pattern other = word_of({kOtherWay});
  return other.is_in(clause);
}

bool is_of_debit_words(std::string_view stem) {
  static const text::Pattern debit(
      "prelev|debit|lastschrift|abbuch|abgebuch|domicil|adeud|addebit|incass|einzug|einzieh|eingezogen|cargara|afgeschrev|sepa|"
      "from your (?:bank )?account");
  return debit.is_in(stem);
}

/// The label of a form and its value right above the account's line, or in it: "Kontoinhaber (Zahlungspflichtiger): Tischlerei
/// Klein / IBAN:", "Payeur : Menuiserie Petit, IBAN".
bool heads_form_line(std::string_view stem, std::string_view gap) {
  static const text::Pattern label("^[^a-z0-9:]*(:?) *([^\\n,:]*)[\\n,]");
  const auto found = label.find(gap);
  if (!found || ((*found)[1].empty() && !stem.ends_with(':'))) return false;
  return !is_denied((*found)[2]) && is_label(gap.substr((*found)[0].size()));
}

/// A client broke the line: it is long, and the account's own has no label of its own ("IBAN :").
bool is_wrapped(std::string_view sentence, std::string_view gap) {
  const auto last = gap.rfind('\n'), first = sentence.size() - gap.size() + gap.find('\n');
  const auto line_begin = sentence.substr(0, first).rfind('\n') + 1;
  return first - line_begin >= kWrappedLine && gap.substr(last).find(':') == gap.npos;
}

/// Words, folded: with their lines, and with a blank for each line's end, so that a place is the same in both.
struct Words {
  explicit Words(std::string_view raw) {
    std::size_t depth = 0;
    for (std::size_t begin = 0; begin <= raw.size();) {
      const auto end = std::min(raw.find('\n', begin), raw.size());
      const auto line = raw.substr(begin, end - begin);
      const auto marks = std::min(line.find_first_not_of("> \t"), line.size());
      const auto line_depth = static_cast<std::size_t>(std::ranges::count(line.substr(0, marks), '>'));
      if (line_depth != depth && (marks < line.size() || end == raw.size()))
        lined.clear(), depth = line_depth;  // somebody else's words
      lined += text::fold(line.substr(marks)) + '\n';
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
  const auto stem = sentence.substr(place.begin, place.end - place.begin), clause = clause_around(sentence, place);
  const bool is_within_word = place.begin > 0 && is_of_word(sentence[place.begin - 1]);  // "impay\u00e9e depuis"
  if (is_denied(clause) || (is_of_debit_words(stem) && names_other_way(clause))) return false;
  if ((ends_with_from(stem) && is_within_word) || gap.starts_with(',') || is_in_favour(sentence.substr(0, place.begin)))
    return false;
  if (is_label(gap) || (!ends_with_from(stem) && heads_form_line(stem, gap))) return true;
  if (gap.find('\n') != gap.npos && !is_wrapped(sentence, gap)) return false;
  return (names_account(stem) || names_account(gap)) && !turns_to_payee(gap);
}

/// "You can pay by direct debit": no more than a way to pay.
bool is_offered(std::string_view sentence) {
  static const text::Pattern offered = word_of({kOffered});
  return offered.is_in(sentence);
}

/// "Notre RIB", behind a debit too: where the writer is paid.
bool is_of_writer(std::string_view gap) {
  static const text::Pattern ours = word_of({kWriters});
  return ours.is_in(gap);
}

/// A debit, or a payment of the writer's own, that a sentence or a line before the account's tells of; nothing between the two
/// leads elsewhere. What is quoted there is somebody else's.
bool is_told_of_before(const Words& words) {
  static const Stems collecting_stems(kCollecting);
  const auto line = std::max(words.lined.rfind('\n') + 1, end_of_last_sentence(words.lined));
  const auto text = std::string_view(words.lined).substr(0, line);
  const auto found = collecting_stems.last_in(std::string_view(words.flat).substr(0, line));
  if (found.is_none()) return false;
  const auto begin = end_of_last_sentence(text.substr(0, found.begin)),
             end = found.end + end_of_first_sentence(text.substr(found.end));
  const auto clause = clause_around(text, found),
             said = clause.substr(0, found.end - static_cast<std::size_t>(clause.data() - text.data()));
  const auto gap = std::string_view(words.lined).substr(found.end);
  const auto stem = text.substr(found.begin, found.end - found.begin);
  const bool is_debit = is_of_debit_words(stem);
  if (is_denied(said) || has_ended(text.substr(begin, end - begin)) || is_offered(clause)) return false;
  if (!is_debit && !names_account(stem) && !is_of_debit_words(text.substr(begin, end - begin)))
    return false;  // "We will collect the empties"
  return !(is_debit && names_other_way(clause)) && !turns_to_payee(gap) && !is_of_writer(gap);
}

/// The line of a form right above the account's that says that a debit is how, or when, this is paid: "Mode de r\u00e8glement :
/// pr\u00e9l\u00e8vement SEPA".
bool is_in_form_of_debit(const Words& words) {
  static const std::string day = "(?: (?:le|du|on|am|el|il|op|em|au|a))? ?[0-9]{1,2}[ ./-](?:[0-9./-]+|[a-z]+(?: [0-9]{4})?)";
  static const std::string debit = any_of({kDirectDebit});
  static const std::string paid_by_debit =
      any_of({kPaymentField}) + " ?[:|]+ ?" + debit + "(?: \\(?(?:sdd|core|b2b)\\)?)?(?:" + day + ")?";
  static const std::string day_of_debit =
      "(?:(?:date|jour|echeance) de |prochain |next |upcoming |nachste |volgende )?" + debit + "(?: date)? ?[:|]? ?" + day;
  static const text::Pattern form("(?:^|\\n)(?:" + paid_by_debit + "|" + day_of_debit + ")[ .]*\\n(" + any_of({kDebitField}) +
                                  "[^\\n]*\\n)?([^\\n]*)$");
  const auto found = form.find(words.lined);
  if (!found || !is_label((*found)[2])) return false;
  return std::ranges::none_of(std::to_array({(*found)[1], (*found)[2]}), [](std::string_view line) {
    return turns_to_payee(line) || has_ended(line) || names_other_way(line) || is_of_writer(line) || is_denied(line);
  });
}

/// In the account's own sentence.
StemPlace paying_before(const Words& words) {
  const auto sentence = end_of_last_sentence(words.lined);
  const auto found = paying_stems().last_in(std::string_view(words.flat).substr(sentence));
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
  if (role == AccountRole::paying) return role;
  return is_told_of_before(words) || is_in_form_of_debit(words) ? AccountRole::paying : role;
}

AccountRole role_behind(std::string_view raw) {
  const Words words(raw);
  const auto paying = paying_stems().last_in(words.flat);
  const bool is_no_debit =
      !paying.is_none() && (is_denied(clause_around(words.lined, paying)) || is_offered(clause_around(words.lined, paying)));
  return role_of(words, is_no_debit ? StemPlace{} : paying);
}

}  // namespace threadline::facts
