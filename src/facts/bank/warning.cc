// SPDX-License-Identifier: Apache-2.0
// Whether a warning names an account. What a swindler may write as well is read word by word: behind the words that warn, and
// between them and the account, nothing may offer one.
#include "facts/bank/warning.h"

#include <algorithm>
#include <optional>
#include <string>

#include "facts/bank/former.h"
#include "facts/bank/naming_words.h"
#include "facts/bank/scan.h"
#include "facts/bank/stems.h"
#include "text/fold.h"
#include "text/pattern.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kAboveBytes = 200;   ///< before an account, in which its sentence offers it
constexpr std::size_t kProseBytes = 320;   ///< before an account, in which a warning and the lines of holder and bank stand
constexpr std::size_t kBehindBytes = 80;   ///< behind an account, in which it may be disowned
constexpr std::size_t kUnlabelBytes = 40;  ///< of a line without a label, as a holder or a bank
constexpr std::size_t kLabelWords = 5;
constexpr std::string_view kClauseEnds = ".,;:!?";

constexpr std::string_view kWarning[] = {
#define THREADLINE_WARNING(stem) stem,
#include "facts/bank/warning_words.def"
};
constexpr std::string_view kSwindler[] = {
#define THREADLINE_SWINDLER(stem) stem,
#include "facts/bank/warning_words.def"
};
constexpr std::string_view kDisowned[] = {
#define THREADLINE_DISOWNED(stem) stem,
#include "facts/bank/warning_words.def"
};
constexpr std::string_view kExcept[] = {
#define THREADLINE_EXCEPT(stem) stem,
#include "facts/bank/warning_words.def"
};
constexpr std::string_view kOursToo[] = {
#define THREADLINE_OURS_TOO(stem) stem,
#include "facts/bank/warning_words.def"
};
constexpr std::string_view kBelow[] = {
#define THREADLINE_BELOW(stem) stem,
#include "facts/bank/warning_words.def"
};

constexpr std::string_view kReceiving[] = {
#define THREADLINE_RECEIVING(stem) stem,
#include "facts/bank/role_words.def"
};

/// "Not our usual account", "not ours but our parent company's": in the clause behind those words.
bool is_ours_too(std::string_view clause, const StemPlace& by) {
  static const Stems ours_too_stems(kOursToo);
  const auto behind = clause.substr(by.end - 1);
  return !ours_too_stems.last_in(std::string(behind.substr(0, behind.find_first_of(kClauseEnds))) + ' ').is_none();
}

/// Behind those words something is presented after all, or all but this account is meant.
bool is_taken_back(std::string_view clause, const StemPlace& by) {
  static const Stems except_stems(kExcept);
  const auto behind = std::string(clause.substr(by.end - 1)) + ' ';  // folding takes the last blank of "... but "
  return has_presenting_words(behind) || !except_stems.last_in(behind).is_none() || is_ours_too(clause, by);
}

/// "D'escrocs : le bon compte est ...": more than the label of a number behind a colon is another clause.
bool is_parted(std::string_view clause, const StemPlace& swindler) {
  constexpr std::size_t kLabel = 12;
  const auto colon = clause.find(':', swindler.end);
  return colon != clause.npos && text::trimmed(clause.substr(colon + 1)).size() > kLabel;
}

/// Labels of a bank in front of its account: "Sort code", "Routing number (ABA):", "ABA".
constexpr std::string_view kBankCode =
    "sort ?code|(?:aba )?(?:routing|rtn|transit)(?: (?:number|no))?[.#: ]*(?:\\(?aba\\)?)?|aba(?: number)?";

/// Behind a colon stands more than the label of an account: "Ignore them: pay to ...".
bool has_more_behind_colon(std::string_view clause, const StemPlace& stem) {
  static const text::Pattern label(text::expression_of(
      {"^(?:iban|rib|bic|", kBankCode, "|account|compte|konto|cuenta|conto|conta|rekening|n[or.])?[^a-z]*$"}));
  const auto colon = clause.find(':', stem.end - 1);
  return colon != clause.npos && !label.is_in(text::trimmed(clause.substr(colon + 1)));
}

/// "Please pay to": behind such words the account is offered.
bool is_offered_in(std::string_view clause) {
  static const Stems receiving_stems(kReceiving);
  return !receiving_stems.last_in(clause).is_none() || end_of_last(clause_from(clause), kPayWord) != 0;
}

/// "If you received other bank details, please ignore them:": what stands before the clause says that "them" is not what follows.
bool is_of_others(std::string_view before) {
  static const Stems except_stems(kExcept);
  const std::string folded = text::fold(before.substr(std::min(before.find_last_of(".!?") + 1, before.size())));
  return !except_stems.last_in(folded).is_none() || has_former_words(folded);
}

