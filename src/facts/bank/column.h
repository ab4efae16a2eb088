// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace threadline::facts {

/// What stands in one column from a place on, as its cells below each other are read: the cell that begins there, and those of
/// the next lines that stand below it.
struct ColumnText {
  std::string text;           ///< the cells, parted by \n
  std::size_t first_end = 0;  ///< of the first cell, in the text that was searched
};

/// Readings of the column in which text[begin, ...) stands, in lines that are laid out with blanks or tabs (a PDF's page, a
/// table): one for each place where the first cell may end. Empty where no cell stands below.
/// Limits: lines of 400 characters; each cell is looked for in the next three lines.
[[nodiscard]] std::vector<ColumnText> column_texts(std::string_view text, std::size_t begin);

}  // namespace threadline::facts
