// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "message/mapi.h"

namespace threadline::message {

inline constexpr std::string_view kPropertyStream = "__properties_version1.0";
inline constexpr std::string_view kNamesStorage = "__nameid_version1.0";
inline constexpr std::string_view kEmbeddedStorage = "__substg1.0_3701000D";
inline constexpr std::uint16_t kManyValues = 0x1000;

/// What the name of a stream says: __substg1.0_PPPPTTTT, and of one of many values -NNNNNNNN. Source: MS-OXMSG section 2.1.3.
struct StreamName {
  std::uint16_t id = 0;
  std::uint16_t type = 0;
  std::optional<std::uint32_t> index;
};
[[nodiscard]] std::optional<StreamName> read_stream_name(std::string_view name);
/// The number of __recip_version1.0_#NNNNNNNN or __attach_version1.0_#NNNNNNNN; `prefix` with its '#'.
[[nodiscard]] std::optional<std::uint32_t> storage_number(std::string_view name, std::string_view prefix);

/// Bytes of a value of that type in the property stream; 0: it stands in a stream of its own. Source: MS-OXCDATA section 2.11.1.
[[nodiscard]] std::uint32_t fixed_width(std::uint16_t type);

/// A property that the property stream lists and whose value stands in a stream of its own.
struct ListedProperty {
  std::uint16_t id = 0;
  std::uint16_t type = 0;
  std::uint64_t size = 0;  ///< of the value, without the NUL that the list counts for strings
};

/// What a property stream says: values of fixed types, and which others there are.
struct PropertyList {
  std::vector<MapiProperty> fixed;
  std::vector<ListedProperty> listed;
  bool whole = true;  ///< false: there are more than `most`
};
/// Reads the entries after the header of that many bytes. Source: MS-OXMSG section 2.4.
[[nodiscard]] PropertyList read_property_list(std::string_view stream, std::uint32_t header, std::uint32_t most);

/// Whether the names of two streams differ in one character: a damaged byte.
[[nodiscard]] bool differs_in_one_character(std::string_view left, std::string_view right);

/// A value as MapiProperty keeps it: a string without its final NUL.
[[nodiscard]] std::string_view without_terminator(std::string_view content, std::uint16_t type);

/// Keeps one property of an id: the first, but a unicode string before one in a code page.
void keep_one_of_each(MapiProperties& properties);

/// The three streams of the named property mapping.
struct NameStreams {
  std::string_view guids;
  std::string_view entries;
  std::string_view strings;
};
/// Limits: mapi_properties entries. Source: MS-OXMSG section 2.2.3.1.
[[nodiscard]] std::map<std::uint16_t, MapiName> read_names(const NameStreams& streams, const Limits& limits,
                                                           std::vector<Note>& notes);

}  // namespace threadline::message
