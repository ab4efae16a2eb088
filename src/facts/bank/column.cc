// SPDX-License-Identifier: Apache-2.0
#include "facts/bank/column.h"

#include <algorithm>
#include <optional>

#include "base/utf8.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kLineBytes = 400;  ///< a longer line is no row of a page
constexpr std::size_t kLines = 3;        ///< looked at for the next cell: other columns may have lines in between
constexpr std::size_t kCells = 3;        ///< of one account below its first: an IBAN has 34 characters
constexpr std::size_t kEnds = 4;         ///< of the first cell: groups of an account may be spread
constexpr std::size_t kSlack = 3;        ///< characters that layout moves a cell to the left
constexpr std::size_t kTab = 1'000;      ///< a column begins behind each tab

/// Part of a line between wide gaps, in the text, with its columns.
struct Cell {
  std::size_t begin = 0, end = 0;
  std::size_t column = 0, column_end = 0;
};

bool is_break(char c) { return c == '\n' || c == '\f' || c == '\r'; }

std::size_t width_of(char c) { return is_inside_character(c) ? 0 : 1; }

/// Blanks that part two columns: a tab, or two.
bool is_wide_gap(std::string_view text, std::size_t at) { return text[at] == '\t' || text.substr(at, 2) == "  "; }

std::size_t line_end(std::string_view text, std::size_t at) {
  const auto end = std::ranges::find_if(text.substr(at, kLineBytes), is_break) - text.substr(at, kLineBytes).begin();
  return at + static_cast<std::size_t>(end);
}

/// The cells of the line that begins at `at`.
std::vector<Cell> cells_of(std::string_view text, std::size_t at) {
  const std::size_t end = line_end(text, at);
  std::vector<Cell> cells;
  std::size_t column = 0;
  for (bool is_inside = false; at < end; ++at) {
    const bool is_blank = text[at] == '\t' || text[at] == ' ';
    if (is_inside && is_blank && is_wide_gap(text, at)) is_inside = false;
    if (!is_blank && !is_inside) cells.push_back({.begin = at, .column = column});
    is_inside |= !is_blank;
    column = text[at] == '\t' ? (column / kTab + 1) * kTab : column + width_of(text[at]);
    if (!is_blank) {
      cells.back().end = at + 1;
      cells.back().column_end = column;
    }
  }
  return cells;
}

std::optional<std::size_t> line_begin(std::string_view text, std::size_t at) {
  const std::size_t from = at - std::min(at, kLineBytes);
  for (std::size_t begin = at; begin > from; --begin) {
    if (is_break(text[begin - 1])) return begin;
  }
  return from == 0 ? std::optional<std::size_t>(0) : std::nullopt;
}

/// The begin of the next line of the same page.
std::optional<std::size_t> next_line(std::string_view text, std::size_t at) {
  std::size_t end = line_end(text, at);
  if (text.substr(end, 2) == "\r\n") ++end;
  if (end + 1 >= text.size() || text[end] == '\f' || !is_break(text[end]) || text[end + 1] == '\f') return std::nullopt;
  return end + 1;
}

/// The next cell that begins below [from, to).
std::optional<Cell> cell_below(std::string_view text, std::size_t line, std::size_t from, std::size_t to) {
  auto next = next_line(text, line);
  for (std::size_t lines = 0; next && lines < kLines; ++lines, next = next_line(text, *next)) {
    for (const Cell& cell : cells_of(text, *next)) {
      if (cell.column + kSlack >= from && cell.column < to) return cell;
    }
  }
  return std::nullopt;
}

/// The first cell from `begin` to that end, and those below what it is part of.
ColumnText below(std::string_view text, std::size_t begin, std::size_t column, const Cell& end) {
  ColumnText read{.text = std::string(text.substr(begin, end.end - begin)), .first_end = end.end};
  std::size_t at = begin;
  for (std::size_t cells = 0; cells < kCells; ++cells) {
    const auto line = line_begin(text, at);
    const auto next = line ? cell_below(text, *line, column, end.column_end) : std::nullopt;
    if (!next) break;
    read.text.append("\n").append(text.substr(next->begin, next->end - next->begin));
    at = next->begin;
  }
  return read;
}

}  // namespace

std::vector<ColumnText> column_texts(std::string_view text, std::size_t begin) {
  std::vector<ColumnText> texts;
  const auto line = line_begin(text, begin);
  if (!line) return texts;
  const auto cells = cells_of(text, *line);
  const auto first = std::ranges::find_if(cells, [begin](const Cell& cell) { return begin < cell.end; });
  for (auto end = first; end != cells.end() && texts.size() < kEnds; ++end) {
    ColumnText read = below(text, begin, first->column, *end);
    if (begin + read.text.size() > read.first_end) texts.push_back(std::move(read));
  }
  return texts;
}

}  // namespace threadline::facts
