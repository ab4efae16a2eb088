// SPDX-License-Identifier: Apache-2.0
// Wording about money, by classes of words near each other: no literal phrases, so that word order, accents lost and wrapping do
// not matter. A heuristic. It misses what is said without any of the nouns ("use the attached from now on"), and fires on honest
// announcements, as it must.
#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <span>

#include "facts/bank/account.h"
#include "facts/bank/glyph.h"
#include "facts/bank/neighbour_words.h"
#include "facts/bank/pressure.h"
#include "facts/bank/sentence.h"
#include "text/charset.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kWordBytes = 24;      ///< of one word that are compared
constexpr std::size_t kSentenceWords = 60;  ///< a longer stretch without a full stop is cut

/// Words that tell of the time to come (or of what is closed) only where another leads to them, one or two words before: "\u00e0
/// partir de", "d\u00e8s lors", "de ce jour", "ab sofort", "going forward", "on hold".
struct Led {
  std::string_view word, leader;
  std::size_t before;
};
constexpr std::uint64_t kOnlyLed = kFuture | kClosed;
constexpr Led kLed[] = {{"adesso", "da", 1},
                        {"ahora", "de", 1},
                        {"ahora", "desde", 1},
                        {"effect", "with", 1},
                        {"forward", "day", 1},
                        {"forward", "going", 1},
                        {"forward", "now", 1},
                        {"forward", "moving", 1},
                        {"forward", "this", 1},
                        {"hold", "on", 1},
                        {"jour", "de", 2},
                        {"jour", "des", 2},
                        {"lors", "des", 1},
                        {"oggi", "da", 1},
                        {"oggi", "partire", 2},
                        {"partir", "a", 1},
                        {"sofort", "ab", 1},
                        {"sofort", "per", 1},
                        {"immediately", "effective", 1}};

/// First words of what somebody changes: "a chang\u00e9 ses horaires", "changes its address", "chang\u00e9 d'adresse".
constexpr auto kObjects = packed_words("d", "de", "du", "haar", "ihre", "ihren", "its", "la", "le", "les", "leur", "leurs", "sa",
                                       "ses", "seu", "seus", "son", "sua", "suas", "sus", "suo", "their", "zijn");

/// "An updated copy": a word of change behind one of these says how another thing is.
constexpr auto kArticles = packed_words("an", "ein", "eine", "einen", "een", "um", "uma", "un", "una", "une");

/// What follows belongs to whom the next word names: "les coordonn\u00e9es bancaires de vos fournisseurs".
constexpr auto kOf = packed_words("de", "dei", "delle", "di", "dos", "of", "van", "von");

/// "Before changing an account": of changes in general.
constexpr auto kBeforeChange = packed_words("antes", "avant", "before", "bevor", "prima", "voordat");

/// "Requests to change an account", "the procedure for": a word of change behind one of these and a particle is of changes in
/// general; so it is behind one request of any kind ("any request to change").
constexpr auto kRequests = packed_words("antrage", "anfragen", "demandes", "procedimiento", "procedure", "procedura", "pedidos",
                                        "requests", "richieste", "solicitudes", "verfahren", "verzoeken");
constexpr auto kOneRequest =
    packed_words("anfrage", "antrag", "demande", "pedido", "request", "richiesta", "solicitud", "verzoek");
constexpr auto kRequestParticles = packed_words("auf", "d", "de", "di", "for", "of", "om", "to", "tot", "van", "von", "zur");

/// A mail of the writer's own, or mail as a way: "this e-mail", "our message", "by e-mail".
constexpr auto kOwnMail =
    packed_words("by", "ce", "cet", "cette", "deze", "diese", "diesem", "dieser", "dit", "esta", "este", "mein", "meine",
                 "meiner", "mi", "mijn", "minha", "mon", "my", "nostra", "nostro", "notre", "nuestro", "onze", "our", "par",
                 "per", "por", "questa", "questo", "that", "this", "tramite", "unsere", "unserer", "via");

constexpr std::size_t kQuoteMarks = 200;  ///< quote marks and blanks at the start of a line

