// SPDX-License-Identifier: Apache-2.0
// Whose account a sentence names, by classes of words in its own clause.
#include "facts/bank/whose.h"

#include <algorithm>

#include "facts/bank/whose_words.h"

namespace threadline::facts {
namespace whose {
namespace {

constexpr std::uint64_t kTail = kLabel | kAccount;  ///< between what says whose an account is and its number

/// The last word of a class: everything up to it; empty: there is none.
WhoseWords through_last(WhoseWords words, std::uint64_t classes) {
  while (!words.empty() && !words.back().is(classes)) words = words.first(words.size() - 1);
  return words;
}

/// "There", "into it" in what follows, where it asks to pay: "Our records show X. Please pay into it."
bool is_ordered_behind(const WhoseText& text) {
  if (!text.is_open_ended) return false;
  const WhoseWords all = text.behind;
  return orders(all) && has(all, kThere) && !has(all, kNot);
}

/// "Your account X", "Ihre bei uns hinterlegte Bankverbindung lautet X": nothing but where it is kept around the noun.
bool is_called_yours(const WhoseText& text) {
  constexpr std::uint64_t kFillers = kLabel | kKept | kInside | kOur;
  const auto named = without_last(text.clause(), kFillers & ~kAccount);
  if (named.empty() || !named.back().is(kAccount)) return false;
  const auto owner = without_last(named, kFillers | kAccount);
  if (owner.empty() || !owner.back().is(kYour)) return false;
  auto noun = owner.size();
  while (noun < named.size() && named[noun].gap == Gap::none && !named[noun].is(kAccount)) ++noun;
  if (noun == named.size() || named[noun].gap != Gap::none) return false;  // "in your system: IBAN"
  const auto before = owner.first(owner.size() - 1);
  return before.empty() || !before.back().is(kPay | kYouPay | kAsk);  // "to settle your account: X"
}

/// "X (your account)": nothing behind the noun.
bool is_called_yours_behind(const WhoseText& text) {
  const auto all = text.clause_behind();
  std::size_t at = 0;
  while (at < all.size() && all[at].is(kLabel) && !all[at].is(kYour)) ++at;
  if (at >= all.size() || !all[at].is(kYour)) return false;
  const auto rest = without_last(all.subspan(at + 1), kLabel | kAccount);
  return rest.empty() && has(all.subspan(at + 1), kAccount);
}

/// "The IBAN you gave us", "die von Ihnen genannte IBAN", "que figura en su pedido".
bool is_given_in(WhoseWords words) {
  const bool is_of_writer = std::ranges::any_of(words, [](const WhoseWord& word) { return word.is(kOur) && !word.is(kUs); });
  if (is_of_writer || has(words, kOther | kThird)) return false;
  if (has(words, kGave) && has_pair(words, kBy, kYou)) return true;
  if (has(words, kWeHave)) return false;
  const bool is_shown = has_pair(words, kYour, kPaper) && has(words, kShown | kGave);
  if (is_shown) return true;
  if (!has(words, kGave)) return false;
  const bool is_ours = std::ranges::any_of(words, [](const WhoseWord& word) { return word.is(kWe) && !word.is(kUs); });
  const bool is_yours = has(words, kYou | kYouHave);
  return is_yours && !is_ours && (has(words, kUs) || has(words, kPaper) || (has(words, kYouHave) && has(words, kKept)));
}

/// "The account that you gave us, IBAN", "die IBAN, die Sie uns gegeben haben"; not "you gave us your approval: IBAN".
bool names_account(const WhoseText& text) {
  const auto words = text.clause(), sentence = text.sentence();
  const auto above = sentence.size() - words.size();
  if (above > 0 && sentence[above - 1].is(kAccount)) return true;
  const auto last =
      std::ranges::find_if(words.rbegin(), words.rend(), [](const WhoseWord& word) { return word.gap != Gap::none; });
  const bool is_parted = last != words.rend() && std::next(last) != words.rend();
  return has(is_parted ? words.first(static_cast<std::size_t>(words.rend() - last) - 1) : words, kAccount | kNumber);
}

bool is_given(const WhoseText& text) {
  const auto before = text.clause();
  if (names_account(text) && is_given_in(before)) return true;
  const auto behind = text.clause_behind();
  const auto next = behind.empty() || behind.size() > 1 || behind.front().classes != 0 ? behind : text.next_clause();
  return is_given_in(next);
}

/// Money goes, or the writer pays, and nothing says where to.
bool moves_in(WhoseWords words) {
  constexpr std::uint64_t kVerb = kMove | kWePay | kPay;
  const bool moves = has(words, kMove | kWePay) || (has(words, kWe | kWeHave) && has(words, kPay));
  return moves && !has(words.subspan(through_last(words, kVerb).size()), kTo);
}

/// "Der Betrag kommt von X", "part de notre compte Banque Exemple X": not "in favour of our account", "the account of".
bool is_source(const WhoseText& text) {
  constexpr std::uint64_t kNever = kTo | kMove | kPay | kYouPay | kAsk | kOther | kTransfer;
  const auto words = text.clause();
  bool is_named = false, is_owned = false, is_odd = false;
  for (std::size_t at = words.size(); at-- > 1;) {
    const auto& word = words[at];
    const auto before = words.first(at);
    const bool leads = word.is(kFrom) && !before.back().is(kAccount | kFavour | kTransfer);
    if (leads && (!is_odd || (is_named && is_owned)) && moves_in(before)) return true;
    if (word.is(kNever) && !word.is(kFrom | kLabel)) return false;
    is_named = is_named || word.is(kAccount);
    is_owned = is_owned || word.is(kOur | kYour);
    is_odd = is_odd || !word.is(kTail | kOur | kYour | kFrom);
  }
  return false;
}

/// What leads to the number, with "to" as its last word: "to", "into the account", "for you".
WhoseWords way_to(WhoseWords words) {
  while (!words.empty() && !words.back().is(kTo) && words.back().is(kTail | kYour)) words = words.first(words.size() - 1);
  return !words.empty() && words.back().is(kTo) ? words : WhoseWords{};
}

/// "We have refunded you", "je vais faire le virement", "rimborsiamo": between "we" and the verb stands nothing but what helps
/// it.
bool is_paid_by_writer(WhoseWords words) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    const bool is_noun = words[at].is(kTransfer) && at > 0 && words[at - 1].is(kLabel | kOur | kYour);
    if (words[at].is(kWePay) && !is_noun) return true;
    if (!words[at].is(kWe | kWeHave)) continue;
    std::size_t verb = at + 1;
    while (verb < words.size() && words[verb].is(kAux | kWe | kWeHave) && !words[verb].is(kPay | kTransfer)) ++verb;
    if (verb < words.size() && words[verb].is(kPay | kTransfer | kWePay)) return true;
  }
  return false;
}

/// "We have refunded 120 to X", "wir haben auf X erstattet", "tomorrow's transfer for you (X)".
bool is_paid_to(const WhoseText& text) {
  constexpr std::uint64_t kNever = kAsk | kYouPay | kWhen | kOther | kBe;
  const auto words = text.clause();
  if (has(words, kNever) || has_pair(words, kYou, kPay) || has_pair(words, kYour, kTransfer)) return false;
  if (std::ranges::any_of(words, [](const WhoseWord& word) { return word.is(kUs) && !word.is(kWe); })) return false;
  const bool is_for_you = words.size() > 1 && words[words.size() - 2].is(kFor) && words.back().is(kYou);
  const auto way = is_for_you ? words : way_to(words);
  if (way.empty()) return false;
  const auto behind = text.clause_behind();
  const bool is_behind = !behind.empty() && behind.front().is(kPay) && behind.front().gap == Gap::none;
  return is_paid_by_writer(way) || (is_behind && has(way, kWe | kWeHave));
}

/// "The refund goes to X", "la terugbetaling gaat naar X": not ours, and not what is still to be paid.
bool is_refund_to(const WhoseText& text) {
  const auto words = text.clause(), way = way_to(words);
  if (way.empty() || has(words, kOur | kUs | kAsk | kWhen | kOther | kYouPay) || has_pair(words, kTo, kPay | kBe)) return false;
  const auto noun = std::ranges::find_if(way, [](const WhoseWord& word) { return word.is(kRefund); });
  return noun != way.end() && has(way.subspan(static_cast<std::size_t>(noun - way.begin()) + 1), kMove | kPay);
}

/// "Our bank bounced the transfer to X", "o nosso pagamento para X voltou para tr\u00e1s".
bool is_rejected(const WhoseText& text) {
  const auto words = text.clause(), way = way_to(words);
  if (way.empty() || has(words, kAsk | kYouPay | kOther | kWhen)) return false;
  const auto noun = without_last(way, kTo | kSent | kLabel | kGave);
  if (noun.empty() || !noun.back().is(kTransfer)) return false;
  return has(noun, kReject) || has(text.clause_behind(), kReject);
}

/// "Your direct debit on IBAN X".
bool is_debited(const WhoseText& text) {
  const auto words = text.clause(), way = way_to(words);
  if (way.empty() || has(words, kAsk | kYouPay | kOther)) return false;
  const auto debit = through_last(way, kDebit);
  return has(debit, kYour) && !has(way.subspan(debit.size()), kPay | kTransfer | kMove);
}

/// "Our account for the direct debit", "nos coordonn\u00e9es pour la mise en place du pr\u00e9l\u00e8vement".
bool is_for_debit(const WhoseText& text) {
  const auto words = without_last(text.clause(), kLabel);
  const auto purpose = without_last(words, kSetUp | kDebit | kLabel);
  if (purpose.empty() || !has(words.subspan(purpose.size()), kDebit)) return false;
  auto noun = purpose;
  if (purpose.back().is(kFor | kTo)) noun = purpose.first(purpose.size() - 1);
  noun = without_last(noun, kLabel);
  if (noun.empty() || !noun.back().is(kAccount)) return false;
  const auto owner = without_last(noun, kTail);
  return !owner.empty() && owner.back().is(kOur);
}

/// "Your company", "your IBAN".
bool has_readers(WhoseWords words) { return has_pair(words, kYour, kFirm | kAccount); }

/// "Our", but for "in our system".
bool is_of_writer(WhoseWords words) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (words[at].is(kOur) && (at + 1 == words.size() || !words[at + 1].is(kKept))) return true;
  }
  return false;
}

