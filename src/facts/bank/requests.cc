// SPDX-License-Identifier: Apache-2.0
// Wording about money, by classes of words near each other: no literal phrases, so that word order, accents lost and wrapping do
// not matter. A heuristic. It misses what is said without any of the nouns ("use the attached from now on"), and fires on honest
// announcements, as it must.
#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "facts/bank/account.h"
#include "facts/bank/glyph.h"
#include "facts/bank/money_word.h"
#include "text/charset.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kWordBytes = 24;      ///< of one word that are compared
constexpr std::size_t kSentenceWords = 60;  ///< a longer stretch without a full stop is cut

constexpr std::size_t kQuoteMarks = 200;  ///< quote marks and blanks at the start of a line

/// The words of one sentence with a meaning; `at` counts all words.
struct Sentence {
  struct Hit {
    std::size_t at;
    Meaning meaning;
  };
  std::vector<Hit> hits;
  std::uint64_t classes = 0;
  std::size_t words = 0, begin = 0, end = 0;
  bool question = false;
  bool has_digits = false;

  [[nodiscard]] bool has(std::uint64_t wanted) const { return (classes & wanted) != 0; }
};

bool is_near(const Sentence& sentence, std::uint64_t left, std::uint64_t right, std::size_t within) {
  for (const auto& one : sentence.hits) {
    if ((one.meaning.classes & left) == 0) continue;
    for (const auto& other : sentence.hits) {
      const auto distance = one.at > other.at ? one.at - other.at : other.at - one.at;
      if (&one != &other && distance <= within && (other.meaning.classes & right) != 0) return true;
    }
  }
  return false;
}

/// Words that take their meaning from a neighbour: "bank charges", "customer account", "order number", "relev\u00e9 de compte".
struct Binding {
  std::uint64_t by, bound;
  std::size_t within;
};
constexpr Binding kBindings[] = {{kTopic, kBank | kChange, 2}, {kTopic, kBank, 3},        {kCustomer, kAccount, 1},
                                 {kOrder, kDetails, 2},        {kStatement, kAccount, 2}, {kIdiom, kAccount, 2}};

/// "Banque de donn\u00e9es", "banca dati", "data bank": a store of something. English puts the word before, the others behind.
bool is_store(const Sentence::Hit& bank, const Sentence::Hit& stock) {
  if ((bank.meaning.classes & kBank) == 0 || (stock.meaning.classes & kStock) == 0) return false;
  if ((stock.meaning.languages & kEn) != 0 && stock.at + 1 == bank.at) return true;
  return bank.at + ((stock.meaning.languages & kIt) != 0 ? 1 : 2) == stock.at;
}

void bind_neighbours(Sentence& sentence) {
  std::uint64_t classes = 0;
  for (auto& one : sentence.hits) {
    std::uint64_t lost = 0;
    for (const auto& other : sentence.hits) {
      const auto distance = one.at > other.at ? one.at - other.at : other.at - one.at;
      if (distance == 0) continue;
      for (const Binding& binding : kBindings) {
        if (distance <= binding.within && (other.meaning.classes & binding.by) != 0) lost |= binding.bound;
      }
      if (is_store(one, other)) lost |= kBank;
    }
    one.meaning.classes &= ~lost;
    classes |= one.meaning.classes;
  }
  sentence.classes = classes;
}

/// "bank" beside "details" makes a strong noun of both; "our account number" and "direct deposit" too.
void join_nouns(Sentence& sentence) {
  for (auto& one : sentence.hits) {
    const auto is_beside = [&](std::uint64_t wanted, std::size_t within) {
      return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& other) {
        const auto distance = one.at > other.at ? one.at - other.at : other.at - one.at;
        return distance > 0 && distance <= within && (other.meaning.classes & wanted) != 0;
      });
    };
    if ((one.meaning.classes & kDetails) != 0 && is_beside(kBank | kAccount, 3)) one.meaning.classes |= kStrong;
    if ((one.meaning.classes & kDetails) != 0 && is_beside(kPay, 2)) one.meaning.classes |= kStrong;
    if ((one.meaning.classes & kDeposit) != 0 && is_beside(kDirect, 1)) one.meaning.classes |= kSalaryAccount;
    if ((one.meaning.classes & kSalaryAccount) != 0) one.meaning.classes |= kSalary | kAccount;
    sentence.classes |= one.meaning.classes;
  }
}

constexpr std::uint64_t kNouns = kStrong | kBank | kAccount;

