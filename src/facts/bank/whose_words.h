// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "facts/bank/account_place.h"

namespace threadline::facts::whose {

/// Classes of the words of whose_words.def; a word may have several.
enum WhoseClass : std::uint64_t {
  kYour = 1ULL << 0U,
  kYou = 1ULL << 1U,
  kYouHave = 1ULL << 2U,  ///< verbs of the reader: "avez", "dieron"
  kOur = 1ULL << 3U,
  kWe = 1ULL << 4U,
  kWeHave = 1ULL << 5U,  ///< verbs of the writer: "avons", "hemos"
  kUs = 1ULL << 6U,
  kAccount = 1ULL << 7U,
  kLabel = 1ULL << 8U,  ///< what may stand between a word and the number: articles, "is", "number"
  kThis = 1ULL << 9U,
  kKept = 1ULL << 10U,  ///< where and how details are kept
  kInside = 1ULL << 11U,
  kHold = 1ULL << 12U,
  kGave = 1ULL << 13U,
  kBy = 1ULL << 14U,
  kFrom = 1ULL << 15U,
  kTo = 1ULL << 16U,
  kMove = 1ULL << 17U,  ///< how money goes: "comes", "part"
  kPay = 1ULL << 18U,
  kWePay = 1ULL << 19U,   ///< of the writer: "remboursons"
  kYouPay = 1ULL << 20U,  ///< of the reader: "payez", "use"
  kAsk = 1ULL << 21U,
  kWhen = 1ULL << 22U,  ///< leads to what somebody else may do
  kTransfer = 1ULL << 23U,
  kRefund = 1ULL << 24U,
  kDebit = 1ULL << 25U,
  kSetUp = 1ULL << 26U,  ///< between "for" and a debit
  kFor = 1ULL << 27U,
  kReject = 1ULL << 28U,
  kSent = 1ULL << 29U,  ///< between a transfer and where it went
  kFirm = 1ULL << 30U,
  kPaper = 1ULL << 31U,  ///< papers that the reader fills in
  kShown = 1ULL << 32U,
  kOther = 1ULL << 33U,  ///< new, old, wrong: another account than the one that is known
  kNot = 1ULL << 34U,
  kBe = 1ULL << 35U,
  kThere = 1ULL << 36U,
  kAdverb = 1ULL << 37U,
  kThird = 1ULL << 38U,   ///< who else gives accounts: a bank
  kFavour = 1ULL << 39U,  ///< turns "from" into "to": "in favour of"
  kAux = 1ULL << 40U,     ///< between "we" and what we do
  kFake = 1ULL << 41U,
  kPose = 1ULL << 42U,
  kMail = 1ULL << 43U,
  kWith = 1ULL << 44U,
  kIgnore = 1ULL << 45U,
  kIf = 1ULL << 46U,
  kReceive = 1ULL << 47U,
  kLonger = 1ULL << 48U,  ///< "no longer", "not ... but": takes back what is not
  kForget = 1ULL << 49U,
  kKnow = 1ULL << 50U,
  kReader = 1ULL << 51U,  ///< "it", "that": what was said before
  kRight = 1ULL << 52U,   ///< "the real one", "only"
  kInstead = 1ULL << 53U,
  kNumber = 1ULL << 54U,
  kUpdate = 1ULL << 55U,  ///< what the reader is told to do with details
};

/// What parts a word from the one before.
enum class Gap : std::uint8_t { none, clause, sentence, question };

/// A word in one language.
struct WhoseWord {
  std::uint64_t classes = 0;
  Gap gap = Gap::none;
  [[nodiscard]] bool is(std::uint64_t wanted) const { return (classes & wanted) != 0; }
};
using WhoseWords = std::span<const WhoseWord>;

/// The words around an account in one language. Limits: kWordsBefore and kWordsBehind bytes.
struct WhoseText {
  std::vector<WhoseWord> before, behind;
  Gap gap = Gap::none;         ///< right before the account
  bool is_open_ended = false;  ///< no other account follows within what is read

  /// Behind the last comma, colon or full stop; where that is no more than "IBAN:", with the clause before.
  [[nodiscard]] WhoseWords clause() const;
  /// Behind the last full stop.
  [[nodiscard]] WhoseWords sentence() const;
  /// The sentence before that one.
  [[nodiscard]] WhoseWords sentence_above() const;
  /// Behind the account, up to the next comma or full stop.
  [[nodiscard]] WhoseWords clause_behind() const;
  [[nodiscard]] WhoseWords sentence_behind() const;
  /// Behind the account: the clause after that clause.
  [[nodiscard]] WhoseWords next_clause() const;
  [[nodiscard]] bool is_question() const;
};

/// The text around in each language that most of its words speak: one, or several that tie.
[[nodiscard]] std::vector<WhoseText> whose_texts(const AccountPlace& place);

[[nodiscard]] bool has(WhoseWords words, std::uint64_t classes);
/// A word of `left` with one of `right` right behind it.
[[nodiscard]] bool has_pair(WhoseWords words, std::uint64_t left, std::uint64_t right);
/// The words without those of `classes` at their end.
[[nodiscard]] WhoseWords without_last(WhoseWords words, std::uint64_t classes);

/// The reader is told to pay or to use something.
[[nodiscard]] bool orders(WhoseWords words);

}  // namespace threadline::facts::whose
