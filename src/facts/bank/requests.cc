// SPDX-License-Identifier: Apache-2.0
// Wording about money, by classes of words near each other: no literal phrases, so that word order, accents lost and wrapping do
// not matter. A heuristic. It misses what is said without any of the nouns ("use the attached from now on"), and fires on honest
// announcements, as it must.
#include <algorithm>
#include <array>
#include <cstring>

#include "facts/bank/account.h"
#include "facts/bank/glyph.h"
#include "text/charset.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

/// Classes of words; a word may have several.
enum WordClass : std::uint32_t {
  kChange = 1U << 0U,
  kFresh = 1U << 1U,
  kStrong = 1U << 2U,
  kBank = 1U << 3U,
  kAccount = 1U << 4U,
  kDetails = 1U << 5U,
  kPay = 1U << 6U,
  kMoney = 1U << 7U,
  kSalary = 1U << 8U,
  kAsk = 1U << 9U,
  kClosed = 1U << 10U,
  kOld = 1U << 11U,
  kOurs = 1U << 12U,
  kYours = 1U << 13U,
  kTheirs = 1U << 14U,
  kNever = 1U << 15U,
  kDeny = 1U << 16U,
  kAdvice = 1U << 17U,
  kFuture = 1U << 18U,
  kUse = 1U << 19U,
  kRecords = 1U << 20U,
  kUrgent = 1U << 21U,
  kSecret = 1U << 22U,
  kGift = 1U << 23U,
  kCard = 1U << 24U,
  kPresence = 1U << 25U,
  kSoon = 1U << 26U,
};
enum Language : std::uint8_t { kFr = 1, kEn = 2, kDe = 4, kEs = 8, kIt = 16, kPt = 32, kNl = 64 };
constexpr std::string_view kLanguages[] = {"fr", "en", "de", "es", "it", "pt", "nl"};

struct MoneyWord {
  std::string_view stem;
  std::uint32_t classes;
  std::uint8_t languages;
};
constexpr MoneyWord kWords[] = {
#define THREADLINE_WORD(stem, classes, languages) {stem, classes, languages},
#include "facts/bank/money_words.def"
#undef THREADLINE_WORD
};

constexpr std::size_t kWordBytes = 24;      ///< of one word that are compared
constexpr std::size_t kSentenceWords = 60;  ///< a longer stretch without a full stop is cut

constexpr std::size_t kQuoteMarks = 200;  ///< quote marks and blanks at the start of a line
constexpr std::size_t kRequests = 1'000;  ///< of one body; more say nothing new

/// Where the words with a first letter begin in the table.
constexpr auto kFirst = [] {
  std::array<std::size_t, 27> first{};
  std::size_t at = 0;
  for (std::size_t letter = 0; letter < 27; ++letter) {
    while (at < std::size(kWords) && static_cast<std::size_t>(kWords[at].stem[0] - 'a') < letter) ++at;
    first[letter] = at;
  }
  return first;
}();

struct Meaning {
  std::uint32_t classes = 0;
  std::uint8_t languages = 0;
};

bool matches(std::string_view stem, std::string_view word) {
  if (stem.back() != '*') return stem == word;
  stem.remove_suffix(1);
  return word.starts_with(stem);
}

Meaning meaning_of(std::string_view word) {
  Meaning meaning;
  const auto letter = static_cast<std::size_t>(word[0] - 'a');
  for (std::size_t i = kFirst[letter]; i < kFirst[letter + 1]; ++i) {
    if (!matches(kWords[i].stem, word)) continue;
    meaning.classes |= kWords[i].classes;
    meaning.languages |= kWords[i].languages;
  }
  return meaning;
}

/// The words of one sentence with a meaning; `at` counts all words.
struct Sentence {
  struct Hit {
    std::size_t at;
    Meaning meaning;
  };
  std::vector<Hit> hits;
  std::uint32_t classes = 0;
  std::size_t words = 0, begin = 0, end = 0;
  bool question = false;

  [[nodiscard]] bool has(std::uint32_t wanted) const { return (classes & wanted) != 0; }
};

bool is_near(const Sentence& sentence, std::uint32_t left, std::uint32_t right, std::size_t within) {
  for (const auto& one : sentence.hits) {
    if ((one.meaning.classes & left) == 0) continue;
    for (const auto& other : sentence.hits) {
      const auto distance = one.at > other.at ? one.at - other.at : other.at - one.at;
      if (&one != &other && distance <= within && (other.meaning.classes & right) != 0) return true;
    }
  }
  return false;
}

/// "bank" beside "details" makes a strong noun of both; "our account number" too.
void join_nouns(Sentence& sentence) {
  for (auto& one : sentence.hits) {
    if ((one.meaning.classes & kDetails) == 0) continue;
    for (const auto& other : sentence.hits) {
      const auto distance = one.at > other.at ? one.at - other.at : other.at - one.at;
      if (distance > 0 && distance <= 3 && (other.meaning.classes & (kBank | kAccount)) != 0) one.meaning.classes |= kStrong;
    }
    sentence.classes |= one.meaning.classes;
  }
}

