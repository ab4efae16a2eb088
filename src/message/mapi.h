// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/note.h"

namespace threadline::message {

/// Types of property values. Source: MS-OXCDATA section 2.11.1. The bit 0x1000 says: many values.
enum class MapiType : std::uint16_t {
  integer16 = 0x0002,
  integer32 = 0x0003,
  floating32 = 0x0004,
  floating64 = 0x0005,
  currency = 0x0006,
  floating_time = 0x0007,
  error_code = 0x000A,
  boolean = 0x000B,
  object = 0x000D,
  integer64 = 0x0014,
  string8 = 0x001E,
  unicode = 0x001F,
  time = 0x0040,
  guid = 0x0048,
  binary = 0x0102,
};

/// One property as stored. `value` is raw: fixed types little endian in their own width (boolean 2 bytes), string8 in its code
/// page without the final NUL, unicode as UTF-16LE without the final NUL, binary and object as they are. Of a property with many
/// values `values` holds each in that form and `value` is empty.
struct MapiProperty {
  std::uint16_t id = 0;
  std::uint16_t type = 0;  ///< with 0x1000 for many values
  std::string value;
  std::vector<std::string> values;
};

/// A name that stands for an id of 0x8000 or more within one store (MS-OXPROPS section 1.3.2): a property set and a number or
/// string.
struct MapiName {
  std::string guid;  ///< 16 bytes as stored
  std::optional<std::uint32_t> number;
  std::string text;  ///< UTF-8, where the name is a string
};

/// The properties of one object. The first of an id stays; order is that of reading.
struct MapiProperties {
  std::vector<MapiProperty> list;

  /// The property of that id whatever its type, or nullptr.
  [[nodiscard]] const MapiProperty* find(std::uint16_t id) const;
};

struct MapiObject;

struct MapiAttachment {
  MapiProperties properties;
  std::unique_ptr<MapiObject> embedded;  ///< method 5: a message
};

/// One message-like object (mail, contact, appointment ...) as its store holds it, not yet understood.
/// Read from a .msg (MS-OXMSG), a TNEF stream (MS-OXTNEF) or a PST item; `message_of` makes a Message of it.
struct MapiObject {
  MapiProperties properties;
  std::vector<MapiProperties> recipients;
  std::vector<MapiAttachment> attachments;
  std::map<std::uint16_t, MapiName> names;  ///< of named properties (ids from 0x8000); an embedded object has its own copy
  std::uint32_t code_page = 0;              ///< that the carrier states for string8 (TNEF's attOemCodepage); 0: none
  std::string sha256;                       ///< of the object's streams, where it has no bytes of its own (embedded in a .msg)
  std::uint64_t size = 0;                   ///< of those
  std::vector<Note> notes;                  ///< of the carrier: what was lost, cut, over a limit
};

/// The id that stands for a number of a property set in this object; 0: none does. `guid`: 16 bytes as stored.
[[nodiscard]] std::uint16_t id_of_name(const MapiObject& object, std::string_view guid, std::uint32_t number);

}  // namespace threadline::message