std::string_view raw_before_clause(const AccountPlace& place) {
  auto above = raw_before(place, kAboveBytes);
  above.remove_suffix(std::min(raw_clause_of(place).size(), above.size()));
  return above;
}

/// "Use the following account, not the one on the invoice, which is not ours:": the sentence announced one before the last comma.
bool is_announced_before(const AccountPlace& place) {
  static const Stems below_stems(kBelow), warning_stems(kWarning), disowned_stems(kDisowned);
  auto sentence = raw_before(place, kAboveBytes);
  if (const auto end = sentence.find_last_of(".!?"); end != sentence.npos) sentence.remove_prefix(end + 1);
  const auto comma = sentence.find_last_of(",;");
  if (comma == sentence.npos) return false;
  const auto before = clause_from(sentence.substr(0, comma));
  if (end_of_last(before, kNewWord) != 0) return true;
  const bool warns = !warning_stems.last_in(before.folded).is_none() || !disowned_stems.last_in(before.folded).is_none();
  return !warns && !below_stems.last_in(before.folded).is_none();
}

/// What stands between an account and the words behind it that disown something, folded; nullopt: nothing is disowned. In its
/// sentence, or in the answer to it ("... ? Il ne vient pas de nous").
std::optional<std::string> gap_to_disowning(const AccountPlace& place) {
  static const Stems disowned_stems(kDisowned);
  auto sentence = raw_behind(place, kBehindBytes);
  sentence = sentence.substr(0, end_of_paragraph(sentence));
  auto end = sentence.find_first_of(".!?");
  if (end != sentence.npos && sentence[end] == '?') end = sentence.find_first_of(".!?", end + 1);
  const auto behind = clause_from(sentence.substr(0, end)).folded;
  const auto disowned = disowned_stems.last_in(behind);
  if (disowned.is_none() || has_former_words(behind) || is_ours_too(behind, disowned)) return std::nullopt;
  return behind.substr(0, disowned.begin);
}

/// "The account X, given to you yesterday, is fraudulent.": no other account, no mail and no other line is what is disowned.
bool is_disowned(const AccountPlace& place) {
  const auto gap = gap_to_disowning(place);
  if (!gap) return false;
  const bool is_of_line = gap->find('\n') == gap->npos || text::trimmed(*gap).empty();
  return is_of_line && !has_word(clause_from(*gap), kMailWord | kAccountWord);
}

/// "A mail asking you to pay to X did not come from us.": nothing but the verb of it between the two.
bool is_of_disowned_mail(const AccountPlace& place, std::string_view clause) {
  static const text::Pattern to_pay("^[\\s)\"']*(?:zu (?:zahlen|uberweisen|leisten),?|te betalen,?)?\\s*$");
  if (!has_word(clause_from(clause), kMailWord)) return false;
  const auto gap = gap_to_disowning(place);
  return gap && to_pay.is_in(*gap);
}

/// "Beware: this is not our account", "... which has nothing to do with us:" right before it, with nothing offered behind.
bool is_disowned_before(std::string_view clause) {
  static const Stems disowned_stems(kDisowned);
  const auto disowned = disowned_stems.last_in(clause);
  if (disowned.is_none() || is_taken_back(clause, disowned)) return false;
  if (has_more_behind_colon(clause, disowned)) return false;
  return !is_offered_in(clause.substr(disowned.end - 1));
}

/// "Fraudsters use the account X": they open the clause and do it; "because of fraudsters use X" asks the reader.
bool is_what_they_do(std::string_view clause, const StemPlace& swindler) {
  static const Stems receiving_stems(kReceiving);
  return swindler.begin == clause.find_first_not_of(" >") && receiving_stems.last_in(clause).is_none();
}

bool is_warned_of_in(const AccountPlace& place, std::string_view clause) {
  static const Stems warning_stems(kWarning), swindler_stems(kSwindler);
  const auto warning = warning_stems.last_in(clause);
  const bool is_warning = !warning.is_none() && !is_taken_back(clause, warning) && !is_announced_before(place);
  const bool is_of_them = is_warning && clause[warning.end - 1] == ':';
  if (is_warning && !(is_of_them && (has_more_behind_colon(clause, warning) || is_of_others(raw_before_clause(place)))))
    return true;
  if (is_disowned_before(clause) && !is_announced_before(place)) return true;
  const auto swindler = swindler_stems.last_in(clause);
  const bool is_swindlers = !swindler.is_none() && !is_taken_back(clause, swindler) && !is_parted(clause, swindler);
  const bool is_offered = is_offered_in(clause);
  if (is_swindlers && (!is_offered || is_what_they_do(clause, swindler))) return true;
  if (is_offered && is_of_disowned_mail(place, clause)) return true;
  return (is_swindlers || !is_offered) && is_disowned(place);
}

