// SPDX-License-Identifier: Apache-2.0
#include "message/cfb_directory.h"

#include <algorithm>

#include "base/utf8.h"
#include "text/charset.h"
#include "text/fold.h"

namespace threadline::message {
namespace {

constexpr std::uint8_t kStorage = 1;
constexpr std::uint8_t kStream = 2;
constexpr std::uint8_t kRoot = 5;
constexpr std::uint64_t kNameBytes = 64;

bool is_type(std::uint8_t type) { return type == kStorage || type == kStream || type == kRoot; }

/// Characters of the name before its NUL (at most 31).
std::uint32_t name_length(std::string_view entry) {
  std::uint32_t length = 0;
  while (length < kNameBytes / 2 - 1 && little_endian_16(entry, std::uint64_t{2} * length) != 0) ++length;
  return length;
}

std::string name_of(std::string_view entry) {
  std::string name;
  const auto length = name_length(entry);
  for (std::uint32_t i = 0; i < length; ++i) {
    const char32_t unit = little_endian_16(entry, std::uint64_t{2} * i);
    append_utf8(name, unit >= 0xD800 && unit < 0xE000 ? U'\uFFFD' : unit);
  }
  return name;
}

/// Whether type, stated length and name agree.
bool is_whole_entry(std::string_view entry) {
  const auto length = name_length(entry);
  return entry.size() == kDirectoryEntryBytes && length > 0 && is_type(static_cast<std::uint8_t>(entry[66])) &&
         little_endian_16(entry, 64) == 2 * (length + 1);
}

bool is_unused_entry(std::string_view entry) { return entry.size() >= 67 && entry[66] == 0 && name_length(entry) == 0; }

}  // namespace

DirectoryEntry read_directory_entry(std::string_view bytes, std::uint32_t sector_bytes) {
  DirectoryEntry entry;
  if (bytes.size() < kDirectoryEntryBytes) return entry;
  entry.name = name_of(bytes);
  if (entry.name.empty()) return entry;
  entry.type = static_cast<std::uint8_t>(bytes[66]);
  entry.unused = entry.type == 0;
  entry.left = little_endian_32(bytes, 68);
  entry.right = little_endian_32(bytes, 72);
  entry.child = little_endian_32(bytes, 76);
  entry.start = little_endian_32(bytes, 116);
  entry.size = little_endian_32(bytes, 120);
  if (sector_bytes == 4'096) entry.size |= std::uint64_t{little_endian_32(bytes, 124)} << 32U;
  if (!is_type(entry.type)) entry.type = entry.child != kNoEntry && entry.child != 0 ? kStorage : kStream;
  return entry;
}

bool is_directory_sector(std::string_view sector) {
  bool any = false;
  for (std::size_t at = 0; at + kDirectoryEntryBytes <= sector.size(); at += kDirectoryEntryBytes) {
    const auto entry = sector.substr(at, kDirectoryEntryBytes);
    const bool whole = is_whole_entry(entry);
    if (!whole && !is_unused_entry(entry)) return false;
    any = any || whole;
  }
  return any;
}

bool is_root_sector(std::string_view sector) {
  const auto entry = sector.substr(0, kDirectoryEntryBytes);
  if (entry.size() < kDirectoryEntryBytes || name_length(entry) == 0) return false;
  return is_whole_entry(entry) ? entry[66] == kRoot : text::equal_ascii_nocase(name_of(entry), "Root Entry");
}

std::uint32_t find_directory(const Sectors& sectors, std::uint32_t stated) {
  if (stated < sectors.count() && is_root_sector(sectors.sector(stated))) return stated;
  for (std::uint32_t i = 0; i < sectors.count(); ++i) {
    // A compound file that is attached has a root too, but its sectors follow others in the chain of a stream.
    if (!sectors.is_taken(i) && is_root_sector(sectors.sector(i)) && !sectors.has_predecessor(i)) return i;
  }
  return kFreeSector;
}

}  // namespace threadline::message