/// Details of the reader ("votre nouveau RIB") are asked for, not announced.
bool is_readers(const Sentence& sentence) {
  if (!sentence.has(kNouns)) return false;
  for (const auto& noun : sentence.hits) {
    if ((noun.meaning.classes & kNouns) == 0) continue;
    const auto is_yours = [&](const Sentence::Hit& hit) {
      return (hit.meaning.classes & (kYours | kTheirs)) != 0 && hit.at < noun.at && noun.at - hit.at <= 3;
    };
    if (!std::ranges::any_of(sentence.hits, is_yours)) return false;
  }
  return true;
}

/// A word of `right` that stands directly behind one of `left`.
bool is_led_by(const Sentence& sentence, std::uint64_t left, std::uint64_t right) {
  return std::ranges::adjacent_find(sentence.hits, [&](const Sentence::Hit& one, const Sentence::Hit& other) {
           return one.at + 1 == other.at && (one.meaning.classes & left) != 0 && (other.meaning.classes & right) != 0;
         }) != sentence.hits.end();
}

/// "From our account": money leaves it, and nobody is asked to use it.
bool is_paid_from(const Sentence& sentence) {
  const auto is_source_of = [&](const Sentence::Hit& noun) {
    return (noun.meaning.classes & kNouns) != 0 && std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& hit) {
             return (hit.meaning.classes & kSource) != 0 && hit.at < noun.at && noun.at - hit.at <= 2;
           });
  };
  return std::ranges::any_of(sentence.hits, is_source_of);
}

bool is_denied(const Sentence& sentence) {
  return sentence.has(kNever) || is_near(sentence, kDeny, kChange, 4) || is_led_by(sentence, kDeny, kFresh);
}

/// "Any change would be told by letter", "the new branch of the bank": of changes in general, or of other things at a bank.
bool is_in_general(const Sentence& sentence) {
  if (is_led_by(sentence, kAny, kChange) || is_near(sentence, kOnly, kOnlyBy, 2)) return true;
  return sentence.has(kMatter) && !is_near(sentence, kOurs, kNouns, 3);
}

/// Conditions, questions that ask nothing to be done, advertisements, what somebody received: nothing is announced.
bool is_only_talk(const Sentence& sentence) {
  if (sentence.hits.empty()) return true;
  const auto opens_with = [&](std::uint64_t wanted, std::size_t within) {
    return std::ranges::any_of(sentence.hits,
                               [&](const Sentence::Hit& hit) { return hit.at <= within && (hit.meaning.classes & wanted) != 0; });
  };
  if (opens_with(kIf, 2) && !opens_with(kAsk, 3)) return true;
  if (opens_with(kAds | kSuppose, 1) || is_in_general(sentence)) return true;
  if (is_near(sentence, kReceived, kMail, 5)) return true;
  if (!sentence.has(kOurs) && is_led_by(sentence, kYours, kChange))
    return true;  // "your change of bank details has been recorded"
  return sentence.question && !sentence.has(kCould | kMy);
}

bool announces_change(const Sentence& sentence) {
  if (is_near(sentence, kStrong, kChange, 8) || is_near(sentence, kStrong, kFresh, 4)) return true;
  if (is_near(sentence, kBank, kChange, 4)) return true;
  if (is_near(sentence, kBank, kFresh, 3)) return true;
  const bool about_money = sentence.has(kPay | kMoney | kBank | kStrong | kOurs | kRecords);
  return about_money && (is_near(sentence, kAccount, kFresh, 3) || is_near(sentence, kAccount, kChange, 6));
}

/// "Use the details below rather than those on the invoice".
bool replaces_details(const Sentence& sentence) {
  return sentence.has(kInstead) && sentence.has(kHere) && sentence.has(kMoney | kPay) && is_near(sentence, kUse, kDetails, 4);
}

/// "From now on use the account below", "pay to our subsidiary's account": another account than the one the reader knows.
bool redirects(const Sentence& sentence) {
  if (is_paid_from(sentence)) return false;
  if (sentence.has(kFuture) && sentence.has(kPay) && is_near(sentence, kBank, kHere, 4)) return true;
  if (replaces_details(sentence)) return true;
  if (!sentence.has(kStrong | kAccount)) return false;
  if (sentence.has(kFuture | kInstead) && is_near(sentence, kHere | kInstead, kStrong | kAccount, 6) &&
      sentence.has(kUse | kPay | kMoney))
    return true;
  if (sentence.has(kFuture) && is_near(sentence, kUse, kStrong | kAccount, 6)) return true;
  if (is_near(sentence, kFuture, kPay, 4) && sentence.has(kAsk | kUse | kFuture)) return true;
  return is_near(sentence, kAffiliate, kStrong | kAccount, 4) && sentence.has(kUse | kPay | kAsk);
}

