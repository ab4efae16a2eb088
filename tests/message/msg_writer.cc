// SPDX-License-Identifier: Apache-2.0
#include "message/msg_writer.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "text/charset.h"

namespace threadline::message {
namespace {

constexpr std::uint16_t kMany = 0x1000;

void append(std::string& to, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) to += static_cast<char>((value >> (8 * i)) & 0xFFU);
}

std::string little_endian(std::uint64_t value, int bytes) {
  std::string all;
  append(all, value, bytes);
  return all;
}

std::string utf16(std::string_view utf8) {
  std::string bytes;
  for (std::size_t at = 0; at < utf8.size();) {
    const auto [value, length] = text::code_point_at(utf8, at);
    at += length;
    if (value >= 0x10000) {
      append(bytes, 0xD800 + ((value - 0x10000) >> 10U), 2);
      append(bytes, 0xDC00 + ((value - 0x10000) & 0x3FFU), 2);
    } else {
      append(bytes, value, 2);
    }
  }
  return bytes;
}

MapiProperty property(std::uint16_t id, MapiType type, std::string value) {
  return {.id = id, .type = static_cast<std::uint16_t>(type), .value = std::move(value), .values = {}};
}

bool is_variable(std::uint16_t type) {
  constexpr auto kVariable =
      std::to_array<MapiType>({MapiType::object, MapiType::string8, MapiType::unicode, MapiType::guid, MapiType::binary});
  return std::ranges::find(kVariable, static_cast<MapiType>(type)) != kVariable.end();
}

std::size_t terminator(std::uint16_t type) {
  if (type == static_cast<std::uint16_t>(MapiType::unicode)) return 2;
  return type == static_cast<std::uint16_t>(MapiType::string8) ? 1 : 0;
}

CfbNode stream(std::string name, std::string content) {
  return {.name = std::move(name), .content = std::move(content), .children = {}, .storage = false};
}

CfbNode storage(std::string name, std::vector<CfbNode> children) {
  return {.name = std::move(name), .content = {}, .children = std::move(children), .storage = true};
}

std::string stream_name(std::uint16_t id, std::uint16_t type) { return fmt::format("__substg1.0_{:04X}{:04X}", id, type); }

/// One property: its 16 bytes of the property stream, its streams. Source: MS-OXMSG section 2.4.2, 2.1.3, 2.1.4.
void write_property(const MapiProperty& one, std::string& fixed, std::vector<CfbNode>& nodes) {
  append(fixed, one.type, 2);
  append(fixed, one.id, 2);
  append(fixed, 6, 4);
  const auto name = stream_name(one.id, one.type);
  const auto type = static_cast<std::uint16_t>(one.type & ~kMany);
  std::string content = one.value;
  if ((one.type & kMany) == 0 && !is_variable(type)) {
    content.resize(8, '\0');
    fixed += content;
    return;
  }
  if ((one.type & kMany) != 0) {
    for (std::size_t i = 0; i < one.values.size(); ++i) {
      content += is_variable(type) && type != 0x0048
                     ? little_endian(one.values[i].size() + terminator(type), type == 0x0102 ? 8 : 4)
                     : one.values[i];
      if (!is_variable(type) || type == 0x0048) continue;
      nodes.push_back(stream(fmt::format("{}-{:08X}", name, i), one.values[i] + std::string(terminator(type), '\0')));
    }
  }
  append(fixed, content.size() + ((one.type & kMany) == 0 ? terminator(type) : 0), 4);
  append(fixed, type == 0x000D ? 1 : 0, 4);
  nodes.push_back(stream(name, std::move(content)));
}

std::vector<CfbNode> property_nodes(const MapiProperties& properties, std::string header) {
  std::vector<CfbNode> nodes;
  for (const auto& one : properties.list) write_property(one, header, nodes);
  nodes.insert(nodes.begin(), stream("__properties_version1.0", std::move(header)));
  return nodes;
}

/// The header of the property stream of a message: 24 bytes, and 8 more at the top. Source: MS-OXMSG section 2.4.1.
std::string message_header(const MapiObject& object, bool top) {
  std::string bytes(8, '\0');
  for (int i = 0; i < 2; ++i) {
    append(bytes, object.recipients.size(), 4);
    append(bytes, object.attachments.size(), 4);
  }
  return bytes + std::string(top ? 8 : 0, '\0');
}

std::vector<CfbNode> object_nodes(const MapiObject& object, bool top);

CfbNode attachment_node(const MapiAttachment& attachment, std::size_t number) {
  std::string header(8, '\0');
  if (attachment.embedded) {
    append(header, 0x3701000D, 4);
    append(header, 6, 4);
    append(header, 0xFFFFFFFF, 4);
    append(header, 1, 4);
  }
  auto nodes = property_nodes(attachment.properties, std::move(header));
  if (attachment.embedded) nodes.push_back(storage("__substg1.0_3701000D", object_nodes(*attachment.embedded, false)));
  return storage(fmt::format("__attach_version1.0_#{:08X}", number), std::move(nodes));
}

std::vector<CfbNode> object_nodes(const MapiObject& object, bool top) {
  auto nodes = property_nodes(object.properties, message_header(object, top));
  for (std::size_t i = 0; i < object.recipients.size(); ++i)
    nodes.push_back(
        storage(fmt::format("__recip_version1.0_#{:08X}", i), property_nodes(object.recipients[i], std::string(8, '\0'))));
  for (std::size_t i = 0; i < object.attachments.size(); ++i) nodes.push_back(attachment_node(object.attachments[i], i));
  return nodes;
}

/// The named property mapping: GUIDs, entries, strings. Source: MS-OXMSG section 2.2.3.1.
CfbNode names_node(const std::map<std::uint16_t, MapiName>& names) {
  std::string guids;
  std::string entries;
  std::string strings;
  for (const auto& [id, name] : names) {
    auto at = guids.find(name.guid);
    if (at == std::string::npos || at % 16 != 0) {
      at = guids.size();
      guids += name.guid;
    }
    append(entries, name.number ? *name.number : strings.size(), 4);
    append(entries, (at / 16 + 3) << 1U | (name.number ? 0U : 1U), 2);
    append(entries, id - 0x8000U, 2);
    if (name.number) continue;
    const auto text = utf16(name.text);
    append(strings, text.size(), 4);
    strings += text;
    strings.resize((strings.size() + 3) / 4 * 4, '\0');
  }
  return storage("__nameid_version1.0", {stream("__substg1.0_00020102", guids), stream("__substg1.0_00030102", entries),
                                         stream("__substg1.0_00040102", strings)});
}

}  // namespace

