// SPDX-License-Identifier: Apache-2.0
#include "findings/history_words.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "base/limits.h"
#include "facts/conversation/date_words.h"
#include "text/fold.h"
#include "text/rewritten_link.h"
#include "text/same_words.h"

namespace threadline::findings {
namespace {

constexpr std::size_t kWords = 20'000;
constexpr std::size_t kPhoneDigitsLeast = 8, kPhoneDigitsMost = 15;  // ITU-T E.164: fifteen digits at most

constexpr auto kSpaces = std::to_array<std::string_view>({"\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "\xE2\x80\x8B"});
constexpr auto kCurrencySigns = std::to_array<std::string_view>({"\xE2\x82\xAC", "$", "\xC2\xA3"});
constexpr auto kCurrencyWords =
    std::to_array<std::string_view>({"eur", "euro", "euros", "usd", "gbp", "chf", "dollars", "pounds"});
bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

std::string digits_of(std::string_view text) {
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits), is_digit);
  return digits;
}

/// Length of the white space or separator at that place, or 0.
std::size_t gap_at(std::string_view text, std::size_t at) {
  const char letter = text[at];
  if (static_cast<unsigned char>(letter) <= ' ' || std::string_view("<>[]|\"*").find(letter) != std::string_view::npos) return 1;
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

std::string_view without_punctuation(std::string_view word) {
  constexpr std::string_view kPunctuation = ".,;:!?()'*_";
  const std::size_t begin = word.find_first_not_of(kPunctuation);
  if (begin == std::string_view::npos) return {};
  return word.substr(begin, word.find_last_not_of(kPunctuation) - begin + 1);
}

bool is_number(std::string_view word) {
  return std::ranges::any_of(word, is_digit) && std::ranges::all_of(word, [](char letter) {
           return is_digit(letter) || std::string_view("+().,-/").find(letter) != std::string_view::npos;
         });
}

bool has_currency_sign(std::string_view word) {
  return std::ranges::any_of(kCurrencySigns, [&](std::string_view sign) { return word.find(sign) != std::string_view::npos; });
}

bool is_currency(std::string_view word) {
  const std::string lowered = text::ascii_lower(without_punctuation(word));
  return has_currency_sign(word) || std::ranges::find(kCurrencyWords, lowered) != kCurrencyWords.end();
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
  return digits_of(number);
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

/// "12 000", "15.000,50", "1,250": thousands in groups of three.
bool is_grouped(std::string_view bare) {
  std::size_t groups = 0, digits = 0;
  for (const char letter : bare) {
    if (is_digit(letter)) {
      ++digits;
      continue;
    }
    if (letter != ' ' && letter != '.' && letter != ',' && letter != '\'') return false;
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
  const std::string digits = digits_of(written);
  const std::string_view bare = without_punctuation(written);
  if (!beside_currency && is_date(bare)) return {WordKind::date, digits, std::move(written)};
  if (!beside_currency && is_phone(written, digits))
    return {WordKind::phone, digits_of(without_trunk(written)), std::move(written)};
  if (beside_currency || has_cents(bare) || is_grouped(bare)) return {WordKind::amount, amount_key(written), std::move(written)};
  return {WordKind::plain, digits, std::move(written)};
}

HistoryWord other_word(std::string_view raw) {
  const std::string_view bare = without_punctuation(raw);
  std::string key = text::ascii_lower(bare);
  if (key.starts_with("mailto:")) key.erase(0, 7);
  if (key.find("://") != std::string::npos || key.starts_with("www.")) {
    const text::OriginalLink link = text::original_link(bare, Limits{}.link_rewritings);
    if (!link.service.empty()) key = text::ascii_lower(link.url);
    if (const std::size_t scheme = key.find("://"); scheme != std::string::npos) key.erase(0, scheme + 3);
    while (key.ends_with('/')) key.pop_back();
    return {WordKind::link, std::move(key), std::string(bare), link.opaque};
  }
  const std::size_t at = key.find('@');
  if (at != std::string::npos && at > 0 && key.find('.', at) != std::string::npos)
    return {WordKind::address, std::move(key), std::string(bare)};
  if (has_currency_sign(raw) && std::ranges::any_of(raw, is_digit)) return {WordKind::amount, amount_key(raw), std::string(raw)};
  return {WordKind::plain, std::move(key), std::string(bare)};
}

std::unordered_set<std::string_view> keys_of(const std::vector<HistoryWord>& words) {
  std::unordered_set<std::string_view> keys;
  for (const HistoryWord& word : words) keys.insert(word.identity());
  return keys;
}

/// Whether the next word is of the same number. On another line only a group of thousands or of a telephone number that was
/// wrapped: "12", the number of a house, goes on with "+44 7700 900123" only if no whole number ended there.
bool goes_on(const std::string& written, std::string_view last, std::string_view next) {
  if (!is_number(next)) return false;
  const std::string_view between(last.data() + last.size(), static_cast<std::size_t>(next.data() - last.data()) - last.size());
  if (between.find('\n') == std::string_view::npos) return true;
  const std::size_t digits = digits_of(written).size();
  const bool is_whole_phone = (written.starts_with('+') && digits >= 10) || (written.starts_with('0') && digits >= 10);
  return !is_whole_phone && !has_cents(without_punctuation(written)) && digits_of(next).size() >= 2;
}

/// The digits without the trunk's zero: "+33 (0)1 99 ..." and "01 99 ..." end alike.
std::string_view significant(const std::string& digits) {
  return std::string_view(digits).substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

/// A telephone number with what follows it on the line, without its extension, or with its country's code, is the same number.
bool is_same_phone(const HistoryWord& left, const HistoryWord& right) {
  if (left.kind != WordKind::phone) return false;
  const std::string_view one = significant(left.key), other = significant(right.key);
  if (std::min(one.size(), other.size()) >= kPhoneDigitsLeast && (one.ends_with(other) || other.ends_with(one))) return true;
  return left.key.starts_with(right.key) || right.key.starts_with(left.key);
}

/// A link whose target its rewriter hides or tells the host of, or whose text is the same address in another form.
bool is_rewritten(const HistoryWord& left, const HistoryWord& right) {
  if (left.kind != WordKind::link) return false;
  const auto host = [](const std::string& key) { return key.substr(0, key.find_first_of("/?#")); };
  return left.opaque || right.opaque || host(left.key) == host(right.key);
}

/// The day that a word says, "12", "12th" or "1er"; 0 for another word.
int day_of(std::string_view word) {
  const std::string_view bare = without_punctuation(word);
  const std::string digits = digits_of(bare);
  if (digits.empty() || digits.size() > 2 || !bare.starts_with(digits) || bare.size() > digits.size() + 2) return 0;
  const int day = std::stoi(digits);
  return day <= 31 ? day : 0;
}

/// The months that a word names, bit n for the n-th.
unsigned months_of(std::string_view word) { return facts::months_named(text::fold(without_punctuation(word))); }

/// Whether a word names a month, and the word beside it is a day of it.
bool is_day_of_month(std::string_view number, std::string_view month) { return day_of(number) > 0 && months_of(month) != 0; }

bool is_year(const HistoryWord& word) {
  return word.kind == WordKind::plain && word.key.size() == 4 && (word.key.starts_with("19") || word.key.starts_with("20")) &&
         std::ranges::all_of(word.key, is_digit);
}

/// Joins "12" "April" and "April" "12", and the year behind them, to one word that is a date.
void join_dates(std::vector<HistoryWord>& words) {
  std::vector<HistoryWord> joined;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const bool has_next = at + 1 < words.size() && words[at].kind == WordKind::plain && words[at + 1].kind == WordKind::plain;
    const bool is_one = has_next && (is_day_of_month(words[at].written, words[at + 1].written) ||
                                     is_day_of_month(words[at + 1].written, words[at].written));
    joined.push_back(std::move(words[at]));
    if (!is_one) continue;
    HistoryWord& date = joined.back();
    const HistoryWord& second = words[++at];
    date = {WordKind::date, date.key + " " + second.key, date.written + " " + second.written};
    if (at + 1 >= words.size() || !is_year(words[at + 1])) continue;
    const HistoryWord& year = words[++at];
    date.key.append(" ").append(year.key), date.written.append(" ").append(year.written);
  }
  words = std::move(joined);
}

/// A day as a text writes it: by the name of its month, or in numbers, day or month first.
struct WrittenDay {
  int year = 0;  ///< of the century; 0: not said
  struct Reading {
    int day = 0;
    unsigned months = 0;  ///< bit n for the n-th
  };
  std::array<Reading, 2> readings{};
  bool is_named = false;

  [[nodiscard]] const Reading& likely() const { return readings[readings[0].months == 0 ? 1 : 0]; }
};

WrittenDay written_day(std::string_view written) {
  WrittenDay said;
  std::array<int, 3> numbers{};
  std::size_t count = 0;
  bool is_year_first = false;
  for (std::size_t at = 0; at < written.size();) {
    const std::size_t end = std::min(written.find_first_of(" /.-", at), written.size());
    const std::string_view group = written.substr(at, end - at);
    const std::string digits = digits_of(group);
    if (digits.empty())
      said.readings[0].months |= months_of(group);
    else if (digits.size() > 2)
      said.year = std::stoi(digits.substr(digits.size() - 2)) + 100, is_year_first |= count == 0;
    else if (count < numbers.size())
      numbers[count++] = std::stoi(digits);
    at = end + 1;
  }
  said.is_named = said.readings[0].months != 0;
  if (said.is_named) {
    said.readings[0].day = numbers[0];
    return said;
  }
  if (count == 3) said.year = numbers[2] + 100;
  const auto bit = [](int month) { return month >= 1 && month <= 12 ? 1U << static_cast<unsigned>(month) : 0U; };
  said.readings[0] = {is_year_first ? numbers[1] : numbers[0], bit(is_year_first ? numbers[0] : numbers[1])};
  if (!is_year_first) said.readings[1] = {numbers[1], bit(numbers[0])};
  return said;
}

/// "15 avril 2018" and "15/04/2018". A heuristic: of numbers alone either may be the day where the other text names the month;
/// where both are numbers the day stands first, unless it cannot.
bool is_same_day(const HistoryWord& left, const HistoryWord& right) {
  if (left.kind != WordKind::date || right.kind != WordKind::date) return false;
  const WrittenDay one = written_day(left.written), other = written_day(right.written);
  if (one.year != 0 && other.year != 0 && one.year != other.year) return false;
  const auto agree = [](const WrittenDay::Reading& here, const WrittenDay::Reading& there) {
    return here.day == there.day && (here.months & there.months) != 0;
  };
  if (!one.is_named && !other.is_named) return agree(one.likely(), other.likely());
  return std::ranges::any_of(one.readings, [&](const auto& here) {
    return std::ranges::any_of(other.readings, [&](const auto& there) { return agree(here, there); });
  });
}

/// Two places at which both texts say the same.
struct Match {
  std::size_t copy = 0, source = 0;
};

/// The keys that a text has once, and where.
std::unordered_map<std::string_view, std::size_t> unique_places(const std::vector<HistoryWord>& words) {
  constexpr std::size_t kTwice = static_cast<std::size_t>(-1);
  std::unordered_map<std::string_view, std::size_t> places;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const auto [place, is_new] = places.try_emplace(words[at].identity(), at);
    if (!is_new) place->second = kTwice;
  }
  std::erase_if(places, [](const auto& entry) { return entry.second == kTwice; });
  return places;
}

/// The longest run of matches in which both places grow. Source: patience sorting (Fredman 1975), as in patience diff.
std::vector<Match> longest_growing(const std::vector<Match>& matches) {
  constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::vector<std::size_t> tops, before(matches.size(), kNone);
  for (std::size_t at = 0; at < matches.size(); ++at) {
    const auto pile =
        std::ranges::lower_bound(tops, matches[at].source, {}, [&](std::size_t top) { return matches[top].source; });
    if (pile != tops.begin()) before[at] = *(pile - 1);
    if (pile == tops.end())
      tops.push_back(at);
    else
      *pile = at;
  }
  std::vector<Match> run;
  for (std::size_t at = tops.empty() ? kNone : tops.back(); at != kNone; at = before[at]) run.push_back(matches[at]);
  std::ranges::reverse(run);
  return run;
}

/// Words that both texts have once, in one order.
std::vector<Match> anchors_of(const std::vector<HistoryWord>& copy, const std::vector<HistoryWord>& source) {
  const auto here = unique_places(copy);
  const auto there = unique_places(source);
  std::vector<Match> matches;
  for (std::size_t at = 0; at < copy.size(); ++at) {
    if (!here.contains(copy[at].identity())) continue;
    if (const auto place = there.find(copy[at].identity()); place != there.end()) matches.push_back({at, place->second});
  }
  return longest_growing(matches);
}

/// What stands between two places of agreement: words [copy.first, copy.second) in whose stead the original has
/// [source.first, source.second).
struct Gap {
  std::pair<std::size_t, std::size_t> copy, source;
  bool begins_text = false, ends_text = false;
};

/// The whole of the one is the whole of the other: the common case.
bool is_same(const std::vector<HistoryWord>& copy, const std::vector<HistoryWord>& source) {
  return std::ranges::equal(copy, source, {}, &HistoryWord::identity, &HistoryWord::identity);
}

/// Compares gap by gap.
class Comparison {
 public:
  Comparison(const std::vector<HistoryWord>& copy, const std::vector<HistoryWord>& source)
      : copy_(copy), source_(source), copy_keys_(keys_of(copy)), source_keys_(keys_of(source)) {}

  std::vector<Replaced> take() {
    Match from;
    bool is_first = true;
    for (const Match& anchor : anchors_of(copy_, source_)) {
      compare({.copy = {from.copy, anchor.copy}, .source = {from.source, anchor.source}, .begins_text = is_first});
      from = {anchor.copy + 1, anchor.source + 1};
      is_first = false;
    }
    if (!is_first) compare({.copy = {from.copy, copy_.size()}, .source = {from.source, source_.size()}, .ends_text = true});
    return std::move(replaced_);
  }

 private:
  static constexpr std::size_t kGapWords = 200;  ///< a longer gap is another text, not a replaced word
  static constexpr std::size_t kEdgeWords = 3;   ///< from the agreement, where the gap reaches the text's begin or end

  void compare(Gap gap) {
    trim(gap);
    if (gap.begins_text) keep_last(gap);
    if (gap.ends_text) keep_first(gap);
    if (gap.copy.second - gap.copy.first > kGapWords || gap.source.second - gap.source.first > kGapWords) return;
    for (const WordKind kind : {WordKind::amount, WordKind::phone, WordKind::address, WordKind::link, WordKind::date})
      pair_up(only_in(copy_, gap.copy, kind, source_keys_), only_in(source_, gap.source, kind, copy_keys_));
  }

  void trim(Gap& gap) const {
    while (has_words(gap) && copy_[gap.copy.first].identity() == source_[gap.source.first].identity())
      ++gap.copy.first, ++gap.source.first;
    while (has_words(gap) && copy_[gap.copy.second - 1].identity() == source_[gap.source.second - 1].identity())
      --gap.copy.second, --gap.source.second;
  }

  static bool has_words(const Gap& gap) { return gap.copy.first < gap.copy.second && gap.source.first < gap.source.second; }

  /// A banner before and a footer behind are no replacement: only what stands right beside the agreement is compared.
  static void keep_first(Gap& gap) {
    gap.copy.second = std::min(gap.copy.second, gap.copy.first + kEdgeWords);
    gap.source.second = std::min(gap.source.second, gap.source.first + kEdgeWords);
  }
  static void keep_last(Gap& gap) {
    gap.copy.first = std::max(gap.copy.first, gap.copy.second - std::min(gap.copy.second, kEdgeWords));
    gap.source.first = std::max(gap.source.first, gap.source.second - std::min(gap.source.second, kEdgeWords));
  }

  static std::vector<const HistoryWord*> only_in(const std::vector<HistoryWord>& words, std::pair<std::size_t, std::size_t> range,
                                                 WordKind kind, const std::unordered_set<std::string_view>& other_keys) {
    std::vector<const HistoryWord*> found;
    for (std::size_t at = range.first; at < range.second; ++at) {
      if (words[at].kind == kind && !other_keys.contains(words[at].identity())) found.push_back(&words[at]);
    }
    return found;
  }

  void pair_up(const std::vector<const HistoryWord*>& quoted, const std::vector<const HistoryWord*>& original) {
    for (std::size_t at = 0; at < std::min(quoted.size(), original.size()); ++at) {
      const bool is_same = is_rewritten(*quoted[at], *original[at]) || is_same_phone(*quoted[at], *original[at]) ||
                           is_same_day(*quoted[at], *original[at]);
      if (!is_same) replaced_.push_back({quoted[at]->kind, quoted[at]->written, original[at]->written});
    }
  }

  const std::vector<HistoryWord>&copy_, &source_;
  const std::unordered_set<std::string_view> copy_keys_, source_keys_;
  std::vector<Replaced> replaced_;
};

}  // namespace

std::vector<HistoryWord> history_words(std::string_view text) {
  const auto raw = split(text);
  std::vector<HistoryWord> words;
  for (std::size_t at = 0; at < raw.size();) {
    if (!is_number(raw[at])) {
      HistoryWord word = other_word(raw[at++]);
      if (!word.key.empty()) words.push_back(std::move(word));
      continue;
    }
    const bool after_currency = at > 0 && is_currency(raw[at - 1]);
    std::string written(raw[at++]);
    while (at < raw.size() && written.size() < 40 && goes_on(written, raw[at - 1], raw[at]))
      written.append(" ").append(raw[at++]);
    words.push_back(number_word(std::move(written), after_currency || (at < raw.size() && is_currency(raw[at]))));
  }
  join_dates(words);
  return words;
}

std::vector<Replaced> replaced_words(std::string_view quoted, std::string_view original) {
  if (text::is_same_words(quoted, original, text::LineEnds::only_before_letters)) return {};
  const auto copy = history_words(quoted), source = history_words(original);
  return Comparison(copy, source).take();
}

std::vector<Replaced> replaced_words(std::string_view quoted, const memory::Record& original) {
  if (original.text == nullptr) return replaced_words(quoted, original.facts->conversation.new_text);
  return replaced_words(kept_words(quoted, *original.text->hash), *original.text);
}

std::vector<Replaced> replaced_words(const std::vector<HistoryWord>& quoted, const memory::KeptText& original) {
  if (is_same(quoted, original.words)) return {};
  return Comparison(quoted, original.words).take();
}

std::vector<HistoryWord> kept_words(std::string_view text, const memory::KeyedHash& hash) {
  auto words = history_words(text);
  for (HistoryWord& word : words) {
    word.hash = memory::word_hash(hash, word.key);
    if (word.kind == WordKind::plain) word.key.clear(), word.written.clear();
  }
  return words;
}

}  // namespace threadline::findings
