// SPDX-License-Identifier: Apache-2.0
#include "message/msg_properties.h"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "message/cfb_sectors.h"
#include "text/fold.h"
#include "text/utf16.h"

namespace threadline::message {
namespace {

constexpr std::string_view kStreamPrefix = "__substg1.0_";
constexpr std::size_t kPropertyEntryBytes = 16;
constexpr std::size_t kNameEntryBytes = 8;
constexpr std::size_t kGuidBytes = 16;
/// MS-OXCDATA section 2.6.1 counts the bytes of a name in one byte.
constexpr std::size_t kLongestName = 255;
/// The property sets that the GUID stream does not hold. Source: MS-OXMSG section 2.2.3.1.2, MS-OXPROPS section 1.3.2.
constexpr std::string_view kPsMapi("\x28\x03\x02\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46", kGuidBytes);
constexpr std::string_view kPsPublicStrings("\x29\x03\x02\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46", kGuidBytes);

std::optional<std::uint32_t> hexadecimal(std::string_view digits) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

bool has_prefix(std::string_view name, std::string_view prefix) {
  return name.size() > prefix.size() && text::equal_ascii_nocase(name.substr(0, prefix.size()), prefix);
}

std::string guid_of(std::uint16_t index, std::string_view guids) {
  if (index == 1) return std::string(kPsMapi);
  if (index == 2) return std::string(kPsPublicStrings);
  const auto at = std::size_t{index} * kGuidBytes;
  if (index < 3 || at - 3 * kGuidBytes + kGuidBytes > guids.size()) return {};
  return std::string(guids.substr(at - 3 * kGuidBytes, kGuidBytes));
}

}  // namespace

std::optional<StreamName> read_stream_name(std::string_view name) {
  if (!has_prefix(name, kStreamPrefix)) return std::nullopt;
  name.remove_prefix(kStreamPrefix.size());
  if (name.size() != 8 && !(name.size() == 17 && name[8] == '-')) return std::nullopt;
  const auto tag = hexadecimal(name.substr(0, 8));
  if (!tag) return std::nullopt;
  StreamName stream{
      .id = static_cast<std::uint16_t>(*tag >> 16U), .type = static_cast<std::uint16_t>(*tag & 0xFFFFU), .index = {}};
  if (name.size() == 17) {
    stream.index = hexadecimal(name.substr(9));
    if (!stream.index) return std::nullopt;
  }
  return stream;
}

std::optional<std::uint32_t> storage_number(std::string_view name, std::string_view prefix) {
  return has_prefix(name, prefix) ? hexadecimal(name.substr(prefix.size())) : std::nullopt;
}

std::uint32_t fixed_width(std::uint16_t type) {
  switch (static_cast<MapiType>(type)) {
    case MapiType::integer16:
    case MapiType::boolean: return 2;
    case MapiType::integer32:
    case MapiType::floating32:
    case MapiType::error_code: return 4;
    case MapiType::floating64:
    case MapiType::currency:
    case MapiType::floating_time:
    case MapiType::integer64:
    case MapiType::time: return 8;
    default: return 0;
  }
}

PropertyList read_property_list(std::string_view stream, std::uint32_t header, std::uint32_t most) {
  PropertyList list;
  for (std::size_t at = header; at + kPropertyEntryBytes <= stream.size(); at += kPropertyEntryBytes) {
    if (list.fixed.size() + list.listed.size() >= most) {
      list.whole = false;
      break;
    }
    const auto type = little_endian_16(stream, at);
    const auto id = little_endian_16(stream, at + 2);
    if (const auto width = fixed_width(type); width > 0) {
      list.fixed.push_back({.id = id, .type = type, .value = std::string(stream.substr(at + 8, width)), .values = {}});
    } else {
      const std::uint64_t terminator = type == static_cast<std::uint16_t>(MapiType::unicode)   ? 2
                                       : type == static_cast<std::uint16_t>(MapiType::string8) ? 1
                                                                                               : 0;
      const std::uint64_t size = little_endian_32(stream, at + 8);
      list.listed.push_back({.id = id, .type = type, .size = size - std::min(size, terminator)});
    }
  }
  return list;
}

bool differs_in_one_character(std::string_view left, std::string_view right) {
  int different = 0;
  std::size_t at = 0;
  std::size_t there = 0;
  while (at < left.size() && there < right.size() && different < 2) {
    const auto one = text::code_point_at(left, at);
    const auto other = text::code_point_at(right, there);
    different += one.value != other.value ? 1 : 0;
    at += one.length;
    there += other.length;
  }
  return different == 1 && at == left.size() && there == right.size();
}

std::string_view without_terminator(std::string_view content, std::uint16_t type) {
  const bool unicode = type == static_cast<std::uint16_t>(MapiType::unicode);
  if (!unicode && type != static_cast<std::uint16_t>(MapiType::string8)) return content;
  const std::string_view nul("\0\0", unicode ? 2 : 1);
  if (content.size() % nul.size() == 0 && content.ends_with(nul)) content.remove_suffix(nul.size());
  return content;
}

void keep_one_of_each(MapiProperties& properties) {
  auto& list = properties.list;
  std::vector<std::uint32_t> order(list.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto rank = [&](std::uint32_t i) {
    const bool code_page = (list[i].type & ~kManyValues) == static_cast<std::uint16_t>(MapiType::string8);
    return std::pair(list[i].id, code_page);
  };
  std::ranges::stable_sort(order, {}, rank);
  std::vector<bool> drop(list.size());
  bool any = false;
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (list[order[i]].id != list[order[i - 1]].id) continue;
    drop[order[i]] = any = true;
  }
  if (!any) return;
  std::vector<MapiProperty> kept;
  kept.reserve(list.size());
  for (std::size_t i = 0; i < list.size(); ++i)
    if (!drop[i]) kept.push_back(std::move(list[i]));
  list = std::move(kept);
}

std::map<std::uint16_t, MapiName> read_names(const NameStreams& streams, const Limits& limits, std::vector<Note>& notes) {
  std::map<std::uint16_t, MapiName> names;
  for (std::size_t at = 0; at + kNameEntryBytes <= streams.entries.size(); at += kNameEntryBytes) {
    if (names.size() >= limits.mapi_properties) {
      notes.push_back({"limit", "mapi_properties: further names of properties are not read", {}});
      break;
    }
    const auto value = little_endian_32(streams.entries, at);
    const auto kind = little_endian_16(streams.entries, at + 4);
    const auto number = little_endian_16(streams.entries, at + 6);
    if (number >= 0x8000) continue;
    MapiName name{.guid = guid_of(kind >> 1U, streams.guids), .number = {}, .text = {}};
    if ((kind & 1U) == 0) {
      name.number = value;
    } else if (value < streams.strings.size()) {
      const auto length = std::min<std::size_t>(little_endian_32(streams.strings, value), 2 * kLongestName);
      name.text = text::decode_utf16le(
                      streams.strings.substr(std::min<std::size_t>(streams.strings.size(), std::size_t{value} + 4), length))
                      .text;
    }
    names.emplace(static_cast<std::uint16_t>(0x8000U + number), std::move(name));
  }
  return names;
}

}  // namespace threadline::message
