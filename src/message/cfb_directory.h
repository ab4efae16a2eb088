// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "message/cfb_sectors.h"

namespace threadline::message {

inline constexpr std::uint32_t kDirectoryEntryBytes = 128;
inline constexpr std::uint32_t kNoEntry = 0xFFFFFFFF;

/// One directory entry as stored. Source: MS-CFB section 2.6.1.
struct DirectoryEntry {
  std::string name;
  std::uint8_t type = 0;  ///< 0 unused, 1 storage, 2 stream, 5 root; of a damaged entry what its other members say
  bool unused = true;     ///< says that it is unused (it may still have a name)
  std::uint32_t left = kNoEntry;
  std::uint32_t right = kNoEntry;
  std::uint32_t child = kNoEntry;
  std::uint32_t start = 0;
  std::uint64_t size = 0;
};

/// Reads 128 bytes; without a name the entry is unused. The high half of a size is read where sectors have 4,096 bytes only.
[[nodiscard]] DirectoryEntry read_directory_entry(std::string_view bytes, std::uint32_t sector_bytes);

/// Whether a sector can be one of the directory: each 128 bytes of it are an entry or unused, and one is an entry.
[[nodiscard]] bool is_directory_sector(std::string_view sector);
/// Whether a sector begins with a root entry, as the first of the directory does.
[[nodiscard]] bool is_root_sector(std::string_view sector);

/// The sector that the directory begins with: the stated one, or the one that looks like it; kFreeSector: there is none.
[[nodiscard]] std::uint32_t find_directory(const Sectors& sectors, std::uint32_t stated);

}  // namespace threadline::message
