// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace threadline::text {

/// Which white space may stand for which: a client that wraps a text anew changes what stands between its words.
enum class LineEnds {
  anywhere,             ///< a line may end where the other text has a blank
  only_before_letters,  ///< so too, but not before a number or a mark, whose meaning may hang on it
};

/// Whether two texts differ in nothing but the white space (blanks, tabs, line ends, no-break spaces beside them) between the
/// same words and at their ends. One pass that stops at the first difference: what reads words need not read them where this says
/// so.
[[nodiscard]] bool is_same_words(std::string_view left, std::string_view right, LineEnds ends);

/// Whether a text begins with those words, as they stand but for white space before them, and white space or its end behind them.
[[nodiscard]] bool begins_with_text(std::string_view text, std::string_view words);

}  // namespace threadline::text
