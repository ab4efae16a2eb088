// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "message/cfb_sectors.h"

namespace threadline::message {

inline constexpr std::uint32_t kMiniSectorBytes = 64;
/// Streams below this stand in the mini stream. MS-CFB allows no other value, so the header's word is not asked.
inline constexpr std::uint64_t kMiniStreamCutoff = 4'096;

/// The mini stream: sectors of 64 bytes within a chain of the FAT, chained by a FAT of their own. As in Sectors, a mini sector
/// belongs to one chain, and where its FAT is lost the next one follows. Source: MS-CFB section 2.4.
class MiniStream {
 public:
  explicit MiniStream(const Sectors& sectors) : sectors_(sectors) {}

  void set_stream(std::vector<std::uint32_t> chain);
  void set_fat(std::vector<std::uint32_t> chain) { fat_ = std::move(chain); }
  [[nodiscard]] std::uint32_t count() const { return count_; }
  /// Whether a sector can be one of the mini FAT.
  [[nodiscard]] bool is_plausible_fat(std::uint32_t sector) const;

  /// Takes a mini sector; nothing where it is taken already or not in the file. Answers its offset in the file.
  [[nodiscard]] std::optional<std::uint64_t> take(std::uint32_t mini_sector);
  /// The mini sector after that one; kEndOfChain: none.
  [[nodiscard]] std::uint32_t after(std::uint32_t mini_sector);
  [[nodiscard]] std::uint64_t guessed_steps() const { return guessed_; }

 private:
  const Sectors& sectors_;
  std::vector<std::uint32_t> stream_;
  std::vector<std::uint32_t> fat_;
  std::uint32_t count_ = 0;
  std::vector<bool> taken_;
  std::uint64_t guessed_ = 0;
};

}  // namespace threadline::message
