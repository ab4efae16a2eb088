// SPDX-License-Identifier: Apache-2.0
#include "timeline/csv_record.h"

#include <algorithm>

#include "timeline/visible.h"

namespace threadline::timeline {
namespace {

constexpr std::string_view kFormulaStarts = "=+-@\t\r\n";
constexpr std::string_view kWideFormulaStarts[] = {"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};  // full-width = + - @

/// True for a cell that a spreadsheet would run. Source: OWASP, CSV injection; spaces before the sign do not help.
bool is_formula(std::string_view cell) {
  // NBSP is two bytes, neither of which starts another character of the table
  const std::size_t first = cell.find_first_not_of(" \xC2\xA0");
  if (first == std::string_view::npos) return false;
  const std::string_view rest = cell.substr(first);
  return kFormulaStarts.find(rest.front()) != std::string_view::npos ||
         std::ranges::any_of(kWideFormulaStarts, [&](std::string_view start) { return rest.starts_with(start); });
}

/// A neutral, visible cell between quotes (RFC 4180): inside quotes a separator of any locale is no separator.
std::string quoted(const std::string& cell) {
  std::string text = "\"";
  if (is_formula(cell)) text += '\'';
  for (const char byte : visible(cell)) {
    text += byte;
    if (byte == '"') text += '"';
  }
  return text + '"';
}

}  // namespace

std::string csv_record(std::span<const std::string> cells, char separator) {
  std::string record;
  for (const std::string& cell : cells) {
    if (!record.empty()) record += separator;
    record += quoted(cell);
  }
  return record + "\r\n";
}

}  // namespace threadline::timeline
