// SPDX-License-Identifier: Apache-2.0
#include "facts/bank/pressure.h"

#include <algorithm>

#include "facts/bank/order.h"
#include "facts/bank/secrecy.h"
#include "facts/bank/spoken.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kShortQuestion = 12;  ///< words

/// "Today", "this morning", "before noon", "by 4 pm", "right away", "within the hour", "same day".
bool is_within_the_day(const Sentence& sentence) {
  if (sentence.has(kSoon) || sentence.presses(kDay) || presses_before(sentence, kThis, kDayPart, 1)) return true;
  if (sentence.presses(kBefore) && sentence.has_clock) return true;
  return presses_before(sentence, kBefore, kNoon, 2) || presses_before(sentence, kBefore, kWorkday, 5) ||
         presses_before(sentence, kWithin, kHour, 3) || presses_before(sentence, kStraight, kAway, 2) ||
         presses_before(sentence, kSame, kWorkday, 1);
}

/// A payment is wanted, or is to be carried out; one that has come is not.
bool wants_payment(const Sentence& sentence) {
  if (is_order_to_pay(sentence)) return true;
  if (!sentence.has(kPay)) return false;
  if (sentence.has(kReceived | kArrived)) return is_near(sentence, kAsk, kPay, 4);
  return sentence.has(kAsk) || sentence.presses(kNeed | kCarryOut);
}

bool is_gift_card(const Sentence& sentence) {
  constexpr std::uint64_t kGiftCard = kGift | kCard;  // "Geschenkkarte" is both
  const auto names_gift_card = [](const Sentence::Hit& hit) { return (hit.meaning.classes & kGiftCard) == kGiftCard; };
  return is_near(sentence, kGift, kCard, 2) || std::ranges::any_of(sentence.hits, names_gift_card);
}

/// "Scratch the codes and send me pictures": what is done with gift cards, without their name.
bool reveals_codes(const Sentence& sentence) {
  constexpr std::size_t kObject = 3;
  constexpr auto kScratch =
      packed_words("freirubb", "gratte", "grattes", "gratter", "grattez", "kras", "krassen", "rubbeln", "scratch", "scratchi");
  constexpr auto kCodes = packed_words("back", "cards", "cartes", "code", "codes", "dos", "karten");
  return any_place(sentence.spoken, kScratch, [&](std::size_t at) {
    const bool is_from_scratch = stands(sentence.spoken, back(at, 1), at, packed_words("from"));
    return !is_from_scratch && stands(sentence.spoken, at + 1, at + 1 + kObject, kCodes);
  });
}

/// "Are you at your desk?" presses, "are you available for a call on Tuesday at 2 pm?" is an appointment.
bool is_short_question(const Sentence& sentence) {
  return sentence.question && sentence.words <= kShortQuestion && !sentence.has(kAppointed) && !sentence.has_digits;
}

/// Bought, asked for, needed, in haste or in secret; one that has arrived is a present.
bool wants_gift_card(const Sentence& sentence) {
  if (!is_gift_card(sentence)) return false;
  return sentence.question || sentence.has(kAsk | kBuy | kPay | kUrgent | kSoon | kSecret) || sentence.presses(kNeed);
}

bool is_pressure(const Sentence& sentence) {
  if (wants_gift_card(sentence) || reveals_codes(sentence)) return true;
  if (is_short_question(sentence) && sentence.has(kPresence)) return true;
  if (sentence.has(kSecret) && sentence.has(kPay | kUrgent) && !is_disclaimer(sentence)) return true;
  if (silences(sentence) && wants_payment(sentence) && !is_disclaimer(sentence)) return true;
  // A payment asked for today is every reminder's courtesy; whether one can be made today is not.
  return sentence.has(kPay) && (sentence.has(kUrgent) || (sentence.question && sentence.has(kSoon) && sentence.has(kAsk)));
}

bool asks_for_contact(const Sentence& sentence) {
  if (sentence.presses(kHesitate)) return false;  // "do not hesitate to call"
  if (presses_before(sentence, kNegation, kCallUp, 4) || presses_before(sentence, kRing, kNegation, 5)) return true;
  if (presses_beside(sentence, kSolely, kByMail, 5) && sentence.presses(kAnswer | kCallUp)) return true;
  return is_short_question(sentence) && presses_beside(sentence, kSpare, kYou, 4);
}

}  // namespace

bool may_press(const Sentence& sentence) {
  if (sentence.has(kSecret | kPay)) return true;
  const auto holds = [&](std::uint32_t words, std::uint32_t others) {
    return sentence.presses(words) && sentence.presses(others);
  };
  return holds(kTell | kHush | kCallUp, kNobody | kNegation) || holds(kKeep, kAmong | kSelf) || holds(kByMail, kSolely) ||
         may_leave_out(sentence) || (sentence.question && holds(kSpare, kYou));
}

std::string_view pressure_of(const Sentence& sentence) {
  const bool of_money = sentence.has(kNouns | kPay | kMoney | kSalary | kGift | kPresence | kRecords | kDeposit | kDue);
  if (of_money && is_pressure(sentence)) return "pressure";
  if (wants_payment(sentence) && is_within_the_day(sentence)) return "deadline";
  if (!is_disclaimer(sentence) && silences(sentence)) return "secrecy";
  if (!is_disclaimer(sentence) && sentence.has(kSecret)) return "discretion";
  return asks_for_contact(sentence) ? "contact" : "";
}

}  // namespace threadline::facts
