// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace threadline::timeline {

/// What spreadsheets take UTF-8 from.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// How a csv is written: French Excel wants a semicolon.
struct CsvForm {
  char separator = ',';
  bool has_mark = true;  ///< begins with the byte order mark
};

/// One record (RFC 4180) with its line end. Every cell is between quotes, visible, and neutral where a spreadsheet would run it.
[[nodiscard]] std::string csv_record(std::span<const std::string> cells, char separator);

}  // namespace threadline::timeline