/// "We have X on file for your company", "Could you confirm your IBAN? We have X on file."
bool is_on_file(const WhoseText& text) {
  constexpr std::uint64_t kNever = kTransfer | kPay | kYouPay | kOther;
  const auto before = text.clause(), behind = text.clause_behind(), sentence = text.sentence();
  if (!has(before, kKept) && !has(behind, kKept)) return false;
  if (is_of_writer(before) || is_of_writer(behind) || has(before, kNever) || has(behind, kNever)) return false;
  const bool is_asked_above = !sentence.empty() && sentence.front().gap == Gap::question && has_readers(text.sentence_above());
  return is_asked_above || (has(before, kHold) && (has_readers(before) || has_readers(behind)));
}

constexpr std::uint64_t kNotAsked = kPay | kYouPay | kTransfer | kOther | kOur;  ///< in a question whose an account is

/// "Is X still your account?"
bool is_asked(const WhoseText& text) {
  const auto sentence = text.sentence(), behind = text.sentence_behind();
  if (!text.is_question() || has(sentence, kNotAsked) || has(behind, kNotAsked)) return false;
  return has_readers(behind) && !has_pair(behind, kInside, kYour);
}

/// "Is your account still this one? IBAN X".
bool is_asked_above(const WhoseText& text) {
  const auto sentence = text.sentence(), above = text.sentence_above();
  const bool is_label = !sentence.empty() && without_last(sentence, kTail).empty() && sentence.front().gap == Gap::question;
  if (text.gap != Gap::question && !is_label) return false;
  return has_readers(above) && has(above, kThis) && !has(above, kNotAsked);
}

