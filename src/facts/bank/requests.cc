// SPDX-License-Identifier: Apache-2.0
// Cuts a text into sentences of folded words, and asks each what it wants (request_kind.h).
#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <span>

#include "facts/bank/account.h"
#include "facts/bank/glyph.h"
#include "facts/bank/neighbour_words.h"
#include "facts/bank/pressure.h"
#include "facts/bank/reason.h"
#include "facts/bank/redirection.h"
#include "facts/bank/request_kind.h"
#include "facts/bank/sentence.h"
#include "facts/bank/spoken.h"
#include "facts/bank/tick_box.h"
#include "facts/conversation/signature_line.h"
#include "text/charset.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kWordBytes = 24;  ///< of one word that are compared

/// "Don't", "can't": the verb before the apostrophe and the "t".
constexpr auto kBeforeT = packed_words("aren", "can", "didn", "doesn", "don", "hasn", "haven", "isn", "won");

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

/// "De plus", "en plus", "au plus": more, and no more "no longer".
constexpr auto kMoreWords = packed_words("au", "d", "de", "en", "la", "le", "les", "of");

/// "Our client account" is one of a solicitor's, "the client account" a customer's.
constexpr auto kShownBefore = packed_words("different", "following", "new", "other", "our", "this");

/// A mail of the writer's own, or mail as a way: "this e-mail", "our message", "by e-mail".
constexpr auto kOwnMail =
    packed_words("by", "ce", "cet", "cette", "deze", "diese", "diesem", "dieser", "dit", "esta", "este", "mein", "meine",
                 "meiner", "mi", "mijn", "minha", "mon", "my", "nostra", "nostro", "notre", "nuestro", "onze", "our", "par",
                 "per", "por", "questa", "questo", "that", "this", "tramite", "unsere", "unserer", "via");

