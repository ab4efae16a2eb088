// SPDX-License-Identifier: Apache-2.0
#include "findings/history_words.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/limits.h"
#include "facts/conversation/date_words.h"
#include "findings/currency.h"
#include "text/fold.h"
#include "text/rewritten_link.h"

namespace threadline::findings {

namespace {

/// What a byte is for the words: each is asked of every byte of every text.
enum Mark : std::uint8_t { kPunctuationMark = 1, kNumberMark = 2, kGapMark = 4, kSpaceMark = 8 };

constexpr auto kSpaces = std::to_array<std::string_view>({"\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "\xE2\x80\x8B"});

constexpr auto kMarks = [] {
  std::array<std::uint8_t, 256> marks{};
  const auto mark = [&marks](std::string_view bytes, Mark one) {
    for (const char byte : bytes) marks[static_cast<unsigned char>(byte)] |= one;
  };
  mark(kPunctuation, kPunctuationMark);
  mark("+().,-/", kNumberMark);
  mark("<>[]|\"*", kGapMark);
  for (std::size_t control = 0; control <= ' '; ++control) marks[control] |= kGapMark;
  for (const std::string_view space : kSpaces) mark(space.substr(0, 1), kSpaceMark);
  return marks;
}();

bool is(char letter, Mark mark) { return (kMarks[static_cast<unsigned char>(letter)] & mark) != 0; }

/// Whether a mark ends a word that belongs to no number ("Is it 310.50?").
bool ends_clause(std::string_view word) {
  return !word.empty() && std::string_view("?!;:").find(word.back()) != std::string_view::npos;
}

/// Length of the apostrophe before a group of thousands at that place, as Switzerland writes them ("3'420.50"), or 0. Source:
/// Unicode CLDR 42, de-CH, fr-CH (traditional) and it-CH: U+2019; keyboards give the others.
std::size_t apostrophe_at(std::string_view word, std::size_t at) {
  constexpr auto kApostrophes = std::to_array<std::string_view>({"'", "\u2019", "\u02bc", "\u00b4"});
  if (at == 0 || !is_digit(word[at - 1])) return 0;
  for (const std::string_view one : kApostrophes) {
    if (!word.substr(at).starts_with(one)) continue;
    const std::string_view rest = word.substr(at + one.size());
    const bool is_group = rest.size() >= 3 && std::ranges::all_of(rest.substr(0, 3), is_digit);
    return is_group && (rest.size() == 3 || !is_digit(rest[3])) ? one.size() : 0;
  }
  return 0;
}

}  // namespace

std::string_view without_punctuation(std::string_view word) {
  while (!word.empty() && is(word.front(), kPunctuationMark)) word.remove_prefix(1);
  while (!word.empty() && is(word.back(), kPunctuationMark)) word.remove_suffix(1);
  return word;
}

bool is_number(std::string_view word) {
  while (ends_clause(word)) word.remove_suffix(1);
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t length = is_digit(word[at]) || is(word[at], kNumberMark) ? 1 : apostrophe_at(word, at);
    if (length == 0) return false;
    at += length;
  }
  return std::ranges::any_of(word, is_digit);
}

unsigned months_of(std::string_view word) { return facts::months_named(text::fold(without_punctuation(word))); }

namespace {

constexpr std::size_t kWords = 20'000;
constexpr std::size_t kPhoneDigitsMost = 15;  // ITU-T E.164

/// Length of the white space or separator at that place, or 0.
std::size_t gap_at(std::string_view text, std::size_t at) {
  if (is(text[at], kGapMark)) return 1;
  if (!is(text[at], kSpaceMark)) return 0;
  for (const std::string_view space : kSpaces) {
    if (text.substr(at, space.size()) == space) return space.size();
  }
  return 0;
}

/// A word without the marks that clients write for underlined text ("_12 500 EUR_").
std::string_view without_marks(std::string_view word) {
  const std::size_t begin = word.find_first_not_of('_');
  return begin == std::string_view::npos ? word : word.substr(begin, word.find_last_not_of('_') - begin + 1);
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size() && words.size() < kWords;) {
    const std::size_t gap = gap_at(text, at);
    if (gap > 0 && at > begin) words.push_back(without_marks(text.substr(begin, at - begin)));
    at += gap > 0 ? gap : 1;
    if (gap > 0) begin = at;
  }
  if (begin < text.size() && words.size() < kWords) words.push_back(without_marks(text.substr(begin)));
  return words;
}

/// "1.234,50" has cents; "1.234,00" and "1 234" are one amount.
bool has_cents(std::string_view number) {
  if (number.size() < 4) return false;
  const std::string_view tail = number.substr(number.size() - 3);
  return (tail[0] == '.' || tail[0] == ',') && is_digit(tail[1]) && is_digit(tail[2]);
}

std::string amount_key(std::string_view written) {
  std::string number;
  std::ranges::copy_if(written, std::back_inserter(number),
                       [](char letter) { return is_digit(letter) || letter == '.' || letter == ','; });
  number = std::string(without_punctuation(number));
  if (has_cents(number) && number.ends_with("00")) number.resize(number.size() - 3);
  return text::digits_of(number);
}

/// "12/04/2018", "2018-04-12", "12.04.18": three groups, one of them two or four digits of a year, a day and a month that exist.
bool is_date(std::string_view bare) {
  const std::size_t mark = bare.find_first_of("/.-");
  if (mark == std::string_view::npos) return false;
  const std::size_t second = bare.find(bare[mark], mark + 1);
  if (second == std::string_view::npos || bare.find_first_not_of("0123456789", second + 1) != std::string_view::npos)
    return false;
  const std::string_view groups[] = {bare.substr(0, mark), bare.substr(mark + 1, second - mark - 1), bare.substr(second + 1)};
  const auto is_small = [](std::string_view group) {
    return !group.empty() && group.size() <= 2 && std::ranges::all_of(group, is_digit);
  };
  const bool year_first = groups[0].size() == 4 && is_small(groups[1]) && is_small(groups[2]);
  const bool year_last = (groups[2].size() == 4 || groups[2].size() == 2) && is_small(groups[0]) && is_small(groups[1]);
  if (!year_first && !year_last) return false;
  return std::stoi(std::string(groups[1])) <= 31 && std::stoi(std::string(year_first ? groups[2] : groups[0])) <= 31;
}

/// "12 000", "15.000,50", "1,250", "1'250": thousands in groups of three.
bool is_grouped(std::string_view bare) {
  std::size_t groups = 0, digits = 0;
  for (std::size_t at = 0; at < bare.size();) {
    if (is_digit(bare[at])) {
      ++digits, ++at;
      continue;
    }
    const bool is_mark = bare[at] == ' ' || bare[at] == '.' || bare[at] == ',';
    const std::size_t length = is_mark ? 1 : apostrophe_at(bare, at);
    if (length == 0) return false;
    at += length;
    if (groups == 0 ? digits == 0 || digits > 3 : digits != 3) return false;
    ++groups, digits = 0;
  }
  return groups > 0 && (digits == 3 || (groups > 1 && (digits == 1 || digits == 2)));
}

bool is_phone(std::string_view written, const std::string& digits) {
  const char first = written.front();
  return (first == '+' || first == '0' || first == '(') && digits.size() >= kPhoneDigitsLeast &&
         digits.size() <= kPhoneDigitsMost;
}

/// "(0)" between the country's code and the number is not dialled.
std::string without_trunk(std::string written) {
  if (const std::size_t at = written.find("(0)"); at != std::string::npos) written.erase(at, 3);
  return written;
}

HistoryWord number_word(std::string written, bool beside_currency) {
  const std::string digits = text::digits_of(written);
  const std::string_view bare = without_punctuation(written);
  if (!beside_currency && is_date(bare)) return {WordKind::date, digits, std::move(written)};
  if (!beside_currency && is_phone(written, digits))
    return {WordKind::phone, text::digits_of(without_trunk(written)), std::move(written)};
  if (beside_currency || has_cents(bare) || is_grouped(bare)) return {WordKind::amount, amount_key(written), std::move(written)};
  return {WordKind::plain, digits, std::move(written)};
}

/// Whether nothing in a word can make it a link, an address, an amount or a day.
bool is_plain(std::string_view bare) {
  return std::ranges::none_of(bare, [](char letter) { return is_digit(letter) || letter == ':' || letter == '@'; }) &&
         !(bare.size() > 3 && bare[3] == '.' && text::equal_ascii_nocase(bare.substr(0, 3), "www"));
}

/// "12k", "1,5k": thousands.
bool is_in_thousands(std::string_view key) {
  return key.size() >= 2 && key.back() == 'k' && key.find_first_not_of("0123456789.,") == key.size() - 1;
}

/// Of "1,5" and "million": with its decimal mark, which says how much it is.
std::string scaled_key(std::string_view number, std::string_view magnitude) {
  std::string key = text::ascii_lower(std::string(without_punctuation(number)) + std::string(without_punctuation(magnitude)));
  std::ranges::replace(key, ',', '.');
  return key;
}

HistoryWord other_word(std::string_view raw) {
  const std::string_view bare = without_punctuation(raw);
  std::string key = text::ascii_lower(bare);
  if (is_plain(bare)) return {WordKind::plain, std::move(key), std::string(bare)};
  if (key.starts_with("mailto:")) key.erase(0, 7);
  if (key.find("://") != std::string::npos || key.starts_with("www.")) {
    const text::OriginalLink link = text::original_link(bare, Limits{}.link_rewritings);
    if (!link.service.empty()) key = text::ascii_lower(link.url);
    if (const std::size_t scheme = key.find("://"); scheme != std::string::npos) key.erase(0, scheme + 3);
    while (key.ends_with('/')) key.pop_back();
    if (raw.ends_with("...")) key.append("...");
    return {WordKind::link, std::move(key), std::string(bare), link.opaque};
  }
  const std::size_t at = key.find('@');
  if (at != std::string::npos && at > 0 && key.find('.', at) != std::string::npos)
    return {WordKind::address, std::move(key), std::string(bare)};
  if (is_in_thousands(key)) return {WordKind::amount, scaled_key(key.substr(0, key.size() - 1), "k"), std::string(raw)};
  if (std::ranges::any_of(raw, is_digit) && has_currency_sign(raw)) return {WordKind::amount, amount_key(raw), std::string(raw)};
  return {WordKind::plain, std::move(key), std::string(bare)};
}

/// Whether the next word is of the same number. On another line only a group of thousands or of a telephone number that was
/// wrapped: "12", the number of a house, goes on with "+44 7700 900123" only if no whole number ended there.
bool goes_on(const std::string& written, std::string_view last, std::string_view next) {
  if (!is_number(next) || ends_clause(last)) return false;
  const std::string_view between(last.data() + last.size(), static_cast<std::size_t>(next.data() - last.data()) - last.size());
  if (between.find('\n') == std::string_view::npos) return true;
  const std::size_t digits = text::digits_of(written).size();
  const bool is_whole_phone = (written.starts_with('+') && digits >= 10) || (written.starts_with('0') && digits >= 10);
  return !is_whole_phone && !has_cents(without_punctuation(written)) && text::digits_of(next).size() >= 2;
}

bool may_be_day(std::string_view word) {
  const std::string_view bare = without_punctuation(word);
  return !bare.empty() && is_digit(bare.front());
}

/// The day that a word says, "12", "12th" or "1er"; 0 for another word.
int day_of(std::string_view word) {
  const std::string_view bare = without_punctuation(word);
  if (bare.size() > 4 || !may_be_day(bare)) return 0;
  const std::string digits = text::digits_of(bare);
  if (digits.empty() || digits.size() > 2 || !bare.starts_with(digits) || bare.size() > digits.size() + 2) return 0;
  const int day = std::stoi(digits);
  return day <= 31 ? day : 0;
}

/// Whether a word names a month, and the word beside it is a day of it.
bool is_day_of_month(std::string_view number, std::string_view month) { return day_of(number) > 0 && months_of(month) != 0; }

bool is_year(std::string_view word) {
  const std::string_view bare = without_punctuation(word);
  return bare.size() == 4 && (bare.starts_with("19") || bare.starts_with("20")) && std::ranges::all_of(bare, is_digit);
}

/// What stands between the parts of a date: "15 de junio de 2026", "15th of June". Source: CLDR 42, dateFormats of es, pt, gl,
/// ca.
bool is_between_parts(std::string_view word) {
  static constexpr std::array<std::string_view, 4> kWordsBetween = {"de", "del", "do", "of"};
  return std::ranges::any_of(kWordsBetween, [&](std::string_view one) { return text::equal_ascii_nocase(word, one); });
}

/// How many words from there on make one: a date in words, or 1.
std::size_t joined_at(const std::vector<HistoryWord>& words, std::size_t at) {
  const auto plain_at = [&](std::size_t place) {
    const bool is_plain = place < words.size() && words[place].kind == WordKind::plain;
    return is_plain ? std::string_view(words[place].written) : std::string_view();
  };
  const std::size_t month = is_between_parts(plain_at(at + 1)) ? at + 2 : at + 1;
  const bool is_one =
      is_day_of_month(plain_at(at), plain_at(month)) || (month == at + 1 && is_day_of_month(plain_at(month), plain_at(at)));
  if (!is_one) return 1;
  const std::size_t year = is_between_parts(plain_at(month + 1)) ? month + 2 : month + 1;
  return (is_year(plain_at(year)) ? year : month) - at + 1;
}

/// Joins "12" "April" and "April" "12", and the year behind them, to one word that is a date.
void join_dates(std::vector<HistoryWord>& words, std::vector<WordPlace>* places) {
  std::size_t kept = 0;
  for (std::size_t at = 0; at < words.size(); ++kept) {
    const std::size_t count = joined_at(words, at);
    HistoryWord& one = words[at];
    for (std::size_t next = at + 1; next < at + count; ++next) {
      one.kind = WordKind::date;
      one.key.append(" ").append(words[next].key), one.written.append(" ").append(words[next].written);
    }
    if (kept != at) words[kept] = std::move(one);
    if (places != nullptr) (*places)[kept] = {(*places)[at].begin, (*places)[at + count - 1].end};
    at += count;
  }
  words.resize(kept);
  if (places != nullptr) places->resize(kept);
}

/// Reads a text word by word. With a hash, of a plain word that no day stands beside nothing but its hash is made.
class Words {
 public:
  Words(std::string_view text, const memory::KeyedHash* hash, std::vector<WordPlace>* places)
      : text_(text), hash_(hash), places_(places), raw_(split(text)) {}

