// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "logs/clock.h"
#include "logs/mapping.h"
#include "logs/table.h"

namespace threadline::logs {

/// How a log is cut into records. list: "Name : value" lines of PowerShell's Format-List.
enum class Cut { lines, table, json, list };
enum class Encoding { utf8, utf16le, utf16be };

/// What a log is, told by its first bytes.
struct Layout {
  Format format = Format::mapped;
  Cut cut = Cut::lines;
  Encoding encoding = Encoding::utf8;
  char separator = ',';
  bool carriage_returns = false;     ///< lines end with CR alone
  std::vector<std::string> columns;  ///< of a table: column_name; of JSON rows (Log Analytics' "tables"): as written
  std::string first_key;             ///< of a list: with which each record begins
  std::uint64_t begin = 0;           ///< bytes of the decoded text before the first record: header, "{"value":["
  std::uint64_t begin_line = 1;
  int mapping = -1;  ///< index of the mapping, or -1
  ClockSettings clock;
};

/// The layout of a log, by its first 64 KiB (or all of it). Nothing where the bytes are no log: told by content, a name says
/// nothing. Mappings are asked first. The first record may be cut (a part of a log that was split), and NUL bytes may stand
/// anywhere (what a crash or a truncation under the writer leaves): they are no part of a log's text, here and in Chunks.
[[nodiscard]] std::optional<Layout> layout_of(std::string_view head, const Mappings& mappings);

/// Takes NUL bytes out.
void drop_nuls(std::string& bytes);

/// UTF-16 as UTF-8, an odd last byte left out; what is no pair of surrogates becomes U+FFFD.
[[nodiscard]] std::string from_utf16(std::string_view bytes, Encoding encoding);

}  // namespace threadline::logs
