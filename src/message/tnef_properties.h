// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "base/limits.h"
#include "message/byte_cursor.h"
#include "message/mapi.h"
#include "message/note_list.h"

namespace threadline::message {

/// The ids that named properties of one object get: from 0x8000, in the order in which their names are met.
class NamedIds {
 public:
  explicit NamedIds(std::map<std::uint16_t, MapiName>& names) : names_(names) {}

  /// 0 where there are more names than ids.
  std::uint16_t id_of(MapiName name);

 private:
  using Key = std::tuple<std::string, std::uint64_t, std::string>;
  std::map<std::uint16_t, MapiName>& names_;
  std::map<Key, std::uint16_t> ids_;
};

/// Reads the lists of encapsulated properties of one TNEF stream.
/// Source: MS-OXTNEF section 2.1.3.4.
class TnefPropertyReader {
 public:
  TnefPropertyReader(NamedIds& names, const Limits& limits, NoteList& notes)
      : names_(names), left_(limits.mapi_properties), notes_(notes) {}

  /// A counted list. Answers false when the structure is lost: what follows it cannot be found.
  /// Limits: mapi_properties counts every value of the object.
  bool read_list(ByteCursor& cursor, MapiProperties& into);

 private:
  bool read_property(ByteCursor& cursor, MapiProperties& into);
  bool read_name(ByteCursor& cursor, MapiProperty& property);
  bool read_values(ByteCursor& cursor, MapiProperty& property);
  bool read_value(ByteCursor& cursor, std::uint16_t type, std::string& value);
  bool is_over_limit();
  bool lose(std::string text);

  NamedIds& names_;
  std::uint32_t left_;
  NoteList& notes_;
};

}  // namespace threadline::message
