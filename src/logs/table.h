// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "logs/clock.h"
#include "logs/event.h"

namespace threadline::logs {

/// What a column may hold (fields.def).
enum class Field : std::uint8_t {
#define THREADLINE_LOG_FIELD(name) name,
#include "logs/fields.def"
#undef THREADLINE_LOG_FIELD
};
inline constexpr std::size_t kFields = static_cast<std::size_t>(Field::Enabled) + 1;
[[nodiscard]] std::string_view name_of(Field field);
[[nodiscard]] std::optional<Field> field_named(std::string_view name);

/// The fields of one record; empty where it has none.
using Fields = std::array<std::string_view, kFields>;
[[nodiscard]] inline std::string_view at(const Fields& fields, Field field) { return fields[static_cast<std::size_t>(field)]; }

/// A column's name in comparable form: folded (lower case, no accents), one kind of apostrophe, without the " [UTC]" that Log
/// Analytics appends.
[[nodiscard]] std::string column_name(std::string_view written);

/// The name and the value of a line "Name : value" of PowerShell's Format-List; nothing where the line is none (a header of a
/// mail has no space before its colon).
[[nodiscard]] std::optional<std::pair<std::string_view, std::string_view>> list_entry(std::string_view line);

/// Which field a column of that name holds in that format, and its rank among the columns of one field (lower counts first).
struct Column {
  Field field;
  std::uint32_t rank;
};
[[nodiscard]] std::optional<Column> column_named(Format format, std::string_view lower_name);

/// Fills the fields of a record from its columns, whatever their order.
class FieldsByRank {
 public:
  explicit FieldsByRank(Format format) : format_(format) {}
  /// An unknown column and an empty value are left out.
  void set(std::string_view lower_name, std::string_view value);

  Fields values{};

 private:
  Format format_;
  std::array<std::uint32_t, kFields> ranks_{};
};

/// The format whose columns these are (lower case, any order): its signature is among them, and no other knows more.
[[nodiscard]] std::optional<Format> format_of_columns(const std::vector<std::string>& lower_names);

/// The separator of a header line: the one of "," ";" tab and "|" that stands in it most often outside quotes; 0 for none.
[[nodiscard]] char separator_of(std::string_view line);

/// The cells of one record of RFC 4180, quotes undone, also where a quote stands inside an unquoted cell. At most `most`;
/// true where all fitted and the quotes were closed.
bool read_cells(std::string_view record, char separator, std::size_t most, std::vector<std::string>& cells);

/// What the record says, by its format: a sign-in, a trace line, a rule ... Not m365_audit, which is read from its AuditData.
[[nodiscard]] Event event_of(Format format, const Fields& fields, const ClockSettings& clock);

}  // namespace threadline::logs
