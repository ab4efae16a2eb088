// SPDX-License-Identifier: Apache-2.0
#include "findings/word_pairs.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <string>

#include "base/ascii.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

constexpr std::size_t kWords = 2'000;
constexpr std::uint32_t kBits = (1U << 21U) - 1;  ///< of a hash: a store writes it in three bytes

bool is_word_byte(char letter) {
  return static_cast<unsigned char>(letter) >= 0x80 || is_digit(letter) || (letter >= 'A' && letter <= 'Z') ||
         (letter >= 'a' && letter <= 'z');
}

/// UTF-8 of U+3000 to U+9FFF: kana, Han and their punctuation.
bool is_character_alone(char letter) {
  const auto byte = static_cast<unsigned char>(letter);
  return byte >= 0xE3 && byte <= 0xE9;
}

std::size_t end_of_word(std::string_view text, std::size_t at) {
  if (is_character_alone(text[at])) return std::min(at + 3, text.size());
  while (at < text.size() && is_word_byte(text[at]) && !is_character_alone(text[at])) ++at;
  return at;
}

std::uint32_t hash_of(std::string_view word, const memory::KeyedHash* key) {
  const std::string lower = text::ascii_lower(word);
  return key != nullptr ? key->of_word(lower) : static_cast<std::uint32_t>(std::hash<std::string>{}(lower));
}

void sort_once(std::vector<std::uint32_t>& hashes) {
  std::ranges::sort(hashes);
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
}

double share_of(const std::vector<std::uint32_t>& part, const std::vector<std::uint32_t>& whole) {
  if (part.empty()) return 1;
  std::vector<std::uint32_t> both;
  std::ranges::set_intersection(part, whole, std::back_inserter(both));
  return static_cast<double>(both.size()) / static_cast<double>(part.size());
}

}  // namespace

WordPairs word_pairs(std::string_view text, const memory::KeyedHash* key) {
  WordPairs found;
  std::uint32_t before = 0;
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size() && count < kWords;) {
    const std::size_t end = end_of_word(text, at);
    if (end == at) {
      ++at;
      continue;
    }
    const std::string_view word = text.substr(at, end - at);
    const std::uint32_t hash = hash_of(word, key);
    at = end, ++count;
    if (std::ranges::any_of(word, is_digit)) {
      found.numbers.push_back(hash & kBits);
      continue;
    }
    if (found.words++ > 0) found.pairs.push_back(((before * 31U) ^ hash) & kBits);
    before = hash;
  }
  sort_once(found.pairs);
  sort_once(found.numbers);
  return found;
}

Likeness likeness(const WordPairs& copy, const WordPairs& source) {
  return {.pairs = copy.pairs.empty() ? 0 : share_of(copy.pairs, source.pairs),
          .numbers = share_of(copy.numbers, source.numbers)};
}

}  // namespace threadline::findings
