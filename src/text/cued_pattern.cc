// SPDX-License-Identifier: Apache-2.0
#include "text/cued_pattern.h"

#include <algorithm>
#include <utility>

namespace threadline::text {

CuedPattern::CuedPattern(std::initializer_list<std::string_view> cues, std::string expression)
    : cues_(cues), expression_(std::move(expression)) {}

bool CuedPattern::is_in(std::string_view text) const { return is_cued(text) && pattern().is_in(text); }

std::optional<Pattern::Match> CuedPattern::find(std::string_view text) const {
  if (!is_cued(text)) return std::nullopt;
  return pattern().find(text);
}

bool CuedPattern::is_cued(std::string_view text) const {
  return std::ranges::any_of(cues_, [&](std::string_view cue) { return text.find(cue) != text.npos; });
}

const Pattern& CuedPattern::pattern() const {
  std::call_once(once_, [this] { pattern_.emplace(expression_); });
  return *pattern_;
}

}  // namespace threadline::text
