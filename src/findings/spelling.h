// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "findings/history_words.h"

namespace threadline::findings {

/// Whether a text is given words one after the other, whatever white space stands between its letters: a client that glues the
/// cells of a table to one another leaves no word as it was. Punctuation between words is passed over.
/// Limits: a word of which only a hash is known has 64 bytes at most.
class Spelling {
 public:
  /// `hash`: of words that a store kept; nullptr where words have their letters.
  Spelling(std::string_view text, const memory::KeyedHash* hash) : letters_(without_gaps(text)), hash_(hash) {}

  /// Goes on behind the word where the text has it next.
  bool take(const HistoryWord& word);
  /// Whether nothing is left of the text.
  [[nodiscard]] bool is_at_end() const;

 private:
  bool take_letters(std::string_view letters);
  bool take_hashed(const HistoryWord& word);

  std::string letters_;
  const memory::KeyedHash* hash_;
  std::size_t at_ = 0;
};

}  // namespace threadline::findings