/// Details of the reader ("votre nouveau RIB") are asked for, not announced.
bool is_readers(const Sentence& sentence) {
  if (!sentence.has(kNouns)) return false;
  for (const auto& noun : sentence.hits) {
    if ((noun.meaning.classes & kNouns) == 0) continue;
    const auto is_yours = [&](const Sentence::Hit& hit) {
      if ((hit.meaning.classes & (kYours | kTheirs)) == 0) return false;
      return hit.at < noun.at ? noun.at - hit.at <= 3 : hit.is_owner && hit.at - noun.at <= 3 && !sentence.has(kOurs);
    };
    if (!std::ranges::any_of(sentence.hits, is_yours)) return false;
  }
  return true;
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
  return sentence.has(kNever) || sentence.is_elliptic || is_near_in_clause(sentence, kDeny, kChange, 4) ||
         is_led_by(sentence, kDeny, kFresh);
}

/// "Any change would be told by letter", "false changes", "the new branch of the bank": of changes in general, or of other things
/// at a bank.
bool is_in_general(const Sentence& sentence) {
  if (is_led_by(sentence, kAny | kWrong, kChange) || is_near(sentence, kOnly, kOnlyBy, 2)) return true;
  return sentence.has(kMatter) && !is_near(sentence, kOurs, kNouns, 3);
}

/// "Do not act on e-mails that tell of new bank details": of mails that others may send. What asks for anything behind them, or
/// speaks of "our new account", is the writer's own.
bool warns_of_mails(const Sentence& sentence) {
  constexpr std::size_t kToMail = 6, kToChange = 8;
  const auto is_warned_of = [&](const Sentence::Hit& mail) {
    return (mail.meaning.classes & kMail) != 0 && !mail.is_own &&
           std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& deny) {
             return (deny.meaning.classes & (kDeny | kNever)) != 0 && deny.at < mail.at && mail.at - deny.at <= kToMail;
           });
  };
  const auto mail = std::ranges::find_if(sentence.hits, is_warned_of);
  if (mail == sentence.hits.end()) return false;
  for (const auto& hit : std::span(mail + 1, sentence.hits.end())) {
    if (hit.at - mail->at > kToChange || (hit.meaning.classes & (kOurs | kPay | kUse | kAsk | kHere)) != 0) return false;
    if ((hit.meaning.classes & (kChange | kFresh)) != 0) return true;
  }
  return false;
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
  if (is_near(sentence, kReceived, kMail, 5) || warns_of_mails(sentence)) return true;
  if (!sentence.has(kOurs) && is_led_by(sentence, kYours, kChange))
    return true;  // "your change of bank details has been recorded"
  const bool is_presupposed = is_led_by(sentence, kOurs, kFresh) && is_near(sentence, kFresh, kStrong, 3);
  return sentence.question && !sentence.has(kCould | kMy) && !is_presupposed;  // "have you received our new account details?"
}

bool announces_change(const Sentence& sentence) {
  if (is_near(sentence, kStrong, kChange, 8) || is_near(sentence, kStrong, kFresh, 4)) return true;
  if (is_bank_changed(sentence)) return true;
  if (sentence.has(kOurs | kStrong) && !sentence.has(kPay) && is_ahead(sentence, kFuture, kBank, 4)) return true;
  const bool about_money = sentence.has(kPay | kMoney | kBank | kStrong | kOurs | kRecords);
  return about_money && (is_near(sentence, kAccount, kFresh, 3) || is_near_in_clause(sentence, kAccount, kChange, 6));
}

/// "Use the details below rather than those on the invoice".
bool replaces_details(const Sentence& sentence) {
  return sentence.has(kInstead) && sentence.has(kHere) && sentence.has(kMoney | kPay) && is_near(sentence, kUse, kDetails, 4);
}

