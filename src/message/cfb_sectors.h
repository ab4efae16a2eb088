// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace threadline::message {

/// Values of a FAT entry that are no sector. Source: MS-CFB section 2.1.
inline constexpr std::uint32_t kFreeSector = 0xFFFFFFFF;
inline constexpr std::uint32_t kEndOfChain = 0xFFFFFFFE;
inline constexpr std::uint32_t kFatSector = 0xFFFFFFFD;
inline constexpr std::uint32_t kDifatSector = 0xFFFFFFFC;
inline constexpr std::uint32_t kMaximumSector = 0xFFFFFFFA;

[[nodiscard]] std::uint16_t little_endian_16(std::string_view bytes, std::uint64_t offset);  ///< 0 beyond the end
[[nodiscard]] std::uint32_t little_endian_32(std::string_view bytes, std::uint64_t offset);  ///< 0 beyond the end

/// Whether words can be a part of a FAT (of sectors or of mini sectors) for `count` sectors: seven of eight name a sector or are
/// a mark. Sector 0 follows no other, but some writers fill the end with zeros.
[[nodiscard]] bool is_plausible_table(std::string_view words, std::uint64_t count);

/// How long a chain may be: in all, and how much of that where its FAT is lost.
struct ChainBound {
  std::uint64_t sectors = 0;
  std::uint64_t guessed_sectors = 0;
};

/// The sectors of a compound file and the FAT that chains them. A FAT sector that is lost (cut off, overwritten) is looked for in
/// the range that it describes; where it is not found a chain goes on with the next sector. A sector belongs to one chain
/// (MS-CFB section 2.3), so loops end and all chains together are no longer than the file. Source: MS-CFB sections 2.2 to 2.5.
class Sectors {
 public:
  /// Limits: nothing is larger than the bytes allow, whatever the header claims.
  Sectors(std::string_view bytes, std::uint32_t sector_bytes);

  [[nodiscard]] std::uint32_t sector_bytes() const { return sector_bytes_; }
  /// Sectors that begin within the file.
  [[nodiscard]] std::uint32_t count() const { return count_; }
  [[nodiscard]] std::uint64_t offset(std::uint32_t sector) const { return (std::uint64_t{sector} + 1) * sector_bytes_; }
  /// Its bytes; shorter or empty where the file ends.
  [[nodiscard]] std::string_view sector(std::uint32_t sector) const;
  [[nodiscard]] bool is_taken(std::uint32_t sector) const { return sector < reach_ && taken_[sector]; }

  /// The sectors from `first` on, now taken. Those beyond the file's end stay in the list: what follows keeps its place.
  [[nodiscard]] std::vector<std::uint32_t> take_chain(std::uint32_t first, const ChainBound& bound);

  /// What the FAT says follows a sector (perhaps kEndOfChain); nothing where its entry is lost or cannot be.
  [[nodiscard]] std::optional<std::uint32_t> next(std::uint32_t sector) const;
  /// Sectors at which a chain begins that nobody took, in file order.
  [[nodiscard]] std::vector<std::uint32_t> free_chains() const;
  /// Whether another sector's FAT entry leads there.
  [[nodiscard]] bool has_predecessor(std::uint32_t sector) const;

  /// How many steps of chains were guessed for want of a FAT entry.
  [[nodiscard]] std::uint64_t guessed_steps() const { return guessed_; }
  /// How many chains ended at a sector that was taken already.
  [[nodiscard]] std::uint64_t crossed_chains() const { return crossed_; }

 private:
  void read_fat_list();
  void verify_fat_sector(std::uint32_t index);
  [[nodiscard]] bool is_plausible_fat(std::uint32_t sector) const;
  [[nodiscard]] bool marks_itself(std::uint32_t sector) const;
  void find_predecessors() const;
  bool take(std::uint32_t sector);

  std::string_view bytes_;
  std::uint32_t sector_bytes_;
  std::uint32_t per_sector_;  ///< FAT entries of one sector
  std::uint32_t count_ = 0;
  std::uint32_t reach_ = 0;         ///< sectors that a chain may name, also beyond the end of a cut file
  std::vector<std::uint32_t> fat_;  ///< sectors of the FAT; kFreeSector: lost
  std::vector<bool> taken_;
  mutable std::vector<bool> predecessor_;
  std::uint64_t guessed_ = 0;
  std::uint64_t crossed_ = 0;
};

}  // namespace threadline::message