/// Details of the reader ("votre nouveau RIB") are asked for, not announced.
bool is_readers(const Sentence& sentence) {
  if (!sentence.has(kStrong | kBank | kAccount)) return false;
  for (const auto& noun : sentence.hits) {
    if ((noun.meaning.classes & (kStrong | kBank | kAccount)) == 0) continue;
    const auto is_yours = [&](const Sentence::Hit& hit) {
      return (hit.meaning.classes & (kYours | kTheirs)) != 0 && hit.at < noun.at && noun.at - hit.at <= 3;
    };
    if (!std::ranges::any_of(sentence.hits, is_yours)) return false;
  }
  return true;
}

bool is_denied(const Sentence& sentence) { return sentence.has(kNever) || is_near(sentence, kDeny, kChange, 3); }

bool announces_change(const Sentence& sentence) {
  if (sentence.has(kStrong)) {
    if (is_near(sentence, kStrong, kChange, 8) || is_near(sentence, kStrong, kFresh, 4)) return true;
    if (sentence.has(kFuture) && is_near(sentence, kUse, kStrong, 5)) return true;
    if (is_near(sentence, kOld, kStrong, 4) && sentence.has(kUse | kPay)) return true;
  }
  if (is_near(sentence, kBank, kChange, 4) || is_near(sentence, kBank, kFresh, 3)) return true;
  const bool about_money = sentence.has(kPay | kMoney | kBank | kStrong);
  if (about_money && (is_near(sentence, kAccount, kFresh, 3) || is_near(sentence, kAccount, kChange, 4))) return true;
  return about_money && is_near(sentence, kFuture, kPay, 4) && sentence.has(kAccount) &&
         sentence.has(kAsk | kFresh | kUse | kPay);
}

bool gives_pretext(const Sentence& sentence) {
  if (is_near(sentence, kOld, kAccount, 3) && sentence.has(kClosed | kPay)) return true;
  if (is_near(sentence, kOurs, kAccount, 3) && is_near(sentence, kAccount, kClosed, 8)) return true;
  return sentence.has(kRecords) && sentence.has(kAsk) && sentence.has(kUse | kChange);
}

bool is_bank_change(const Sentence& sentence) {
  if (is_denied(sentence) || is_readers(sentence)) return false;
  return announces_change(sentence) || gives_pretext(sentence);
}

bool is_payroll(const Sentence& sentence) {
  if (!sentence.has(kSalary) || is_denied(sentence)) return false;
  return is_near(sentence, kSalary, kChange | kFresh, 10) && sentence.has(kStrong | kBank | kAccount | kDetails | kSalary) &&
         (sentence.has(kStrong | kBank | kAccount | kDetails));
}

bool is_pressure(const Sentence& sentence) {
  constexpr std::uint32_t kGiftCard = kGift | kCard;  // "Geschenkkarte" is both
  const auto names_gift_card = [](const Sentence::Hit& hit) { return (hit.meaning.classes & kGiftCard) == kGiftCard; };
  if (is_near(sentence, kGift, kCard, 2) || std::ranges::any_of(sentence.hits, names_gift_card)) return true;
  if (sentence.question && sentence.words <= 12 && sentence.has(kPresence)) return true;
  const bool is_disclaimer = sentence.has(kRecords) && !sentence.has(kPay);  // "this message and any files are confidential"
  if (sentence.has(kSecret) && sentence.has(kPay | kUrgent) && !is_disclaimer) return true;
  return (sentence.has(kUrgent) && sentence.has(kPay)) || (sentence.has(kSoon) && is_near(sentence, kAsk, kPay, 8));
}

bool is_payment(const Sentence& sentence) { return is_near(sentence, kAsk, kPay, 8) && !sentence.has(kNever); }

/// The kind of what a sentence asks, empty for nothing. The strongest wins; pressure is told beside the others.
std::string_view kind_of(const Sentence& sentence) {
  if (is_payroll(sentence)) return "payroll";
  if (sentence.has(kStrong | kBank | kAccount | kRecords) && is_bank_change(sentence)) return "bank_change";
  return is_payment(sentence) ? "payment" : "";
}

std::string_view language_of(const Sentence& sentence) {
  std::array<int, std::size(kLanguages)> votes{};
  for (const auto& hit : sentence.hits) {
    const int weight = (hit.meaning.languages & (hit.meaning.languages - 1)) == 0 ? 3 : 1;
    for (std::size_t i = 0; i < votes.size(); ++i) votes[i] += ((hit.meaning.languages >> i) & 1U) != 0 ? weight : 0;
  }
  return kLanguages[static_cast<std::size_t>(std::ranges::max_element(votes) - votes.begin())];
}

