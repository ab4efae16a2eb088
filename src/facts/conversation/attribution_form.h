// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "facts/conversation/tokens.h"

namespace threadline::facts {

/// A stretch of tokens; half-open.
struct TokenRange {
  std::size_t first = 0, last = 0;
};

/// Where an attribution of a known form says who wrote; the date stands where the date's words stand.
struct AttributionForm {
  std::string_view language;
  TokenRange author;
  TokenRange date;         ///< of the form's slot, also where no grammar reads the date
  std::size_t suffix = 0;  ///< bytes at the author's end that are grammar, not name ("-k", "-i")
  std::string_view verb;   ///< the longest fixed word, as the table writes it
};

/// The known form that the tokens have from first to last, and in it the author; of several the one with most fixed words.
/// `date`: the tokens of the date that was found; without one (empty) its place is taken to be that of the numbers, where there
/// are enough for a date and a time. Limits: a form has at most three slots, each of at most 40 tokens.
[[nodiscard]] std::optional<AttributionForm> attribution_form(const std::vector<Token>& tokens, TokenRange date);

/// Whether a dated form begins with that folded word ("on", "le", "am").
[[nodiscard]] bool begins_form(std::string_view folded);

}  // namespace threadline::facts
