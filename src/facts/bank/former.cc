// SPDX-License-Identifier: Apache-2.0
// Whether the words around an account call it the old one. Whoever writes them may be the swindler: what a reader may take for a
// request to pay there presents the account.
#include "facts/bank/former.h"

#include <algorithm>
#include <string_view>

#include "facts/bank/naming_words.h"
#include "facts/bank/stems.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kAboveBytes = 200;  ///< before an account, in which it may be announced
constexpr std::size_t kBehindBytes = 60;  ///< behind an account, in which it may be brought back

constexpr std::string_view kDropped[] = {
#define THREADLINE_DROPPED(stem) stem,
#include "facts/bank/former_words.def"
};
constexpr std::string_view kRetired[] = {
#define THREADLINE_RETIRED(stem) stem,
#include "facts/bank/former_words.def"
};
constexpr std::string_view kPresent[] = {
#define THREADLINE_PRESENT(stem) stem,
#include "facts/bank/former_words.def"
};
constexpr std::string_view kAgain[] = {
#define THREADLINE_AGAIN(stem) stem,
#include "facts/bank/former_words.def"
};
constexpr std::string_view kBelow[] = {
#define THREADLINE_BELOW(stem) stem,
#include "facts/bank/warning_words.def"
};

/// The words of the line behind "old" speak of the account and of nothing else: "old account with Barclays (closed in May):".
bool is_of_account_to_line_end(const Clause& clause, std::size_t old) {
  bool is_in_brackets = false, is_bank = false;
  for (auto at = old; at < clause.words.size(); ++at) {
    const auto& word = clause.words[at];
    is_bank = is_bank || word.is(kAtWord);
    const bool is_told = word.is(kAccountWord | kKindWord | kIsWord | kClosedWord) || is_bank || is_in_brackets;
    if (at > old && !is_told) return false;
    const auto gap = clause.gap_behind(at);
    if (gap.find('\n') != gap.npos) return true;
    is_in_brackets = gap.find('(') != gap.npos || (is_in_brackets && gap.find(')') == gap.npos);
  }
  return true;
}

/// "Old account", "l'ancien est", "cuenta anterior", "alt:"; no "Old Bakery", no "Alte Leipziger".
bool is_beside_account(const Clause& clause, std::size_t old) {
  auto next = old;
  auto gap = clause.gap_behind(next);
  while (next + 1 < clause.words.size() && clause.words[next + 1].is(kKindWord) && gap == " ") gap = clause.gap_behind(++next);
  const bool is_same_line = gap.find('\n') == gap.npos || gap.find(':') != gap.npos;
  if (next + 1 == clause.words.size()) return is_same_line;
  if (is_same_line && clause.words[next + 1].is(kAccountWord | kIsWord)) return true;
  return clause.words[old].is(kOldBehindWord) && old > 0 && clause.words[old - 1].is(kAccountWord) &&
         clause.gap_behind(old - 1) == " ";
}

/// The end of the last word that calls the account the old one, or 0.
std::size_t end_of_old(const Clause& clause) {
  for (auto at = clause.words.size(); at-- > 0;) {
    if (clause.words[at].is(kOldWord | kOldBehindWord) && is_beside_account(clause, at) && is_of_account_to_line_end(clause, at))
      return clause.words[at].end;
  }
  return 0;
}

std::size_t end_of_present(const Clause& clause) {
  static const Stems present_stems(kPresent);
  return std::max(present_stems.last_in(clause.folded).end, end_of_last(clause, kNewWord));
}

/// "Here is our new account, the old one is closed:", "Our new account replaces the old one:": before the sentence speaks of the
/// old account it announces this one, and a comma or a colon parts the two.
bool is_announced(const AccountPlace& place) {
  static const Stems below_stems(kBelow);
  auto sentence = raw_before(place, kAboveBytes);
  if (const auto end = sentence.find_last_of(".;!?"); end != sentence.npos) sentence.remove_prefix(end + 1);
  if (const auto empty = sentence.rfind("\n\n"); empty != sentence.npos && empty + 2 < sentence.size())
    sentence.remove_prefix(empty + 2);
  const auto last = sentence.find_last_of(",:");
  if (last == sentence.npos) return false;
  const auto before = clause_from(sentence.substr(0, last));
  return end_of_last(before, kNewWord) != 0 || !below_stems.last_word_in(before.folded).is_none();
}

/// "... is to be used again", "... reste valable", "please pay there": behind the account, in its sentence.
bool is_brought_back(const AccountPlace& place) {
  static const Stems again_stems(kAgain);
  auto sentence = raw_behind(place, kBehindBytes);
  sentence = sentence.substr(0, end_of_paragraph(sentence));
  const auto end = sentence.find_first_of(".;!?");
  const bool leads_to_next = end == sentence.npos && place.end + sentence.size() >= place.next_begin;
  if (leads_to_next && place.next_begin < place.text.size()) return false;
  const auto behind = clause_from(sentence.substr(0, end));
  if (has_word(behind, kNotWord | kNewWord)) return false;
  return end_of_last(behind, kPayWord) != 0 || !again_stems.last_word_in(behind.folded).is_none();
}

}  // namespace

Naming naming_of(const AccountPlace& place) {
  static const Stems dropped_stems(kDropped), retired_stems(kRetired);
  const auto clause = clause_from(raw_clause_of(place));
  const auto dropped = dropped_stems.last_word_in(clause.folded).end, old = end_of_old(clause);
  const auto closed = std::max(retired_stems.last_word_in(clause.folded).end, end_of_last(clause, kClosedWord));
  const auto present = end_of_present(clause);
  if (std::max({dropped, old, closed}) <= present) {
    return end_of_last(clause, kNewWord) != 0 ? Naming::announced : Naming::presented;
  }
  if (end_of_last(clause, kPayWord) > dropped || is_announced(place) || is_brought_back(place)) return Naming::presented;
  return closed > dropped ? Naming::retired : Naming::former;
}

bool has_former_words(std::string_view folded) {
  static const Stems dropped_stems(kDropped), retired_stems(kRetired);
  return !dropped_stems.last_word_in(folded).is_none() || !retired_stems.last_word_in(folded).is_none() ||
         has_word(clause_from(folded), kOldWord | kOldBehindWord);
}

bool has_presenting_words(std::string_view folded) {
  static const Stems present_stems(kPresent);
  return !present_stems.last_in(folded).is_none() || end_of_last(clause_from(folded), kNewWord) != 0;
}

}  // namespace threadline::facts
