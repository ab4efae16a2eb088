// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/pattern.h"

namespace threadline::text {

/// A pattern for folded text, each match of which holds one of its cues: a text without any is not searched, and the pattern is
/// compiled for the first one that has one. A process that judges one mail pays for no more. Threads: const use from any thread.
class CuedPattern {
 public:
  CuedPattern(std::initializer_list<std::string_view> cues, std::string expression);

  [[nodiscard]] bool is_in(std::string_view text) const;
  [[nodiscard]] std::optional<Pattern::Match> find(std::string_view text) const;

 private:
  [[nodiscard]] bool is_cued(std::string_view text) const;
  const Pattern& pattern() const;

  std::vector<std::string_view> cues_;
  std::string expression_;
  mutable std::once_flag once_;
  mutable std::optional<Pattern> pattern_;
};

}  // namespace threadline::text