constexpr std::size_t kQuoteMarks = 200;  ///< quote marks and blanks at the start of a line

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
      if (says_nothing(c)) {
        ++at;
        continue;
      }
      const TickBox box = may_be_tick_box(c) ? tick_box_at(body_.text, at) : TickBox{};
      if (box.length > 0) {
        at = read_box(box, at);
        continue;
      }
      if (is_letter_byte(c)) {
        at = read_word(at, end);
        if (sentence_.words >= kSentenceWords) finish(at);
        continue;
      }
      ++at;
      if (c >= '0' && c <= '9') read_digit(at);
      if (c == '"') take_quotation_mark();
      if (c == ',' || c == ';') {
        ++sentence_.clauses;
        sentence_.clause_begins.push_back(sentence_.words);
      }
      if (ends_sentence(c, at, end) || sentence_.words >= kSentenceWords) {
        sentence_.question = c == '?';
        finish(at);
      }
    }
    finish(end);
  }

  /// A box parts what stands before it from what it stands for, up to the end of the line.
  std::size_t read_box(const TickBox& box, std::size_t at) {
    if (box.is_behind && sentence_.words > 0) {
      is_unticked_ = !box.is_ticked;
      finish(at + box.length);
    } else {
      finish(at);
      is_unticked_ = !box.is_ticked;
    }
    return at + box.length;
  }

  /// `at` is behind the digit. "17:30" is an hour of the day without a word.
  void read_digit(std::size_t at) {
    sentence_.has_digits = true;
    digit_end_ = at;
    const std::string_view rest = std::string_view(body_.text).substr(at);
    const auto is_digit = [&](std::size_t place) { return rest.size() > place && rest[place] >= '0' && rest[place] <= '9'; };
    if (rest.starts_with(":") && is_digit(1) && is_digit(2) && !is_digit(3)) sentence_.has_clock = true;
  }

  static bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
  static bool is_letter_byte(char c) { return is_ascii_letter(c) || (static_cast<unsigned char>(c) & 0x80U) != 0; }

  /// A byte that is of no word, number or tick box, and ends neither a clause nor a sentence.
  static bool says_nothing(char c) {
    static constexpr auto kSilent = [] {
      std::array<bool, 128> silent{};
      for (unsigned char byte = 0; byte < 128; ++byte) {
        const char ascii = static_cast<char>(byte);
        const bool is_digit = ascii >= '0' && ascii <= '9';
        const bool is_of_word = (ascii >= 'a' && ascii <= 'z') || (ascii >= 'A' && ascii <= 'Z') || is_digit;
        silent[byte] = !is_of_word && std::string_view("\n\t\".,;!?[(").find(ascii) == std::string_view::npos;
      }
      return silent;
    }();
    return static_cast<unsigned char>(c) < kSilent.size() && kSilent[static_cast<unsigned char>(c)];
  }

  /// A full stop before a blank, or an empty line. `at` is behind c.
  [[nodiscard]] bool ends_sentence(char c, std::size_t at, std::size_t end) const {
    const char next = at < end ? body_.text[at] : '\n';
    if (is_unticked_ && (c == '\n' || c == '\t')) return true;
    if (c == '.' && (is_of_date(at) || is_title_before(at - 1) || is_number_word_before())) return false;
    if (c == '.' || c == '!' || c == '?')
      return next == ' ' || next == '\n' || next == '\r' || next == '\t' || next == '\xC2';  // C2 A0 is NBSP
    return c == '\n' && (is_empty_line(at, end) || begins_signature(at, end));
  }

  /// Whether the line at that place ends the letter below words about money: a closing formula, or below a line that ends in
  /// digits a few words that begin with a capital letter ("Finance Manager").
  [[nodiscard]] bool begins_signature(std::size_t at, std::size_t end) const {
    constexpr std::size_t kLongest = 60;
    if (!sentence_.has(kStrong | kBank | kAccount | kPay | kMoney | kSalary) || is_one_word_before(at)) return false;
    std::string_view line = std::string_view(body_.text).substr(at, end - at);
    line.remove_prefix(std::min(line.substr(0, kQuoteMarks).find_first_not_of("> \t"), line.size()));
    line = text::trimmed(line.substr(0, std::min(line.find('\n'), line.size())));
    if (line.empty() || line.size() > kLongest) return false;
    return is_closing(plain_words(line)) || (ends_in_digits(at) && is_title(line));
  }

  /// A column of single words is no letter. `at` is behind the end of a line.
  [[nodiscard]] bool is_one_word_before(std::size_t at) const {
    std::string_view line = std::string_view(body_.text).substr(sentence_.begin, at - 1 - sentence_.begin);
    line = text::trimmed(line.substr(line.rfind('\n') + 1));
    line.remove_prefix(std::min(line.find_first_not_of("> "), line.size()));
    return line.find(' ') == line.npos;
  }

  /// `at` is behind the end of a line.
  [[nodiscard]] bool ends_in_digits(std::size_t at) const {
    constexpr std::size_t kBlanks = 100;
    if (digit_end_ == 0 || at - digit_end_ > kBlanks) return false;
    return text::trimmed(std::string_view(body_.text).substr(digit_end_, at - digit_end_)).empty();
  }

  static bool is_title(std::string_view line) {
    const std::string_view first = line.substr(0, text::code_point_at(line, 0).length);
    return text::lower(first) != first && line.find_first_of("0123456789:.?!@") == line.npos;
  }

  /// "1. Januar": a full stop behind a digit, before a German month.
  [[nodiscard]] bool is_of_date(std::size_t at) const {
    static constexpr std::string_view kMonths[] = {"Jan", "J\u00e4n", "Feb", "M\u00e4r", "Apr", "Mai", "Jun",
                                                   "Jul", "Aug",      "Sep", "Okt",      "Nov", "Dez"};
    if (digit_end_ == 0 || digit_end_ + 1 != at) return false;
    const auto rest = std::string_view(body_.text).substr(at);
    const auto month = rest.substr(std::min(rest.substr(0, kQuoteMarks).find_first_not_of(" >\t\r\n\xC2\xA0"), rest.size()));
    return std::ranges::any_of(kMonths, [&](std::string_view name) { return month.starts_with(name); });
  }

  /// "A/c no.": the sentence goes on.
  [[nodiscard]] bool is_number_word_before() const {
    if (words_before_[0] != packed("no") || sentence_.hits.size() < 2) return false;
    const auto& noun = sentence_.hits[sentence_.hits.size() - 2];  // "no" is one that denies as well
    return noun.at + 1 == sentence_.words && (noun.meaning.classes & kAccount) != 0;
  }

  [[nodiscard]] bool is_title_before(std::size_t stop) const {
    constexpr std::size_t kLongest = 6;
    const auto from = stop - std::min(stop, kLongest);
    const auto before = std::string_view(body_.text).substr(from, stop - from);
    const auto word = before.substr(before.find_last_of(" \n\t('") + 1);
    return std::ranges::find(kTitles, word) != std::end(kTitles);
  }

  void take_quotation_mark() {
    if (sentence_.quotation_marks++ == 0) sentence_.quoted_from = sentence_.words;
    sentence_.quoted_to = sentence_.words;
  }

  /// Angle quotes, and the high and low double ones.
  static bool is_quotation_mark(char32_t point) { return point == 0xAB || point == 0xBB || (point >= 0x201C && point <= 0x201E); }

  /// Nothing but quote marks and blanks up to the next line end: Outlook writes an empty line as one no-break space.
  [[nodiscard]] bool is_empty_line(std::size_t at, std::size_t end) const {
    constexpr std::string_view kNoBreak = "\xC2\xA0";
    const auto from = at;
    while (at < end && at - from < kQuoteMarks) {
      const bool is_blank = body_.text[at] == '>' || body_.text[at] == ' ' || body_.text[at] == '\r';
      if (!is_blank && !std::string_view(body_.text).substr(at).starts_with(kNoBreak)) break;
      at += is_blank ? 1 : kNoBreak.size();
    }
    return at >= end || body_.text[at] == '\n';
  }

  std::size_t read_word(std::size_t at, std::size_t end) {
    const std::string_view text = std::string_view(body_.text).substr(0, end);
    char word[kWordBytes];
    std::size_t length = 0;
    const auto add = [&](char letter) {
      if (length < kWordBytes) word[length++] = static_cast<char>(letter | 0x20);
    };
    const bool is_unit = digit_end_ > 0 && at - digit_end_ <= 1;
    while (at < end && is_letter_byte(text[at])) {
      if (is_ascii_letter(text[at])) {
        add(text[at++]);
        continue;
      }
      const auto point = text::code_point_at(text, at);
      at += point.length;
      const char letter = latin_base(point.value);
      if (letter != ' ') {
        add(letter);
      } else if ((point.value < 0x200B || point.value > 0x200D) && point.value != 0xAD) {
        if (is_quotation_mark(point.value)) take_quotation_mark();
        break;
      }
    }
    if (length > 0) take({word, length}, is_unit);
    return at;
  }

  /// Whether the word that has just been read is one of kLed and stands behind none of its leaders.
  [[nodiscard]] bool lacks_leader(std::string_view word) const {
    bool is_led = false;
    for (const Led& led : kLed) {
      if (led.word != word) continue;
      const bool is_period = led.word == "month" || led.word == "quarter" || led.word == "week";
      if (is_period && !is_one_of(words_before_[0], packed_words("next", "this"))) return true;  // "from last month"
      if (words_before_[led.before - 1] == packed(led.leader)) return false;
      is_led = true;
    }
    return is_led;
  }

  /// Whether "before" stands right before the word that is being read, "avant de" or "before you".
  [[nodiscard]] bool is_after_before() const {
    constexpr auto kParticles = packed_words("d", "de", "di", "you");
    return is_one_of(words_before_[is_one_of(words_before_[0], kParticles) ? 1 : 0], kBeforeChange);
  }

  /// Whether the word that is being read stands behind "requests to", "the procedure for", "any request to", or "your request
  /// to".
  [[nodiscard]] bool is_after_requests() const {
    if (!is_one_of(words_before_[0], kRequestParticles)) return false;
    const auto is_any = [&](const Sentence::Hit& hit) {
      const auto distance = sentence_.words - hit.at;
      return ((hit.meaning.classes & kAny) != 0 && distance <= 4) || ((hit.meaning.classes & kYours) != 0 && distance == 3);
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

  /// "From now on", "ab sofort", "a partir de hoje": the word that is being read says since when, and hurries nobody.
  [[nodiscard]] bool is_from_on() const {
    constexpr auto kFrom = packed_words("ab", "da", "dal", "desde", "from", "per", "vanaf");
    constexpr auto kOfDay = packed_words("d", "de", "di");
    return is_one_of(words_before_[0], kFrom) ||
           (is_one_of(words_before_[0], kOfDay) && is_one_of(words_before_[1], packed_words("partir", "partire")));
  }

  static void forget_haste(Meaning& meaning) {
    forget(kUrgent | kSoon, meaning);
    meaning.pressure &= ~static_cast<std::uint32_t>(kDay);
  }

  void add_pair(std::uint64_t said, Meaning& meaning) const {
    const auto add = [&](std::uint64_t classes, std::size_t language = kEnglish) {
      meaning.classes |= classes;
      meaning.languages |= static_cast<std::uint8_t>(1U << language);
      meaning.in[language] |= classes;
    };
    if (said == packed("t") && is_one_of(words_before_[0], kBeforeT)) add(kDeny);
    if (is_one_of(said, packed_words("accounts", "comptes")) && are_moved_or_ours()) add(kAccount);
    for (const Pair& pair : kPairs) {
      if (pair.word == said && words_before_[0] == pair.leader) add(pair.classes, pair.language);
    }
  }

  /// "We move our" accounts, "another of our" accounts.
  [[nodiscard]] bool are_moved_or_ours() const {
    const bool are_moved = is_one_of(words_before_[0], packed_words("nos", "our")) && stands(sentence_.spoken, kMovings);
    return are_moved || ends_with_words(packed_words("another", "of", "our"));
  }

  /// Whether these are the last words before the one that is being read.
  template <std::size_t N>
  [[nodiscard]] bool ends_with_words(const std::array<std::uint64_t, N>& words) const {
    const auto before = std::span(sentence_.spoken).first(sentence_.spoken.size() - 1);
    return before.size() >= N && std::ranges::equal(before.last(N), words);
  }

  /// What the word says of the one right before it: what is changed, or that money arrives on an account and not from it.
  void bind_to_last(std::uint64_t said) {
    if (sentence_.hits.empty()) return;
    auto& last = sentence_.hits.back();
    if (last.at + 1 != sentence_.words || last.clause != sentence_.clauses) return;
    if ((last.meaning.classes & kChange) != 0) last.has_object |= is_one_of(said, kObjects);
    if (words_before_[0] == packed("remittance") && is_one_of(said, kPapers)) forget(kStrong | kBank, last.meaning);
    if ((last.meaning.classes & kBank) != 0 && is_one_of(said, kPlaceNames)) forget(kBank, last.meaning);
    if (is_one_of(words_before_[0], packed_words("accounts", "comptes")) && is_one_of(said, kOffices))
      forget(kAccount, last.meaning);
    if ((last.meaning.classes & kArrived) != 0 && said == packed("sur")) forget(kSource, last.meaning);
    const bool is_closing =
        is_one_of(words_before_[1], packed_words("are", "be", "is"));  // "our account is closing: statement ..."
    if (words_before_[0] == packed("closing") && !is_closing && is_one_of(said, kAtClosing)) forget(kClosed, last.meaning);
    if (words_before_[0] == packed("antes") && is_one_of(said, packed_words("da", "das", "de", "del", "do", "dos")))
      forget(kInstead, last.meaning);
    const bool is_more =
        words_before_[0] == packed("plus") && sentence_.words > 2;  // "plus de paiement sur ce compte" begins with it
    if (is_more && is_one_of(said, packed_words("d", "de", "que")) && !is_denied_before()) forget(kNoMore, last.meaning);
  }

  /// "N'avons plus de compte", not "plus de dix ans": a French negation before the last word.
  [[nodiscard]] bool is_denied_before() const {
    constexpr std::size_t kNegation = 5;
    return stands(sentence_.spoken, back(sentence_.words, kNegation), sentence_.words, packed_words("n", "ne"));
  }

  void take(std::string_view word, bool is_unit) {
    const std::uint64_t said = packed(word);
    ++sentence_.words;
    sentence_.spoken.push_back(said);
    bind_to_last(said);
    sentence_.is_elliptic = said == packed("not") && is_one_of(words_before_[0], packed_words("have", "has"));
    sentence_.if_you |= is_one_of(said, packed_words("you", "vous")) && is_one_of(words_before_[0], packed_words("if", "si"));
    starts_before_ = sentence_.words == 1 ? is_one_of(said, kBeforeChange) : starts_before_;
    auto meaning = meaning_of(word);
    add_pair(said, meaning);
    if (meaning.classes != 0 || meaning.pressure != 0) take_meaning(word, meaning, is_unit);
    words_before_ = {said, words_before_[0]};
  }

  void take_meaning(std::string_view word, Meaning& meaning, bool is_unit) {
    const bool has_article = (meaning.classes & kChange) != 0 && is_one_of(words_before_[0], kArticles);
    const bool is_owner = (meaning.classes & kYours) != 0 && is_one_of(words_before_[0], kOf);
    const bool is_own = (meaning.classes & kMail) != 0 && is_own_mail();
    forget_beside_last(word, meaning);
    if (meaning.pressure != 0) {
      sentence_.pressing.push_back({sentence_.words, meaning.pressure, meaning.pressing_in});
      sentence_.pressure |= meaning.pressure;
      sentence_.has_clock |= is_unit && (meaning.pressure & kClockUnit) != 0;
    }
    if (meaning.classes == 0) return;
    sentence_.hits.push_back({sentence_.words, sentence_.clauses, meaning, has_article, is_owner, is_own});
    sentence_.classes |= meaning.classes;
  }

  /// Takes from the word that is being read what it does not mean behind the words before.
  void forget_beside_last(std::string_view word, Meaning& meaning) const {
    if ((meaning.classes & kOnlyLed) != 0 && lacks_leader(word)) forget(kOnlyLed, meaning);
    if ((meaning.classes & kChange) != 0 && (is_after_before() || is_after_requests())) forget(kChange, meaning);
    if (is_one_of(words_before_[0], kOf) && is_one_of(words_before_[1], kBalances)) forget(kClosed, meaning);
    if (word.starts_with("modifi") && words_before_[0] == packed("se")) forget(kChange, meaning);
    if (starts_before_ && is_one_of(words_before_[0], kAnyOne)) forget(kFresh, meaning);
    if (word == "plus" && is_one_of(words_before_[0], kMoreWords)) forget(kNoMore, meaning);
    if (is_from_on()) forget_haste(meaning);
    if (word == "client" && is_one_of(words_before_[0], kShownBefore)) forget(kCustomer, meaning);
    if (word == "paye" && is_one_of(words_before_[0], kAuxiliaries)) forget(kSalary, meaning);
    if (word == "aan" && !stands(sentence_.spoken, packed_words("pas", "passen", "past"))) forget(kChange, meaning);
    if (word == "ouvert" && !is_one_of(words_before_[0], kOpeners)) forget(kChange, meaning);
  }

  void start_sentence(std::size_t begin) {
    sentence_.forget();
    sentence_.begin = begin;
    words_before_ = {};
    digit_end_ = 0;
    is_unticked_ = false;
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
    if (is_unticked_ && !is_own_news(sentence_)) return;  // "[ ] Change of bank details", not "our bank details have changed []"
    if (sentence_.has(kAdvice) && !is_pretext(sentence_) && !is_own_news(sentence_) && !gives_fraud_as_reason(sentence_)) return;
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
  bool is_unticked_ = false;                     ///< the sentence stands for a box that nobody ticked
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
