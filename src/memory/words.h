// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "memory/keyed_hash.h"

namespace threadline::memory {

/// What a word of a mail is worth protecting for.
enum class WordKind : std::uint8_t { plain, amount, phone, address, link, date };

/// One word in comparable form. Numbers written in groups ("12 345,67", "01 23 45 67 89") are one word.
struct HistoryWord {
  WordKind kind = WordKind::plain;
  std::string key;  ///< lower case without punctuation; amounts, phones and dates in numbers: digits; links: as before they were
                    ///< rewritten. A plain word that a store kept has none
  std::string written;
  bool opaque = false;    ///< a rewritten link that does not tell its target
  std::string hash = {};  ///< of the key, where a text is compared with one that a store kept; else empty

  /// What two equal words have in common.
  [[nodiscard]] const std::string& identity() const { return hash.empty() ? key : hash; }
};

/// HistoryWord::hash.
[[nodiscard]] inline std::string word_hash(const KeyedHash& hash, const std::string& key) {
  const std::uint32_t value = hash.of_word(key);
  return {static_cast<char>(value & 0xffU), static_cast<char>(value >> 8U & 0xffU), static_cast<char>(value >> 16U & 0xffU),
          static_cast<char>(value >> 24U)};
}

/// A text as the pairs of words that follow each other in it, numbers left out (findings/word_pairs.h).
struct WordPairs {
  std::uint32_t words = 0;             ///< without digits in them
  std::vector<std::uint32_t> pairs;    ///< hashes of 21 bits, sorted, each once
  std::vector<std::uint32_t> numbers;  ///< of words with digits in them, sorted, each once
};

/// What a store keeps of a message's text: protected words as written, of all others hashes.
struct KeptText {
  std::vector<HistoryWord> words;     ///< all with `hash`; plain ones have nothing else
  std::vector<std::uint32_t> spoken;  ///< of the words that findings/original.cc counts; sorted, each once
  WordPairs pairs;                    ///< empty in rows of stores before version 4
  std::uint64_t subject = 0;          ///< of the folded base subject
  bool about_payment = false;         ///< findings/wording.h, speaks_of_payment
  const KeyedHash* hash = nullptr;    ///< the store's; lives as long as the store
};

}  // namespace threadline::memory
