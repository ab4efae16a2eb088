// SPDX-License-Identifier: Apache-2.0
#include "message/mapi_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "message/byte_cursor.h"
#include "message/mapi_ids.h"
#include "text/code_page.h"
#include "text/fold.h"
#include "text/utf16.h"

namespace threadline::message {
namespace {

bool is_type(const MapiProperty& property, MapiType type) { return property.type == static_cast<std::uint16_t>(type); }

std::string charset_of(const MapiObject& object) {
  const auto locale = static_cast<std::uint32_t>(number_in(object.properties, pid::message_locale));
  const std::uint32_t candidates[] = {
      static_cast<std::uint32_t>(number_in(object.properties, pid::message_code_page)),
      locale == 0 ? 0 : text::code_page_of_locale(locale),
      object.code_page,
      static_cast<std::uint32_t>(number_in(object.properties, pid::internet_code_page)),
  };
  for (const auto code_page : candidates) {
    auto charset = std::string(text::charset_of_code_page(code_page));
    if (!charset.empty()) return charset;
  }
  return {};
}

}  // namespace

std::uint64_t number_in(const MapiProperties& properties, std::uint16_t id, std::uint64_t otherwise) {
  const auto* property = properties.find(id);
  if (property == nullptr || property->value.empty() || property->value.size() > 8) return otherwise;
  std::uint64_t number = 0;
  for (std::size_t i = property->value.size(); i-- > 0;) number = (number << 8U) | static_cast<unsigned char>(property->value[i]);
  return number;
}

StringReader::StringReader(const MapiObject& object, NoteList& notes) : charset_(charset_of(object)), notes_(notes) {}

text::Decoded StringReader::decode(const MapiProperty& property) const {
  auto decoded =
      is_type(property, MapiType::unicode) ? text::decode_utf16le(property.value) : text::decode(property.value, charset_);
  if (decoded.replaced > 0) {
    notes_.add("charset_replaced", fmt::format("property {:04X}: {} ({})", property.id, decoded.charset, decoded.replaced));
  }
  return decoded;
}

std::string StringReader::line(const MapiProperties& properties, std::uint16_t id) const {
  const auto* property = properties.find(id);
  if (property == nullptr || property->value.empty()) return {};
  if (!is_type(*property, MapiType::unicode) && !is_type(*property, MapiType::string8)) return {};
  auto text = decode(*property).text;
  text.resize(std::min(text.find('\0'), text.size()));
  std::ranges::replace_if(
      text, [](char c) { return c == '\r' || c == '\n'; }, ' ');
  return std::string(text::trimmed(text));
}

}  // namespace threadline::message
