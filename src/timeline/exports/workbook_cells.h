// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace threadline::timeline {

/// Text that a cell can hold: visible, no character that XML forbids, and "_x000D_" as it stands (a spreadsheet would read it as
/// a control character; ECMA-376 22.9.2.19).
[[nodiscard]] std::string cell_text(std::string_view text);

/// The text in pieces of at most `units` UTF-16 units, none of which cuts a character. At least one piece.
[[nodiscard]] std::vector<std::string> pieces_of(const std::string& text, std::size_t units);

/// A day as spreadsheets count them (1900-03-01 is 61), and the part of a day; -1 for what they cannot say.
/// Precondition: RFC 3339.
struct SheetTime {
  double day = -1, clock = -1;
};
[[nodiscard]] SheetTime sheet_time(const std::string& time);

}  // namespace threadline::timeline