/// Cuts a text into sentences of folded words and asks each what it wants.
class Reader {
 public:
  Reader(const ReadText& body, const Conversation& conversation) : body_(body), conversation_(conversation) {}

  std::vector<Request> read() {
    if (conversation_.segments.empty()) read_stretch(0, body_.text.size(), -1);
    for (const auto& segment : conversation_.segments) {
      if (!segment.introduction)
        read_stretch(segment.begin, std::min<std::size_t>(segment.end, body_.text.size()), segment.block);
    }
    return std::move(requests_);
  }

 private:
  void read_stretch(std::size_t begin, std::size_t end, std::int32_t block) {
    block_ = block;
    start_sentence(begin);
    for (std::size_t at = begin; at < end;) {
      const char c = body_.text[at];
      if (is_letter_byte(c)) {
        at = read_word(at, end);
        continue;
      }
      ++at;
      if (ends_sentence(c, at, end) || sentence_.words >= kSentenceWords) {
        sentence_.question = c == '?';
        finish(at);
      }
    }
    finish(end);
  }

  static bool is_letter_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80U) != 0;
  }

  /// A full stop before a blank, or an empty line. `at` is behind c.
  [[nodiscard]] bool ends_sentence(char c, std::size_t at, std::size_t end) const {
    const char next = at < end ? body_.text[at] : '\n';
    if (c == '.' || c == '!' || c == '?' || c == ';') return next == ' ' || next == '\n' || next == '\r' || next == '\t';
    return c == '\n' && is_empty_line(at, end);
  }

  /// Nothing but quote marks and blanks up to the next line end.
  [[nodiscard]] bool is_empty_line(std::size_t at, std::size_t end) const {
    const auto from = at;
    while (at < end && at - from < kQuoteMarks && (body_.text[at] == '>' || body_.text[at] == ' ' || body_.text[at] == '\r'))
      ++at;
    return at >= end || body_.text[at] == '\n';
  }

  std::size_t read_word(std::size_t at, std::size_t end) {
    char word[kWordBytes];
    std::size_t length = 0;
    while (at < end && is_letter_byte(body_.text[at])) {
      char letter = body_.text[at];
      std::size_t step = 1;
      if ((static_cast<unsigned char>(letter) & 0x80U) != 0) {
        const auto point = text::code_point_at(body_.text, at);
        step = point.length;
        letter = latin_base(point.value);
        if (letter == ' ' && (point.value < 0x200B || point.value > 0x200D) && point.value != 0xAD) {
          at += step;
          break;
        }
      }
      at += step;
      if (letter != ' ' && length < kWordBytes) word[length++] = static_cast<char>(letter | 0x20);
    }
    if (length > 0) take({word, length});
    return at;
  }

  void take(std::string_view word) {
    ++sentence_.words;
    const auto meaning = meaning_of(word);
    if (meaning.classes == 0) return;
    sentence_.hits.push_back({sentence_.words, meaning});
    sentence_.classes |= meaning.classes;
  }

  void start_sentence(std::size_t begin) {
    sentence_.hits.clear();
    sentence_.classes = 0;
    sentence_.words = 0;
    sentence_.question = false;
    sentence_.begin = begin;
  }

  void finish(std::size_t end) {
    sentence_.end = end;
    const bool of_money = sentence_.has(kStrong | kBank | kAccount | kPay | kSalary | kGift | kPresence | kRecords);
    if (of_money && !sentence_.has(kAdvice)) {
      join_nouns(sentence_);
      if (const auto kind = kind_of(sentence_); !kind.empty()) add(kind);
      if (is_pressure(sentence_)) add("pressure");
    }
    start_sentence(end);
  }

  void add(std::string_view kind) {
    if (requests_.size() >= kRequests) return;
    const auto whole = std::string_view(body_.text).substr(sentence_.begin, sentence_.end - sentence_.begin);
    auto words = text::trimmed(whole);
    while (!words.empty() && (words.front() == '>' || words.front() == ' ' || words.front() == '\n' || words.front() == '\r'))
      words.remove_prefix(1);
    const auto begin = sentence_.begin + static_cast<std::size_t>(words.data() - whole.data());
    Request request;
    request.kind = kind;
    request.language = language_of(sentence_);
    request.text = words;
    request.block = block_;
    const auto block = static_cast<std::size_t>(std::max(0, block_));
    request.level = block_ >= 0 && block < conversation_.quoted.size() ? conversation_.quoted[block].level : 0;
    request.span = body_.span_of(begin, begin + words.size());
    requests_.push_back(std::move(request));
  }

  const ReadText& body_;
  const Conversation& conversation_;
  Sentence sentence_;
  std::int32_t block_ = -1;
  std::vector<Request> requests_;
};

}  // namespace

std::vector<Request> read_requests(const ReadText& body, const Conversation& conversation) {
  return Reader(body, conversation).read();
}

}  // namespace threadline::facts