  std::vector<HistoryWord> read() {
    words_.reserve(raw_.size());
    while (at_ < raw_.size()) {
      const std::size_t first = at_;
      if (is_number(raw_[first]))
        read_number();
      else if (!read_other())
        continue;
      add_place(first);
    }
    join_dates(words_, places_);
    return std::move(words_);
  }

 private:
  void read_number() {
    const bool after_currency = at_ > 0 && is_currency(raw_[at_ - 1]);
    std::string written(raw_[at_++]);
    while (at_ < raw_.size() && written.size() < 40 && goes_on(written, raw_[at_ - 1], raw_[at_]) && !is_year_of_day())
      written.append(" ").append(raw_[at_++]);
    const bool before_currency = at_ < raw_.size() && (is_currency(raw_[at_]) || is_magnitude(raw_[at_]));
    words_.push_back(number_word(std::move(written), after_currency || before_currency));
    if (before_currency && is_magnitude(raw_[at_])) words_.back().key = scaled_key(words_.back().written, raw_[at_]);
  }

  /// Whether what was read last is a day behind its month, and the next word its year: "June 15, 2026" has two numbers.
  [[nodiscard]] bool is_year_of_day() const {
    return !words_.empty() && is_day_of_month(raw_[at_ - 1], words_.back().written) && is_year(raw_[at_]);
  }

