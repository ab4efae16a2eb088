// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace threadline::facts {

/// A box of a form that is there to be ticked.
struct TickBox {
  std::size_t length = 0;  ///< bytes; 0: there is none
  bool is_ticked = false;
  bool is_behind = false;  ///< nothing follows on its line or in its cell: it belongs to the words before it
};

/// The cheap look.
[[nodiscard]] constexpr bool may_be_tick_box(char c) { return c == '\xE2' || c == '[' || c == '('; }

/// The box that begins at `at`: a character of its own, or "[ ]", "[x]", "( )" as people type it. A heuristic: squares that begin
/// the lines of a list are boxes, too.
[[nodiscard]] TickBox tick_box_at(std::string_view text, std::size_t at);

}  // namespace threadline::facts
