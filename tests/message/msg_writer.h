// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "message/cfb_writer.h"
#include "message/mapi.h"

namespace threadline::message {

/// Properties as MapiProperty holds them. `unicode` takes UTF-8.
[[nodiscard]] MapiProperty unicode_property(std::uint16_t id, std::string_view utf8);
[[nodiscard]] MapiProperty string8_property(std::uint16_t id, std::string_view bytes);
[[nodiscard]] MapiProperty binary_property(std::uint16_t id, std::string_view bytes);
[[nodiscard]] MapiProperty integer_property(std::uint16_t id, std::uint32_t value);
[[nodiscard]] MapiProperty boolean_property(std::uint16_t id, bool value);
/// `filetime` counts 100 ns since 1601-01-01.
[[nodiscard]] MapiProperty time_property(std::uint16_t id, std::uint64_t filetime);
/// Many values of one type (without the bit 0x1000).
[[nodiscard]] MapiProperty many_values(std::uint16_t id, MapiType type, std::vector<std::string> values);

/// The storages and streams of a .msg, children of the root, so that a test can change them before write_cfb.
/// Embedded messages (MapiAttachment::embedded) stand in __substg1.0_3701000D. Source: MS-OXMSG.
[[nodiscard]] std::vector<CfbNode> msg_nodes(const MapiObject& object);

/// The bytes of a .msg that holds the object. `names` of the object are written as its named properties.
[[nodiscard]] std::string write_msg(const MapiObject& object, const CfbOptions& options = {}, CfbLayout* layout = nullptr);

}  // namespace threadline::message
