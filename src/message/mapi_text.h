// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "message/mapi.h"
#include "message/note_list.h"
#include "text/charset.h"

namespace threadline::message {

/// The number of a property of a fixed type up to 8 bytes (a shorter value too), or `otherwise`.
[[nodiscard]] std::uint64_t number_in(const MapiProperties& properties, std::uint16_t id, std::uint64_t otherwise = 0);

/// Turns the strings of one object into UTF-8.
/// Code page of 8-bit strings: PidTagMessageCodepage, else that of PidTagMessageLocaleId, else the carrier's, else
/// PidTagInternetCodepage (which describes HTML alone, and is better than a guess). Source: MS-OXCMSG section 2.2.1.3.
class StringReader {
 public:
  StringReader(const MapiObject& object, NoteList& notes);

  /// Of a string8, unicode or binary value; illegal characters leave a note that names the property.
  [[nodiscard]] text::Decoded decode(const MapiProperty& property) const;
  /// A field on one line: up to the first NUL, ends trimmed; empty where the property is absent or no string.
  [[nodiscard]] std::string line(const MapiProperties& properties, std::uint16_t id) const;

  [[nodiscard]] const std::string& charset() const { return charset_; }

 private:
  std::string charset_;
  NoteList& notes_;
};

}  // namespace threadline::message
