// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "logs/table.h"
#include "text/pattern.h"

namespace threadline::logs {

/// How a log that threadline does not know is read: a small JSON file of the analyst's, or one that is shipped (docs/logs.md).
struct Mapping {
  std::string name;  ///< shown in rows
  Act act = Act::other;
  bool telling = false;                    ///< every record is a row; else those that name something of the case
  std::optional<text::Pattern> recognise;  ///< a line among the first ones matches it
  std::optional<text::Pattern> line;       ///< of a record; its groups are `groups`. Else the log is a table
  std::vector<std::optional<Field>> groups;
  std::optional<text::Pattern> skip;                   ///< lines that are no records
  std::vector<std::pair<std::string, Field>> columns;  ///< of a table: lower-case name, or number from 1
  char separator = '\0';                               ///< of a table; 0: told by its first line
  bool has_header = true;
  ClockSettings clock;
};
using Mappings = std::vector<std::shared_ptr<const Mapping>>;

/// Reads a mapping. Errors: no JSON, a wrong member, a pattern that RE2 refuses: file, JSON pointer, hint.
/// Limits: log_mapping_bytes.
[[nodiscard]] Result<std::shared_ptr<const Mapping>> read_mapping(std::string_view json, const std::string& file,
                                                                  const Limits& limits);

/// Which column of a table the mapping means, by its name, else by its number. Nothing where the table has none such.
[[nodiscard]] std::optional<std::size_t> column_meant(const std::string& named, const std::vector<std::string>& columns);

/// Whether the header of a table has the columns that the mapping names, one by its name at least.
[[nodiscard]] bool has_columns_of(const Mapping& mapping, const std::vector<std::string>& columns);

/// Whether the log's first lines are of this mapping.
[[nodiscard]] bool is_mapped_by(const Mapping& mapping, std::string_view head);

/// What a line says by the mapping's pattern. Nothing where it does not match.
[[nodiscard]] std::optional<Event> mapped_event(const Mapping& mapping, std::string_view line, const ClockSettings& clock);

/// What is the same for a record of a table and of lines: the mapping's act, the words of the record.
[[nodiscard]] Event mapped_event(const Mapping& mapping, const Fields& fields, const ClockSettings& clock);

}  // namespace threadline::logs
