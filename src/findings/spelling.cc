// SPDX-License-Identifier: Apache-2.0
#include "findings/spelling.h"

#include <algorithm>
#include "text/fold.h"

namespace threadline::findings {

bool Spelling::take(const HistoryWord& word) {
  at_ = std::min(letters_.find_first_not_of(kPunctuation, at_), letters_.size());
  return word.written.empty() ? take_hashed(word) : take_letters(without_gaps(without_punctuation(word.written)));
}

bool Spelling::is_at_end() const { return letters_.find_first_not_of(kPunctuation, at_) == std::string::npos; }

bool Spelling::take_letters(std::string_view letters) {
  if (letters.empty() || !std::string_view(letters_).substr(at_).starts_with(letters)) return false;
  at_ += letters.size();
  return true;
}

/// Numbers are hashed by their digits alone.
bool Spelling::take_hashed(const HistoryWord& word) {
  constexpr std::size_t kMost = 64;
  const std::size_t most = std::min(kMost, letters_.size() - at_);
  for (std::size_t length = 1; hash_ != nullptr && length <= most; ++length) {
    const std::string piece = letters_.substr(at_, length);
    const bool is_it = memory::word_hash(*hash_, piece) == word.hash ||
                       (is_number(piece) && memory::word_hash(*hash_, text::digits_of(piece)) == word.hash);
    if (!is_it) continue;
    at_ += length;
    return true;
  }
  return false;
}

}  // namespace threadline::findings