/// A line of holder, bank, BIC or address: "Bank: Example Bank", "Example Bank".
bool is_label_line(const Clause& line) {
  static const Stems except_stems(kExcept), below_stems(kBelow);
  const std::string_view folded = line.folded;
  if (has_word(line, kNewWord | kPayWord | kOurWord)) return false;
  const auto colon = folded.find(':');
  const std::size_t bullet = std::min(folded.find_first_not_of("*->#| "), colon);
  if (colon != folded.npos && is_holder_label(text::trimmed(folded.substr(bullet, colon - bullet)))) return true;  // any name
  if (!except_stems.last_in(folded).is_none()) return false;
  if (colon == folded.npos) {
    return folded.size() <= kUnlabelBytes && folded.find_first_of(".!?;") == folded.npos && !has_word(line, kIsWord | kNotWord) &&
           below_stems.last_in(folded).is_none();
  }
  const auto label = clause_from(folded.substr(0, colon));
  return label.words.size() <= kLabelWords && std::ranges::all_of(label.words, [](const NamingWord& word) {
           return word.is(kAccountWord | kKindWord | kHolderWord | kBetweenWord);
         });
}

/// Nothing but words for an account: "IBAN:", "Sort code".
bool is_of_account(const Clause& line) {
  static const text::Pattern bank_code(text::expression_of({"^[^a-z0-9]*(?:", kBankCode, ")[^a-z0-9]*$"}));
  if (bank_code.is_in(line.folded)) return true;
  return std::ranges::all_of(line.words, [](const NamingWord& word) { return word.is(kAccountWord | kKindWord); });
}

/// What stands above the label of the account and the lines of holder and bank, folded; empty where the account stands in prose.
/// `is_parted`: an empty line lies between.
std::string prose_above(const AccountPlace& place, bool& is_parted) {
  std::string_view above = raw_before(place, kProseBytes);
  const auto own = above.rfind('\n');
  if (own == above.npos || !is_of_account(clause_from(above.substr(own + 1)))) return {};
  above = above.substr(0, own);
  while (!above.empty()) {
    const auto end = above.rfind('\n');
    const auto line = clause_from(text::trimmed(end == above.npos ? above : above.substr(end + 1)));
    if (!is_of_account(line) && !is_label_line(line)) break;
    is_parted = is_parted || line.words.empty();
    above = above.substr(0, end == above.npos ? 0 : end);
  }
  return clause_from(above).folded;
}

/// A clause that warns of the account below it: "the account below is not ours", "please pay nothing to the following account".
enum class Warns { no, of_something, of_below };
Warns warns_of(std::string_view clause, bool leads_on) {
  static const Stems below_stems(kBelow), disowned_stems(kDisowned), warning_stems(kWarning);
  const auto warning = warning_stems.last_in(clause), disowned = disowned_stems.last_in(clause);
  const auto& by = warning.is_none() || (!disowned.is_none() && disowned.end > warning.end) ? disowned : warning;
  if (by.is_none() || is_taken_back(clause, by)) return Warns::no;
  const auto words = clause_from(clause);
  if (end_of_last(words, kPayWord | kNewWord) != 0 || has_word(words, kMailWord)) return Warns::of_something;
  const bool is_below = !below_stems.last_in(clause).is_none() || (leads_on && !warning.is_none());
  return is_below ? Warns::of_below : Warns::of_something;
}

/// "The account below is not ours, please pay nothing to it." above an account or the lines of its holder and bank: from the
/// clause that names it down to them, every clause warns.
bool is_disowned_above(const AccountPlace& place) {
  bool is_parted = false;
  const auto prose = prose_above(place, is_parted);
  if (is_parted && place.next_begin < place.text.size()) return false;  // "below" may be another one
  std::string_view above = text::trimmed(prose);
  bool leads_on = above.ends_with(':');
  while (!above.empty() && kClauseEnds.find(above.back()) != kClauseEnds.npos) above.remove_suffix(1);
  while (!above.empty()) {
    const auto end = above.find_last_of(kClauseEnds);
    const auto clause = end == above.npos ? above : above.substr(end + 1);
    const auto warns = warns_of(text::fold(clause) + (leads_on ? ":" : ""), leads_on);
    const auto before = end == above.npos ? std::string_view() : above.substr(0, end + 1);
    if (leads_on && warns == Warns::of_below && is_of_others(before)) return false;
    if (warns != Warns::of_something) return warns == Warns::of_below;
    leads_on = false;
    above = end == above.npos ? std::string_view() : above.substr(0, end);
  }
  return false;
}

}  // namespace

bool is_warned_of(const AccountPlace& place) {
  return is_warned_of_in(place, text::fold(raw_clause_of(place))) || is_disowned_above(place);
}

}  // namespace threadline::facts