MapiProperty unicode_property(std::uint16_t id, std::string_view utf8) { return property(id, MapiType::unicode, utf16(utf8)); }

MapiProperty string8_property(std::uint16_t id, std::string_view bytes) {
  return property(id, MapiType::string8, std::string(bytes));
}

MapiProperty binary_property(std::uint16_t id, std::string_view bytes) {
  return property(id, MapiType::binary, std::string(bytes));
}

MapiProperty integer_property(std::uint16_t id, std::uint32_t value) {
  return property(id, MapiType::integer32, little_endian(value, 4));
}

MapiProperty boolean_property(std::uint16_t id, bool value) {
  return property(id, MapiType::boolean, little_endian(value ? 1 : 0, 2));
}

MapiProperty time_property(std::uint16_t id, std::uint64_t filetime) {
  return property(id, MapiType::time, little_endian(filetime, 8));
}

MapiProperty many_values(std::uint16_t id, MapiType type, std::vector<std::string> values) {
  auto many = property(id, type, {});
  many.type |= kMany;
  many.values = std::move(values);
  return many;
}

std::vector<CfbNode> msg_nodes(const MapiObject& object) {
  auto nodes = object_nodes(object, true);
  nodes.push_back(names_node(object.names));
  return nodes;
}

std::string write_msg(const MapiObject& object, const CfbOptions& options, CfbLayout* layout) {
  return write_cfb(msg_nodes(object), options, layout);
}

}  // namespace threadline::message
