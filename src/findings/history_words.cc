// SPDX-License-Identifier: Apache-2.0
#include "findings/history_words.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "base/limits.h"
#include "text/fold.h"
#include "text/rewritten_link.h"

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
  if (static_cast<unsigned char>(letter) <= ' ' || std::string_view("<>[]|\"").find(letter) != std::string_view::npos) return 1;
  for (const std::string_view space : kSpaces) {
    if (text.substr(at, space.size()) == space) return space.size();
  }
  return 0;
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size() && words.size() < kWords;) {
    const std::size_t gap = gap_at(text, at);
    if (gap > 0 && at > begin) words.push_back(text.substr(begin, at - begin));
    at += gap > 0 ? gap : 1;
    if (gap > 0) begin = at;
  }
  if (begin < text.size() && words.size() < kWords) words.push_back(text.substr(begin));
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

bool is_phone(std::string_view written, const std::string& digits) {
  const char first = written.front();
  return (first == '+' || first == '0' || first == '(') && digits.size() >= kPhoneDigitsLeast &&
         digits.size() <= kPhoneDigitsMost;
}

HistoryWord number_word(std::string written, bool beside_currency) {
  const std::string digits = digits_of(written);
  const std::string_view bare = without_punctuation(written);
  if (!beside_currency && is_phone(written, digits)) return {WordKind::phone, digits, std::move(written)};
  if (beside_currency || has_cents(bare)) return {WordKind::amount, amount_key(written), std::move(written)};
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

/// Where protected words stand in a text, by the two words beside them; a context that occurs twice is no place.
class Places {
 public:
  explicit Places(const std::vector<HistoryWord>& words) : words_(words) {
    for (std::size_t at = 0; at < words.size(); ++at) {
      note(before_, context_before(words, at), at);
      note(after_, context_after(words, at), at);
    }
  }

  /// The word of the original at the place of copy[at], or nullptr.
  [[nodiscard]] const HistoryWord* counterpart(const std::vector<HistoryWord>& copy, std::size_t at) const {
    const HistoryWord* found = find(before_, context_before(copy, at));
    return found != nullptr && found->kind == copy[at].kind ? found : find(after_, context_after(copy, at));
  }

 private:
  using Map = std::unordered_map<std::string, std::size_t>;
  static constexpr std::size_t kTwice = static_cast<std::size_t>(-1);

  static std::string context_before(const std::vector<HistoryWord>& words, std::size_t at) {
    return at < 2 ? std::string{} : words[at - 2].key + " " + words[at - 1].key;
  }
  static std::string context_after(const std::vector<HistoryWord>& words, std::size_t at) {
    return at + 2 >= words.size() ? std::string{} : words[at + 1].key + " " + words[at + 2].key;
  }

  static void note(Map& map, std::string context, std::size_t at) {
    if (context.size() < 4) return;
    const auto [place, is_new] = map.try_emplace(std::move(context), at);
    if (!is_new) place->second = kTwice;
  }

  const HistoryWord* find(const Map& map, const std::string& context) const {
    const auto place = map.find(context);
    return place == map.end() || place->second == kTwice ? nullptr : &words_[place->second];
  }

  const std::vector<HistoryWord>& words_;
  Map before_, after_;
};

std::unordered_set<std::string> keys_of(const std::vector<HistoryWord>& words) {
  std::unordered_set<std::string> keys;
  for (const HistoryWord& word : words) keys.insert(word.key);
  return keys;
}

/// A link whose target its rewriter hides or tells the host of, or whose text is the same address in another form.
bool is_rewritten(const HistoryWord& left, const HistoryWord& right) {
  if (left.kind != WordKind::link) return false;
  const auto host = [](const std::string& key) { return key.substr(0, key.find_first_of("/?#")); };
  return left.opaque || right.opaque || host(left.key) == host(right.key);
}

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
    while (at < raw.size() && is_number(raw[at]) && written.size() < 40) written.append(" ").append(raw[at++]);
    words.push_back(number_word(std::move(written), after_currency || (at < raw.size() && is_currency(raw[at]))));
  }
  return words;
}

std::vector<Replaced> replaced_words(std::string_view quoted, std::string_view original) {
  const auto copy = history_words(quoted);
  const auto source = history_words(original);
  const auto copy_keys = keys_of(copy);
  const auto source_keys = keys_of(source);
  const Places places(source);
  std::vector<Replaced> replaced;
  for (std::size_t at = 0; at < copy.size(); ++at) {
    const HistoryWord& word = copy[at];
    if (word.kind == WordKind::plain || source_keys.contains(word.key)) continue;
    const HistoryWord* other = places.counterpart(copy, at);
    if (other == nullptr || other->kind != word.kind || copy_keys.contains(other->key) || is_rewritten(word, *other)) continue;
    replaced.push_back({word.kind, word.written, other->written});
  }
  return replaced;
}

}  // namespace threadline::findings
