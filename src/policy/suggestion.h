// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace threadline::policy {

struct NearWord {
  std::string_view word;
  std::size_t edits = 0;  ///< insertions, deletions and replacements of a letter
};

/// The allowed word nearest to the given one; nothing where none is within two edits or a third of its length.
[[nodiscard]] std::optional<NearWord> nearest_word(std::string_view given, const std::vector<std::string_view>& allowed);

/// "did you mean X?" for a near word, and all that is allowed.
[[nodiscard]] std::string suggestion(std::string_view given, const std::vector<std::string_view>& allowed);

}  // namespace threadline::policy
