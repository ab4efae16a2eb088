// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "memory/memory.h"

namespace threadline::findings {

using memory::HistoryWord;
using memory::WordKind;

inline constexpr std::size_t kPhoneDigitsLeast = 8;  ///< fewer are no telephone number

/// What a word is made of.
inline constexpr std::string_view kPunctuation = ".,;:!?()'*_";  ///< at the ends of a word
[[nodiscard]] std::string_view without_punctuation(std::string_view word);
/// Digits and the marks that stand in numbers, no letter.
[[nodiscard]] bool is_number(std::string_view word);
/// The months that a word names, bit n for the n-th.
[[nodiscard]] unsigned months_of(std::string_view word);

/// The text in lower case without white space and the marks that part words ("<", "|", "*").
[[nodiscard]] std::string without_gaps(std::string_view text);

/// Where a word stands: text[begin, end), with the marks beside it.
struct WordPlace {
  std::size_t begin = 0, end = 0;
};
/// The places of `history_words(text)`, one each.
[[nodiscard]] std::vector<WordPlace> word_places(std::string_view text);

/// The words of a text, at most 20,000; quote marks, wrapping and white space (NBSP too) make no difference. Numbers in groups of
/// three digits, with cents or beside a currency are amounts; "12/04/2018", "12 April" and "12 April 2018" are dates.
[[nodiscard]] std::vector<HistoryWord> history_words(std::string_view text);

/// The words of a text with their hashes; of plain words nothing else is left.
[[nodiscard]] std::vector<HistoryWord> kept_words(std::string_view text, const memory::KeyedHash& hash);

}  // namespace threadline::findings
