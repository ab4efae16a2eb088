// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace threadline::facts {

/// Whether what stands behind a number is dialled after it: ",,123456789#" ("," is a pause to phones and
/// modems), "PIN: 123 456".
[[nodiscard]] bool is_dial_string(std::string_view text, std::size_t end);

/// Whether the number at `at` stands in the invitation to a conference: a line near it says its ID or its code (dial_in.def).
/// Looks at a few lines before and behind. A heuristic: a line with such a label is anybody's to write.
[[nodiscard]] bool is_of_conference(std::string_view text, std::size_t at);

}  // namespace threadline::facts