/// "From now on use the account below", "pay to our subsidiary's account": another account than the one the reader knows.
bool redirects(const Sentence& sentence) {
  if (is_paid_from(sentence)) return false;
  if (is_near(sentence, kUsual, kNouns, 2) && !sentence.has(kInstead | kHere | kOld | kAffiliate)) return false;
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
  if (sentence.has(kRecords) && is_near(sentence, kAccount, kClosed, 8)) return true;
  if (is_near(sentence, kOne, kWrong, 7) && sentence.has(kUse | kCorrect)) return true;
  if (is_near_in_clause(sentence, kDeny, kValid, 2) && is_near(sentence, kOne, kValid, 7) && sentence.has(kUse)) return true;
  if (is_near_in_clause(sentence, kDeny, kIdiom, 2) && is_near(sentence, kIdiom, kStrong, 6)) return true;
  const bool is_of_old = is_near(sentence, kOne, kRecords | kUsual | kOld, 4) || is_ahead(sentence, kOne, kDocument, 4);
  const bool is_forbidden =
      is_ahead(sentence, kDeny, kPay, 2) || is_led_by(sentence, kPay, kDeny) ||
      (is_ahead(sentence, kPay, kDeny, 2) && is_ahead(sentence, kDeny, kOne, kSentenceWords) && sentence.has(kHere));
  if (is_of_old && is_forbidden) return true;
  if (is_near(sentence, kDrop, kPay, 3) && is_near(sentence, kOne, kHere, 3)) return true;
  if (sentence.has(kOne) && is_near(sentence, kDeny, kReceive, 5)) return true;
  if (is_near(sentence, kBank, kClosed, 4) && sentence.has(kPay | kAccount)) return true;
  const bool is_other = sentence.has(kHere | kInstead | kFresh) && !is_ahead(sentence, kOne, kDocument, 4);
  const bool is_of_account = is_near_in_clause(sentence, kNoMore, kOne | kBank, kSentenceWords) ||
                             (sentence.has(kOne | kBank) && is_other) || is_led_by(sentence, kOurs, kOne);
  if (is_of_account && is_near_in_clause(sentence, kNoMore, kValid | kUse | kPay | kBank, 4)) return true;
  return is_near(sentence, kDrop, kOne, 7) && sentence.has(kPay | kStrong | kOld | kUsual);
}

bool asks_for_records(const Sentence& sentence) {
  return sentence.has(kRecords) && sentence.has(kAsk) && sentence.has(kChange) && sentence.has(kNouns);
}

/// "bank_change" where a change is told, "redirect" where the reader is only told where to pay from now on, which may be the
/// account that he knows; or empty.
std::string_view change_of(const Sentence& sentence) {
  if (!sentence.has(kStrong | kBank | kAccount | kRecords) && !replaces_details(sentence)) return "";
  if (is_denied(sentence) || is_readers(sentence) || is_only_talk(sentence)) return "";
  if (announces_change(sentence) || retires(sentence) || asks_for_records(sentence)) return "bank_change";
  return redirects(sentence) ? "redirect" : "";
}

/// The writer's own salary and an account for it that is another than before.
bool is_payroll(const Sentence& sentence) {
  if (!sentence.has(kSalary) || is_denied(sentence) || is_only_talk(sentence)) return false;
  if (sentence.if_you && !sentence.has(kMy)) return false;  // "tell us if you change your account before payroll closes"
  if (!sentence.has(kNouns | kDetails)) return false;
  const bool is_asked = is_ahead(sentence, kAsk, kSalary | kDeposit | kNouns, kSentenceWords);
  if (sentence.has(kYours) && !sentence.has(kMy | kOurs) && !is_asked) return false;  // "your direct deposit has been updated"
  if (sentence.has(kMy) && sentence.has(kStrong | kAccount) && sentence.has(kClosed | kHere | kFuture)) return true;
  return sentence.has(kMy | kAsk | kSalaryAccount) && is_near(sentence, kSalary | kNouns, kChange | kFresh | kNoMore, 10);
}

/// "My account is closed. Would it be possible to pay my next salary into this one": the first sentence speaks of the account.
bool pays_salary(const Sentence& sentence) {
  return sentence.has(kSalary) && sentence.has(kPay | kDeposit) && !is_denied(sentence);
}

/// "Here is my account for the salary": nothing says that there was another.
bool is_only_given(const Sentence& sentence) {
  return sentence.has(kHere) && !sentence.has(kChange | kFresh | kClosed | kFuture | kNoMore | kOld | kInstead);
}

bool is_payment(const Sentence& sentence) {
  if (sentence.has(kNever)) return false;
  return is_near(sentence, kAsk, kPay, 8) || (sentence.has(kDue) && sentence.has(kMoney | kPay) && !sentence.has(kDeny));
}

