// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/note.h"

namespace threadline::message {

/// One header field as it stands, a view into the message's bytes.
struct RawField {
  std::string_view name;
  std::string_view raw;  ///< after the colon, folding kept, without the final line end
  std::uint64_t offset = 0;
  std::uint64_t raw_offset = 0;
};

/// The header of a message: its fields, and where the body begins.
struct HeaderBlock {
  std::vector<RawField> fields;
  std::uint64_t length = 0;  ///< bytes up to and including the blank line
  std::vector<Note> notes;
};

/// Finds the header's fields in one linear pass (RFC 5322 section 2.2, obsolete white space before the colon of section 4.5).
/// Tolerated: a byte order mark, blank lines and "From " lines before the first field. A line that is no field ends the header,
/// unless a well-known field follows before the next blank line (a heuristic: a body that begins at once with "To: " lines after
/// junk is read as header).
/// Limits: header_fields, header_bytes.
[[nodiscard]] HeaderBlock read_header_block(std::string_view bytes, const Limits& limits);

/// Whether the name is one that mail headers carry: of a table, or "X-...".
[[nodiscard]] bool is_known_field(std::string_view name);

/// The length of the field name at the line's start, 0 when the line is no field. `colon` is where the raw value's colon stands.
struct FieldName {
  std::size_t length = 0;
  std::size_t colon = 0;
};
[[nodiscard]] FieldName field_name_of(std::string_view line);

}  // namespace threadline::message
