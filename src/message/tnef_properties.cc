// SPDX-License-Identifier: Apache-2.0
#include "message/tnef_properties.h"

#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "message/mapi_text.h"
#include "text/utf16.h"

namespace threadline::message {
namespace {

constexpr std::uint16_t kManyValues = 0x1000;
constexpr std::uint16_t kFirstNamed = 0x8000;
constexpr std::size_t kGuidSize = 16;

struct FixedType {
  std::uint16_t type;
  std::uint8_t stored;  ///< bytes in the stream: two-byte values are padded to four
  std::uint8_t kept;
};
constexpr auto kFixedTypes = std::to_array<FixedType>({
    {0x0001, 0, 0},  // PtypNull
    {0x0002, 4, 2},
    {0x0003, 4, 4},
    {0x0004, 4, 4},
    {0x0005, 8, 8},
    {0x0006, 8, 8},
    {0x0007, 8, 8},
    {0x000A, 4, 4},
    {0x000B, 4, 2},
    {0x0014, 8, 8},
    {0x0040, 8, 8},
    {0x0048, 16, 16},
});

const FixedType* fixed_type(std::uint16_t type) {
  const auto* found = std::ranges::find(kFixedTypes, type, &FixedType::type);
  return found == kFixedTypes.end() ? nullptr : found;
}

bool is_variable(std::uint16_t type) {
  return type == static_cast<std::uint16_t>(MapiType::string8) || type == static_cast<std::uint16_t>(MapiType::unicode) ||
         type == static_cast<std::uint16_t>(MapiType::binary) || type == static_cast<std::uint16_t>(MapiType::object);
}

std::size_t padding_of(std::size_t length) { return (4 - length % 4) % 4; }

/// As MapiProperty keeps values: strings without their final NULs.
std::string kept_form(std::string_view value, std::uint16_t type) {
  if (type == static_cast<std::uint16_t>(MapiType::string8)) {
    while (value.ends_with('\0')) value.remove_suffix(1);
  } else if (type == static_cast<std::uint16_t>(MapiType::unicode)) {
    value.remove_suffix(value.size() % 2);
    while (value.ends_with(std::string_view("\0\0", 2))) value.remove_suffix(2);
  }
  return std::string(value);
}

}  // namespace

std::uint16_t NamedIds::id_of(MapiName name) {
  const Key key{name.guid, name.number ? std::uint64_t{*name.number} : UINT64_MAX, name.text};
  if (const auto known = ids_.find(key); known != ids_.end()) return known->second;
  const auto next = kFirstNamed + names_.size();
  if (next > 0xFFFE) return 0;
  const auto id = static_cast<std::uint16_t>(next);
  ids_.emplace(key, id);
  names_.emplace(id, std::move(name));
  return id;
}

bool TnefPropertyReader::lose(std::string text) {
  notes_.add("malformed_container", std::move(text));
  return false;
}

bool TnefPropertyReader::is_over_limit() {
  if (left_ > 0) {
    --left_;
    return false;
  }
  notes_.add("limit", "mapi_properties: further properties are left out");
  return true;
}

bool TnefPropertyReader::read_list(ByteCursor& cursor, MapiProperties& into) {
  const auto count = cursor.number<std::uint32_t>();
  if (!count) return lose("a list of properties is cut short");
  for (std::uint32_t i = 0; i < *count; ++i) {
    if (cursor.left() < 4) return lose("fewer properties than their list claims");
    if (!read_property(cursor, into)) return false;
  }
  return true;
}

bool TnefPropertyReader::read_property(ByteCursor& cursor, MapiProperties& into) {
  MapiProperty property;
  property.type = cursor.number<std::uint16_t>().value_or(0);
  property.id = cursor.number<std::uint16_t>().value_or(0);
  if (property.id >= kFirstNamed && !read_name(cursor, property)) return false;
  const bool whole = read_values(cursor, property);
  if (property.id != 0 && (whole || !property.value.empty() || !property.values.empty()))
    into.list.push_back(std::move(property));
  return whole;
}

bool TnefPropertyReader::read_name(ByteCursor& cursor, MapiProperty& property) {
  MapiName name{.guid = std::string(cursor.take(kGuidSize)), .number = {}, .text = {}};
  const auto kind = cursor.number<std::uint32_t>();
  const auto word = cursor.number<std::uint32_t>();  // the number, or the length of the string
  if (!kind || !word) return lose("a property's name is cut short");
  if (*kind == 0) {
    name.number = *word;
  } else if (*kind == 1) {
    if (*word > cursor.left()) return lose("a property's name claims more bytes than there are");
    name.text = text::decode_utf16le(kept_form(cursor.take(*word), static_cast<std::uint16_t>(MapiType::unicode))).text;
    cursor.take(padding_of(*word));
  } else {
    return lose(fmt::format("a property's name is of the unknown kind {}", *kind));
  }
  property.id = names_.id_of(std::move(name));
  return true;
}

bool TnefPropertyReader::read_values(ByteCursor& cursor, MapiProperty& property) {
  const auto type = static_cast<std::uint16_t>(property.type & ~kManyValues);
  const bool many = (property.type & kManyValues) != 0;
  if (!is_variable(type) && fixed_type(type) == nullptr) {
    return lose(fmt::format("property {:04X} is of the unknown type {:04X}", property.id, property.type));
  }
  std::uint32_t count = 1;
  if (many || is_variable(type)) {
    const auto claimed = cursor.number<std::uint32_t>();
    if (!claimed) return lose("a property is cut short");
    count = *claimed;
  }
  if (type == 0x0001) count = 1;  // PtypNull: no bytes, however many are claimed
  for (std::uint32_t i = 0; i < count; ++i) {
    if (is_over_limit()) return false;
    std::string value;
    const bool whole = read_value(cursor, type, value);
    if (many) {
      property.values.push_back(std::move(value));
    } else if (i == 0) {
      property.value = std::move(value);
    }
    if (!whole) return false;
  }
  return true;
}

bool TnefPropertyReader::read_value(ByteCursor& cursor, std::uint16_t type, std::string& value) {
  if (const auto* fixed = fixed_type(type)) {
    const auto stored = cursor.take(fixed->stored);
    if (stored.size() < fixed->stored) return lose("a property's value is cut short");
    value = stored.substr(0, fixed->kept);
    return true;
  }
  const auto length = cursor.number<std::uint32_t>();
  if (!length) return lose("a property's value is cut short");
  const bool whole = *length <= cursor.left();
  value = kept_form(cursor.take(*length), type);
  cursor.take(padding_of(*length));
  return whole || lose("a property claims more bytes than there are");
}

}  // namespace threadline::message
