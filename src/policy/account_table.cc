// SPDX-License-Identifier: Apache-2.0
#include "policy/account_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "text/charset.h"
#include "text/fold.h"

namespace threadline::policy {
namespace {

using Cells = std::vector<std::string>;
using Column = std::string AccountRow::*;

struct Header {
  Column column;
  std::string_view words;
};
constexpr auto kHeaders = std::to_array<Header>({
#define THREADLINE_COLUMN(column, words) {&AccountRow::column, words},
#include "policy/account_columns.def"
#undef THREADLINE_COLUMN
});
const std::vector<Column> kWithoutHeader = {&AccountRow::name, &AccountRow::domains, &AccountRow::account};

std::string as_utf8(std::string_view bytes) {
  const bool is_utf16 = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  const std::string_view charset = is_utf16 ? "utf-16" : text::is_valid_utf8(bytes) ? "utf-8" : "windows-1252";
  std::string text = text::decode(bytes, charset).text;
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return text;
}

/// What parts the cells: the most frequent of three in the first line that says anything, outside quotes.
char separator_of(std::string_view text) {
  std::array<std::size_t, 3> counts{};
  constexpr std::string_view kSeparators = ";,\t";
  bool quoted = false;
  for (const char byte : text) {
    if (byte == '"') quoted = !quoted;
    if (quoted) continue;
    const bool is_empty = std::ranges::all_of(counts, [](std::size_t count) { return count == 0; });
    if (byte == '\n' && !is_empty) break;
    if (const auto at = kSeparators.find(byte); at != kSeparators.npos) ++counts[at];
  }
  return kSeparators[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

struct Line {
  Cells cells;
  std::size_t number = 1;
};

/// Cuts RFC 4180 text into lines of cells. A quote opens a quoted cell only at its beginning.
class Cutter {
 public:
  Cutter(std::string_view text, char separator) : text_(text), separator_(separator) {}

  Result<std::vector<Line>> cut(const std::string& file) {
    while (at_ < text_.size()) take(text_[at_++]);
    if (quoted_)
      return tl::unexpected(
          Error{fmt::format("line {}: a quote is not closed", line_.number), file, "write a quote in a cell twice"});
    end_line();
    return std::move(lines_);
  }

 private:
  void take(char byte) {
    if (byte == '\n') ++number_;
    if (quoted_) return take_quoted(byte);
    if (byte == '"' && cell_.empty()) {
      quoted_ = true;
    } else if (byte == separator_) {
      end_cell();
    } else if (byte == '\n') {
      end_line();
    } else {
      cell_ += byte;
    }
  }

  void take_quoted(char byte) {
    const bool is_doubled = byte == '"' && at_ < text_.size() && text_[at_] == '"';
    if (byte == '"' && !is_doubled) {
      quoted_ = false;
      return;
    }
    cell_ += byte;
    if (is_doubled) ++at_;
  }

  void end_cell() {
    line_.cells.emplace_back(text::trimmed(cell_));
    cell_.clear();
  }

  void end_line() {
    end_cell();
    const bool says = std::ranges::any_of(line_.cells, [](const std::string& cell) { return !cell.empty(); });
    if (says) lines_.push_back(std::move(line_));
    line_ = {.cells = {}, .number = number_};
  }

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0, number_ = 1;
  bool quoted_ = false;
  std::string cell_;
  Line line_;
  std::vector<Line> lines_;
};

Column column_of(const std::string& cell) {
  std::string words = text::fold(cell);
  std::ranges::replace(words, '_', ' ');
  const auto* found = std::ranges::find(kHeaders, std::string_view(words), &Header::words);
  return found == kHeaders.end() ? nullptr : found->column;
}

/// The columns that a header names; empty where the line is none.
std::vector<Column> columns_of(const Cells& cells) {
  std::vector<Column> columns;
  for (const std::string& cell : cells) {
    const Column column = column_of(cell);
    columns.push_back(std::ranges::find(columns, column) == columns.end() ? column : nullptr);
  }
  const bool is_header = std::ranges::any_of(columns, [](Column column) { return column != nullptr; });
  return is_header ? columns : std::vector<Column>{};
}

AccountRow row_of(const Line& line, const std::vector<Column>& columns) {
  AccountRow row;
  row.line = line.number;
  for (std::size_t i = 0; i < std::min(columns.size(), line.cells.size()); ++i) {
    if (columns[i] != nullptr) row.*columns[i] = line.cells[i];
  }
  return row;
}

}  // namespace

Result<std::vector<AccountRow>> read_account_table(std::string_view bytes, const std::string& file) {
  if (bytes.size() > Limits{}.policy_bytes)
    return tl::unexpected(
        Error{"too large for a table of accounts", file, fmt::format("policy_bytes: {}", Limits{}.policy_bytes)});
  const std::string text = as_utf8(bytes);
  auto lines = Cutter(text, separator_of(text)).cut(file);
  if (!lines) return tl::unexpected(lines.error());
  std::vector<Column> columns = lines->empty() ? std::vector<Column>{} : columns_of(lines->front().cells);
  const bool has_header = !columns.empty();
  if (!has_header) columns = kWithoutHeader;
  if (std::ranges::find(columns, &AccountRow::account) == columns.end())
    return tl::unexpected(Error{"no column for accounts", file, "columns: name, domain, account"});
  std::vector<AccountRow> rows;
  for (auto line = lines->begin() + (has_header ? 1 : 0); line != lines->end(); ++line) rows.push_back(row_of(*line, columns));
  if (rows.empty()) return tl::unexpected(Error{"no accounts in it", file, "columns: name, domain, account"});
  return rows;
}

}  // namespace threadline::policy