bool is_not_writers(const WhoseText& text) {
  if (is_ordered_behind(text)) return false;
  if (is_source(text) || is_paid_to(text) || is_refund_to(text) || is_rejected(text)) return true;
  if (is_debited(text) || is_for_debit(text)) return true;
  if (orders(text.sentence()) || orders(text.clause_behind()) || has(text.clause(), kUpdate)) return false;
  if (is_called_yours(text) || is_called_yours_behind(text) || is_given(text)) return true;
  return is_on_file(text) || is_asked(text) || is_asked_above(text);
}

/// "It is not ours", "dieses Konto kennen wir nicht": not "no longer ours", "not ours but our bank's", "the one you have is not".
bool disowns(WhoseWords words) {
  constexpr std::size_t kOpening = 4;
  if (!has(words, kNot) || has(words, kLonger | kYouPay | kOther | kYou | kYour)) return false;
  const auto opening = words.first(std::min(words.size(), kOpening));
  return has(words, kOur | kUs | kKnow) && has(opening, kReader | kThis | kWe | kWeHave | kNot);
}

/// What follows calls it a fraud, or tells to do nothing: not "ignore yesterday's mail".
bool is_dismissed(WhoseWords words) {
  if (has(words, kMail) && !has(words, kThis | kReader)) return false;
  if (has(words, kPay | kYouPay | kLonger | kOther)) return has(words, kIgnore | kFake) && has(words, kNot);
  return has(words, kIgnore | kFake);
}