  /// Whether it is a word at all.
  bool read_other() {
    const std::string_view raw = raw_[at_++], bare = without_punctuation(raw);
    if (bare.empty()) return false;
    if (hash_ == nullptr || !is_plain(bare) || is_beside_day()) {
      words_.push_back(other_word(raw));
      if (!words_.back().key.empty()) return true;
      words_.pop_back();
      return false;
    }
    words_.emplace_back().hash = memory::word_hash(*hash_, text::ascii_lower(bare));
    return true;
  }

  /// Whether the word before the one that was taken may be a day of a month, or what stands behind it: punctuation alone is no
  /// word, and a link without a target ("http://") is none either.
  [[nodiscard]] bool is_beside_day() const {
    if (!words_.empty() && may_be_day(words_.back().written)) return true;
    const bool is_behind_two = words_.size() > 1 && is_between_parts(words_.back().written);
    if (is_behind_two && may_be_day(words_[words_.size() - 2].written)) return true;
    std::size_t next = at_;
    while (next < raw_.size() && without_punctuation(raw_[next]).empty()) ++next;
    return next < raw_.size() && !is_plain(without_punctuation(raw_[next]));
  }

  void add_place(std::size_t first) {
    if (places_ == nullptr) return;
    const std::string_view last = raw_[at_ - 1];
    const auto begin = static_cast<std::size_t>(raw_[first].data() - text_.data());
    places_->push_back({begin, static_cast<std::size_t>(last.data() - text_.data()) + last.size()});
  }

  std::string_view text_;
  const memory::KeyedHash* hash_;
  std::vector<WordPlace>* places_;
  std::vector<std::string_view> raw_;
  std::vector<HistoryWord> words_;
  std::size_t at_ = 0;
};

}  // namespace

std::string without_gaps(std::string_view text) {
  std::string rest;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t gap = gap_at(text, at);
    if (gap == 0) rest.push_back(text[at]);
    at += gap > 0 ? gap : 1;
  }
  return text::ascii_lower(rest);
}

std::vector<HistoryWord> history_words(std::string_view text) { return Words(text, nullptr, nullptr).read(); }

std::vector<WordPlace> word_places(std::string_view text) {
  std::vector<WordPlace> places;
  (void)Words(text, nullptr, &places).read();
  return places;
}

std::vector<HistoryWord> kept_words(std::string_view text, const memory::KeyedHash& hash) {
  auto words = Words(text, &hash, nullptr).read();
  for (HistoryWord& word : words) {
    if (word.hash.empty()) word.hash = memory::word_hash(hash, word.key);
    if (word.kind == WordKind::plain) word.key.clear(), word.written.clear();
  }
  return words;
}

}  // namespace threadline::findings
