// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace threadline::facts {

/// Classes of words; a word may have several.
enum WordClass : std::uint64_t {
  kChange = 1ULL << 0U,
  kFresh = 1ULL << 1U,
  kStrong = 1ULL << 2U,
  kBank = 1ULL << 3U,
  kAccount = 1ULL << 4U,
  kDetails = 1ULL << 5U,
  kPay = 1ULL << 6U,
  kMoney = 1ULL << 7U,
  kSalary = 1ULL << 8U,
  kAsk = 1ULL << 9U,
  kClosed = 1ULL << 10U,
  kOld = 1ULL << 11U,
  kOurs = 1ULL << 12U,
  kYours = 1ULL << 13U,
  kTheirs = 1ULL << 14U,
  kNever = 1ULL << 15U,
  kDeny = 1ULL << 16U,
  kAdvice = 1ULL << 17U,
  kFuture = 1ULL << 18U,
  kUse = 1ULL << 19U,
  kRecords = 1ULL << 20U,
  kUrgent = 1ULL << 21U,
  kSecret = 1ULL << 22U,
  kGift = 1ULL << 23U,
  kCard = 1ULL << 24U,
  kPresence = 1ULL << 25U,
  kSoon = 1ULL << 26U,
  kHere = 1ULL << 27U,
  kIf = 1ULL << 28U,
  kCould = 1ULL << 29U,
  kUsual = 1ULL << 30U,
  kNoMore = 1ULL << 31U,
  kValid = 1ULL << 32U,
  kDrop = 1ULL << 33U,
  kAffiliate = 1ULL << 34U,
  kInstead = 1ULL << 35U,
  kReceived = 1ULL << 36U,
  kMail = 1ULL << 37U,
  kAds = 1ULL << 38U,
  kSalaryAccount = 1ULL << 39U,
  kDirect = 1ULL << 40U,
  kDeposit = 1ULL << 41U,
  kMy = 1ULL << 42U,
  kDue = 1ULL << 43U,
  kAny = 1ULL << 44U,
  kSuppose = 1ULL << 45U,
  kMatter = 1ULL << 46U,
  kOnlyBy = 1ULL << 47U,
  kOnly = 1ULL << 48U,
  kReceive = 1ULL << 49U,
  kSource = 1ULL << 50U,
  kTopic = 1ULL << 51U,
  kCustomer = 1ULL << 52U,
  kOrder = 1ULL << 53U,
  kStatement = 1ULL << 54U,
  kIdiom = 1ULL << 55U,
  kStock = 1ULL << 56U,
  kWrong = 1ULL << 57U,
  kAppointed = 1ULL << 58U,
  kBuy = 1ULL << 59U,
  kDocument = 1ULL << 60U,
  kReplace = 1ULL << 61U,
  kArrived = 1ULL << 62U,
  kCorrect = 1ULL << 63U,
};
/// Of a word of kNever: not "never", but "the same as before", which says so of its own clause only.
inline constexpr std::uint64_t kUnchanged = kNever | kValid;

/// Of a word of kAdvice: it warns of fraud, says how a change is to be checked, or is of jobs and products. The others are people
/// and places beside which a writer may well tell of his own account (an account manager, a portal).
inline constexpr std::uint64_t kWarned = kAdvice | kWrong;

/// Classes of words of those who press for a payment.
enum PressureClass : std::uint32_t {
  kTell = 1U << 0U,
  kNobody = 1U << 1U,
  kOthers = 1U << 2U,
  kNegation = 1U << 3U,
  kHush = 1U << 4U,  ///< said with a negation only
  kKeep = 1U << 5U,
  kAmong = 1U << 6U,
  kUs = 1U << 7U,
  kSelf = 1U << 8U,
  kCallUp = 1U << 9U,
  kByMail = 1U << 10U,
  kSolely = 1U << 11U,
  kAnswer = 1U << 12U,
  kDay = 1U << 13U,  ///< within the day, without another word
  kThis = 1U << 14U,
  kDayPart = 1U << 15U,
  kBefore = 1U << 16U,
  kNoon = 1U << 17U,
  kClockUnit = 1U << 18U,
  kWithin = 1U << 19U,
  kHour = 1U << 20U,
  kStraight = 1U << 21U,
  kAway = 1U << 22U,
  kNeed = 1U << 23U,
  kCarryOut = 1U << 24U,
  kAddressee = 1U << 25U,  ///< of disclaimers
  kSame = 1U << 26U,
  kWorkday = 1U << 27U,
  kSpare = 1U << 28U,
  kYou = 1U << 29U,
  kHesitate = 1U << 30U,
  kRing = 1U << 31U,  ///< a call whose negation comes late: "rufen Sie mich nicht an"
};
enum Language : std::uint8_t { kFr = 1, kEn = 2, kDe = 4, kEs = 8, kIt = 16, kPt = 32, kNl = 64 };
inline constexpr std::string_view kLanguages[] = {"fr", "en", "de", "es", "it", "pt", "nl"};

/// What silences a sentence; it counts in the sentence's own language only ("mai" is never in Italian and May in French).
inline constexpr std::uint64_t kSilencers =
    kNever | kDeny | kAdvice | kIf | kAds | kNoMore | kYours | kTheirs | kAny | kSuppose | kMatter | kOnlyBy | kOnly | kSource;

struct Meaning {
  std::uint64_t classes = 0;
  std::uint32_t pressure = 0;                             ///< of PressureClass
  std::uint8_t languages = 0;                             ///< of `classes`
  std::uint8_t pressing_in = 0;                           ///< languages of `pressure`
  std::array<std::uint64_t, std::size(kLanguages)> in{};  ///< `classes` in each language
};

/// What a folded word (lower case, no accents) means by money_words.def and pressure_words.def: all that it may mean in any
/// language.
[[nodiscard]] Meaning meaning_of(std::string_view word);

}  // namespace threadline::facts