/// "With IBAN", "quoting", right before the account.
bool is_led_by(const WhoseText& text, std::uint64_t classes) {
  const auto words = without_last(text.clause(), kTail & ~classes);
  return !words.empty() && words.back().is(classes);
}

/// "A fake mail goes round with IBAN X", "an impostor writes to clients, quoting X. It is not ours".
bool is_in_fake(const WhoseText& text) {
  const auto words = text.clause(), behind = text.sentence_behind();
  if (!is_led_by(text, kWith) || has(words, kYouPay | kPay | kOther | kRight) || has(behind, kYouPay | kLonger | kRight))
    return false;
  if (!has(text.sentence(), kFake | kPose)) return false;
  if (disowns(text.next_clause()) || disowns(behind)) return true;
  const bool ends = text.clause_behind().empty() || text.clause_behind().front().gap != Gap::none;
  return ends && has(words, kFake) && has(words, kMail) && !has(words, kWhen);
}

/// "If you get an invoice with account X, it is not ours", "if they write to pay to X, ignore it".
bool is_in_letter(const WhoseText& text) {
  const auto words = text.clause();
  const bool is_letter = has(words, kIf) && has(words, kReceive) && (is_led_by(text, kWith) || !way_to(words).empty());
  const bool is_posed = has(words, kPose) && !way_to(words).empty();
  if ((!is_letter && !is_posed) || has(words, kOther | kLonger)) return false;
  const auto next = text.next_clause(), behind = text.sentence_behind();
  return disowns(next) || is_dismissed(next) || (has(behind, kNot) && disowns(behind));
}

/// "Not" right before, or with a word like "ever" between.
bool ends_with_not(WhoseWords words) {
  const auto rest = without_last(words, kAdverb);
  return !rest.empty() && rest.back().is(kNot);
}

/// "Ne versez surtout pas sur X", "auf keinen Fall auf X \u00fcberweisen": "not" beside the verb, and nothing but the way to the
/// account between.
bool is_forbidden(const WhoseText& text) {
  const auto way = way_to(text.clause());
  if (way.empty() || has(text.clause(), kForget | kOther | kLonger | kRight) || text.is_question()) return false;
  const auto verb = without_last(way, kTo | kLabel | kAdverb | kNot);
  const bool is_not = has(way.subspan(verb.size()), kNot);
  const auto behind = text.clause_behind();
  if (!behind.empty() && behind.front().gap == Gap::none) {
    const bool is_verb_behind = behind.front().is(kPay) && (behind.size() == 1 || behind[1].gap != Gap::none);
    return is_verb_behind && is_not;
  }
  if (verb.empty() || !verb.back().is(kPay | kYouPay)) return false;
  return is_not || ends_with_not(verb.first(verb.size() - 1));
}

/// "In favour of our account X", "X replaces the direct debit", "don't forget to pay to X", "update your details: X".
bool is_offered(const WhoseText& text) {
  const auto words = text.clause();
  if (has(words, kUpdate) && is_called_yours(text) && !has(words, kWe | kWeHave)) return true;
  if (has(words, kForget) || (has(words, kDebit) && has(words, kInstead))) return true;
  return has_pair(without_last(words, kAccount), kFavour, kFrom);
}

/// More than names and labels: the account behind them is no other one of a list.
bool is_spoken(const WhoseText& text) {
  const WhoseWords all = text.before;
  return std::ranges::any_of(all, [](const WhoseWord& word) { return (word.classes & ~kTail) != 0; });
}

bool is_warned(const WhoseText& text) { return is_in_fake(text) || is_in_letter(text) || is_forbidden(text); }

}  // namespace
}  // namespace whose

bool is_readers_or_payers(const AccountPlace& place) {
  return std::ranges::any_of(whose::whose_texts(place), whose::is_not_writers);
}

bool is_offered_by_words(const AccountPlace& place) { return std::ranges::any_of(whose::whose_texts(place), whose::is_offered); }

bool is_introduced_anew(const AccountPlace& place) { return std::ranges::any_of(whose::whose_texts(place), whose::is_spoken); }

bool is_warned_of_by_words(const AccountPlace& place) { return std::ranges::any_of(whose::whose_texts(place), whose::is_warned); }

}  // namespace threadline::facts