/// The kind of what a sentence asks, empty for nothing. The strongest wins; pressure is told beside the others.
std::string_view kind_of(const Sentence& sentence) {
  if (is_payroll(sentence)) return is_only_given(sentence) ? "payroll_given" : "payroll";
  if (const auto kind = change_of(sentence); !kind.empty()) return kind;
  return is_payment(sentence) ? "payment" : "";
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
      if (c >= '0' && c <= '9') read_digit(at);
      sentence_.clauses += c == ',' || c == ';' ? 1 : 0;
      if (ends_sentence(c, at, end) || sentence_.words >= kSentenceWords) {
        sentence_.question = c == '?';
        finish(at);
      }
    }
    finish(end);
  }

  /// `at` is behind the digit. "17:30" is an hour of the day without a word.
  void read_digit(std::size_t at) {
    sentence_.has_digits = true;
    digit_end_ = at;
    const std::string_view rest = std::string_view(body_.text).substr(at);
    const auto is_digit = [&](std::size_t place) { return rest.size() > place && rest[place] >= '0' && rest[place] <= '9'; };
    if (rest.starts_with(":") && is_digit(1) && is_digit(2) && !is_digit(3)) sentence_.has_clock = true;
  }

  static bool is_letter_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80U) != 0;
  }

  /// A full stop before a blank, or an empty line. `at` is behind c.
  [[nodiscard]] bool ends_sentence(char c, std::size_t at, std::size_t end) const {
    const char next = at < end ? body_.text[at] : '\n';
    if (c == '.' && is_title_before(at - 1)) return false;
    if (c == '.' || c == '!' || c == '?')
      return next == ' ' || next == '\n' || next == '\r' || next == '\t' || next == '\xC2';  // C2 A0 is NBSP
    return c == '\n' && is_empty_line(at, end);
  }

  [[nodiscard]] bool is_title_before(std::size_t stop) const {
    constexpr std::size_t kLongest = 6;
    const auto from = stop - std::min(stop, kLongest);
    const auto before = std::string_view(body_.text).substr(from, stop - from);
    const auto word = before.substr(before.find_last_of(" \n\t('") + 1);
    return std::ranges::find(kTitles, word) != std::end(kTitles);
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
    const bool is_unit = digit_end_ > 0 && at - digit_end_ <= 1;
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
    if (length > 0) take({word, length}, is_unit);
    return at;
  }

  /// Whether the word that has just been read is one of kLed and stands behind none of its leaders.
  [[nodiscard]] bool lacks_leader(std::string_view word) const {
    bool is_led = false;
    for (const Led& led : kLed) {
      if (led.word != word) continue;
      if (words_before_[led.before - 1] == packed(led.leader)) return false;
      is_led = true;
    }
    return is_led;
  }

  /// Whether "before" stands right before the word that is being read, or "avant de".
  [[nodiscard]] bool is_after_before() const {
    constexpr auto kParticles = packed_words("d", "de", "di");
    return is_one_of(words_before_[is_one_of(words_before_[0], kParticles) ? 1 : 0], kBeforeChange);
  }

  /// Whether the word that is being read stands behind "requests to", "the procedure for", or "any request to".
  [[nodiscard]] bool is_after_requests() const {
    if (!is_one_of(words_before_[0], kRequestParticles)) return false;
    const auto is_any = [&](const Sentence::Hit& hit) {
      return (hit.meaning.classes & kAny) != 0 && sentence_.words - hit.at <= 4;
    };
    return is_one_of(words_before_[1], kRequests) ||
           (is_one_of(words_before_[1], kOneRequest) && std::ranges::any_of(sentence_.hits, is_any));
  }

  /// Whether the mail that is being named is the writer's own: "this e-mail", "by mail".
  [[nodiscard]] bool is_own_mail() const { return is_one_of(words_before_[words_before_[0] == packed("e") ? 1 : 0], kOwnMail); }

  static void forget(std::uint64_t what, Meaning& meaning) {
    meaning.classes &= ~what;
    for (auto& classes : meaning.in) classes &= ~what;
  }

  /// What the word says of the one right before it: what is changed, or that money arrives on an account and not from it.
  void bind_to_last(std::string_view word) {
    if (sentence_.hits.empty()) return;
    auto& last = sentence_.hits.back();
    if (last.at + 1 != sentence_.words || last.clause != sentence_.clauses) return;
    if ((last.meaning.classes & kChange) != 0) last.has_object |= is_one_of(packed(word), kObjects);
    if (words_before_[0] == packed("remittance") && is_one_of(packed(word), kPapers)) forget(kStrong | kBank, last.meaning);
    if ((last.meaning.classes & kArrived) != 0 && word == "sur") forget(kSource, last.meaning);
  }

  void take(std::string_view word, bool is_unit) {
    ++sentence_.words;
    bind_to_last(word);
    auto meaning = meaning_of(word);
    if ((meaning.classes & kOnlyLed) != 0 && lacks_leader(word)) forget(kOnlyLed, meaning);
    const bool has_article = (meaning.classes & kChange) != 0 && is_one_of(words_before_[0], kArticles);
    const bool is_owner = (meaning.classes & kYours) != 0 && is_one_of(words_before_[0], kOf);
    if ((meaning.classes & kChange) != 0 && (is_after_before() || is_after_requests())) forget(kChange, meaning);
    const bool is_own = (meaning.classes & kMail) != 0 && is_own_mail();
    sentence_.is_elliptic = word == "not" && is_one_of(words_before_[0], packed_words("have", "has"));
    sentence_.if_you |=
        is_one_of(packed(word), packed_words("you", "vous")) && is_one_of(words_before_[0], packed_words("if", "si"));
    if (word.starts_with("modifi") && words_before_[0] == packed("se")) forget(kChange, meaning);
    starts_before_ = sentence_.words == 1 ? is_one_of(packed(word), kBeforeChange) : starts_before_;
    if (starts_before_ && is_one_of(words_before_[0], kAnyOne)) forget(kFresh, meaning);
    if (word == "paye" && is_one_of(words_before_[0], kAuxiliaries)) forget(kSalary, meaning);
    if (word == "ouvert" && !is_one_of(words_before_[0], kOpeners)) forget(kChange, meaning);
    words_before_ = {packed(word), words_before_[0]};
    if (meaning.pressure != 0) {
      sentence_.pressing.push_back({sentence_.words, meaning.pressure, meaning.pressing_in});
      sentence_.pressure |= meaning.pressure;
      sentence_.has_clock |= is_unit && (meaning.pressure & kClockUnit) != 0;
    }
    if (meaning.classes == 0) return;
    sentence_.hits.push_back({sentence_.words, sentence_.clauses, meaning, has_article, is_owner, is_own});
    sentence_.classes |= meaning.classes;
  }

  void start_sentence(std::size_t begin) {
    sentence_.forget();
    sentence_.begin = begin;
    words_before_ = {};
    digit_end_ = 0;
  }

  void finish(std::size_t end) {
    sentence_.end = end;
    const bool of_money =
        sentence_.has(kStrong | kBank | kAccount | kPay | kMoney | kSalary | kGift | kPresence | kRecords | kDeposit | kDue);
    if (of_money || may_press(sentence_)) {
      language_ = language_of(sentence_);
      read_neighbours(sentence_, language_);
      hear(of_money);
    }
    start_sentence(end);
  }

  void hear(bool of_money) {
    if (sentence_.has(kAdvice)) return;
    std::string_view asked = of_money ? kind_of(sentence_) : "";
    if (is_writers_account_gone_ && pays_salary(sentence_)) asked = "payroll";
    is_writers_account_gone_ = asked == "bank_change" && sentence_.has(kMy);
    if (!asked.empty()) add(asked);
    if (const auto kind = pressure_of(sentence_); !kind.empty()) add(kind);
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
  std::array<std::uint64_t, 2> words_before_{};  ///< the last words packed, the nearest first
  std::size_t digit_end_ = 0;                    ///< behind the last digit of the sentence, 0 for none
  bool starts_before_ = false;                   ///< the sentence begins with "before"
  bool is_writers_account_gone_ = false;         ///< the sentence before says that an account of the writer is closed
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
