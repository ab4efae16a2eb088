// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "timeline/cells.h"
#include "timeline/visible.h"
#include "timeline/write.h"

namespace threadline::timeline {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  ///< what spreadsheets take UTF-8 from
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

template <class Cells>
void write_record(std::ostream& out, const Cells& cells) {
  std::string record;
  for (const auto& cell : cells) {
    if (!record.empty()) record += ',';
    record += quoted(std::string(cell));
  }
  out << record << "\r\n";
}

}  // namespace

void write_csv(std::ostream& out, const std::vector<Row>& rows, Language language) {
  out << kByteOrderMark;
  std::array<std::string_view, kColumns.size()> titles;
  std::ranges::transform(kColumns, titles.begin(), [&](std::string_view key) { return words(key, language); });
  write_record(out, titles);
  for (const Row& row : rows) write_record(out, cells_of(row, language));
}

}  // namespace threadline::timeline