/// "The old account is closed", "our account is under audit", "no longer valid", "ignore the details on the invoice".
bool retires(const Sentence& sentence) {
  constexpr std::uint64_t kOne = kStrong | kAccount;
  if (is_near(sentence, kOld, kOne, 4) && sentence.has(kClosed | kPay | kUse | kNoMore | kDrop | kDeny | kChange | kHere))
    return true;
  if (is_near(sentence, kOurs | kUsual | kOld, kOne, 5) && is_near(sentence, kOne, kClosed, 9)) return true;
  if (is_near(sentence, kStrong, kClosed, 8)) return true;
  if (is_near(sentence, kOne, kWrong, 7) && sentence.has(kUse)) return true;
  if (sentence.has(kOne) && is_near(sentence, kDeny, kReceive, 5)) return true;
  if (is_near(sentence, kBank, kClosed, 4) && sentence.has(kPay | kAccount)) return true;
  if (sentence.has(kNoMore) && is_near(sentence, kNoMore, kValid | kUse | kPay | kBank, 4) && sentence.has(kOne | kBank))
    return true;
  return is_near(sentence, kDrop, kOne, 7) && sentence.has(kPay | kStrong | kOld | kUsual);
}

bool asks_for_records(const Sentence& sentence) {
  return sentence.has(kRecords) && sentence.has(kAsk) && sentence.has(kChange) && sentence.has(kNouns);
}

bool is_bank_change(const Sentence& sentence) {
  if (is_denied(sentence) || is_readers(sentence) || is_only_talk(sentence)) return false;
  return announces_change(sentence) || redirects(sentence) || retires(sentence) || asks_for_records(sentence);
}

/// The writer's own salary and an account for it that is another than before.
bool is_payroll(const Sentence& sentence) {
  if (!sentence.has(kSalary) || is_denied(sentence) || is_only_talk(sentence)) return false;
  if (!sentence.has(kNouns | kDetails)) return false;
  if (sentence.has(kMy) && sentence.has(kStrong | kAccount) && sentence.has(kClosed | kHere | kFuture)) return true;
  return sentence.has(kMy | kAsk | kSalaryAccount) && is_near(sentence, kSalary | kNouns, kChange | kFresh | kNoMore, 10);
}

bool is_pressure(const Sentence& sentence) {
  constexpr std::uint64_t kGiftCard = kGift | kCard;  // "Geschenkkarte" is both
  const auto names_gift_card = [](const Sentence::Hit& hit) { return (hit.meaning.classes & kGiftCard) == kGiftCard; };
  const bool is_gift_card = is_near(sentence, kGift, kCard, 2) || std::ranges::any_of(sentence.hits, names_gift_card);
  // Bought or asked for; one that has arrived is a present.
  if (is_gift_card && (sentence.question || sentence.has(kAsk | kBuy | kPay | kUrgent | kSoon))) return true;
  // "Are you at your desk?" is pressure, "are you available for a call on Tuesday at 2 pm?" an appointment.
  const bool is_appointment = sentence.has(kAppointed) || sentence.has_digits;
  if (sentence.question && sentence.words <= 12 && sentence.has(kPresence) && !is_appointment) return true;
  const bool is_disclaimer = sentence.has(kRecords) && !sentence.has(kPay);  // "this message and any files are confidential"
  if (sentence.has(kSecret) && sentence.has(kPay | kUrgent) && !is_disclaimer) return true;
  // A payment asked for today is every reminder's courtesy; whether one can be made today is not.
  return sentence.has(kPay) && (sentence.has(kUrgent) || (sentence.question && sentence.has(kSoon) && sentence.has(kAsk)));
}

/// "Please pay today": a reminder's courtesy, or pressure, by who writes it.
bool is_deadline(const Sentence& sentence) { return sentence.has(kSoon) && is_near(sentence, kAsk, kPay, 8); }

bool is_payment(const Sentence& sentence) {
  if (sentence.has(kNever)) return false;
  return is_near(sentence, kAsk, kPay, 8) || (sentence.has(kDue) && sentence.has(kMoney | kPay) && !sentence.has(kDeny));
}

/// The kind of what a sentence asks, empty for nothing. The strongest wins; pressure is told beside the others.
std::string_view kind_of(const Sentence& sentence) {
  if (is_payroll(sentence)) return "payroll";
  if ((sentence.has(kStrong | kBank | kAccount | kRecords) || replaces_details(sentence)) && is_bank_change(sentence))
    return "bank_change";
  return is_payment(sentence) ? "payment" : "";
}

/// The index in kLanguages of the language that most words speak; a word of one language counts three times.
std::size_t language_of(const Sentence& sentence) {
  std::array<int, std::size(kLanguages)> votes{};
  for (const auto& hit : sentence.hits) {
    const int weight = (hit.meaning.languages & (hit.meaning.languages - 1)) == 0 ? 3 : 1;
    for (std::size_t i = 0; i < votes.size(); ++i) votes[i] += ((hit.meaning.languages >> i) & 1U) != 0 ? weight : 0;
  }
  return static_cast<std::size_t>(std::ranges::max_element(votes) - votes.begin());
}

void keep_silencers_of(std::size_t language, Sentence& sentence) {
  sentence.classes = 0;
  for (auto& hit : sentence.hits) {
    hit.meaning.classes = (hit.meaning.classes & ~kSilencers) | hit.meaning.silencers[language];
    sentence.classes |= hit.meaning.classes;
  }
}

/// Cuts a text into sentences of folded words and asks each what it wants.
class Reader {
 public:
  Reader(const ReadText& body, const Conversation& conversation, std::uint32_t most)
      : body_(body), conversation_(conversation), most_(most) {}

  /// Where the first one beyond the limit stands.
  [[nodiscard]] const std::optional<Span>& passed() const { return passed_; }

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
      sentence_.has_digits |= c >= '0' && c <= '9';
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
    if (c == '.' || c == '!' || c == '?')
      return next == ' ' || next == '\n' || next == '\r' || next == '\t' || next == '\xC2';  // C2 A0 is NBSP
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
    sentence_.question = sentence_.has_digits = false;
    sentence_.begin = begin;
  }

  void finish(std::size_t end) {
    sentence_.end = end;
    const bool of_money =
        sentence_.has(kStrong | kBank | kAccount | kPay | kMoney | kSalary | kGift | kPresence | kRecords | kDeposit | kDue);
    if (of_money) {
      language_ = language_of(sentence_);
      keep_silencers_of(language_, sentence_);
      bind_neighbours(sentence_);
      join_nouns(sentence_);
    }
    if (of_money && !sentence_.has(kAdvice)) {
      if (const auto kind = kind_of(sentence_); !kind.empty()) add(kind);
      if (is_pressure(sentence_))
        add("pressure");
      else if (is_deadline(sentence_))
        add("deadline");
    }
    start_sentence(end);
  }

  void add(std::string_view kind) {
    if (requests_.size() >= most_) {
      if (!passed_) passed_ = body_.span_of(sentence_.begin, sentence_.begin);
      return;
    }
    const auto whole = std::string_view(body_.text).substr(sentence_.begin, sentence_.end - sentence_.begin);
    auto words = text::trimmed(whole);
    while (!words.empty() && (words.front() == '>' || words.front() == ' ' || words.front() == '\n' || words.front() == '\r'))
      words.remove_prefix(1);
    const auto begin = sentence_.begin + static_cast<std::size_t>(words.data() - whole.data());
    Request request;
    request.kind = kind;
    request.language = kLanguages[language_];
    request.text = words;
    request.block = block_;
    const auto block = static_cast<std::size_t>(std::max(0, block_));
    request.level = block_ >= 0 && block < conversation_.quoted.size() ? conversation_.quoted[block].level : 0;
    request.span = body_.span_of(begin, begin + words.size());
    requests_.push_back(std::move(request));
  }

  const ReadText& body_;
  const Conversation& conversation_;
  const std::uint32_t most_;
  std::optional<Span> passed_;
  Sentence sentence_;
  std::int32_t block_ = -1;
  std::size_t language_ = 0;
  std::vector<Request> requests_;
};

}  // namespace

std::vector<Request> read_requests(const ReadText& body, const Conversation& conversation, const Limits& limits,
                                   std::vector<Note>& notes) {
  Reader reader(body, conversation, limits.requests);
  auto requests = reader.read();
  if (reader.passed()) notes.push_back({"limit", "requests", *reader.passed()});
  return requests;
}

}  // namespace threadline::facts
