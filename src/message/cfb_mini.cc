// SPDX-License-Identifier: Apache-2.0
#include "message/cfb_mini.h"

#include <utility>

namespace threadline::message {

void MiniStream::set_stream(std::vector<std::uint32_t> chain) {
  stream_ = std::move(chain);
  count_ = static_cast<std::uint32_t>(stream_.size() * (sectors_.sector_bytes() / kMiniSectorBytes));
  taken_.assign(count_, false);
}

bool MiniStream::is_plausible_fat(std::uint32_t sector) const { return is_plausible_table(sectors_.sector(sector), count_); }

std::optional<std::uint64_t> MiniStream::take(std::uint32_t mini_sector) {
  if (mini_sector >= count_ || taken_[mini_sector]) return std::nullopt;
  const auto per_sector = sectors_.sector_bytes() / kMiniSectorBytes;
  const auto sector = stream_[mini_sector / per_sector];
  if (sector >= sectors_.count()) return std::nullopt;
  taken_[mini_sector] = true;
  return sectors_.offset(sector) + std::uint64_t{mini_sector % per_sector} * kMiniSectorBytes;
}

std::uint32_t MiniStream::after(std::uint32_t mini_sector) {
  const auto per_sector = sectors_.sector_bytes() / 4;
  const auto index = mini_sector / per_sector;
  if (index < fat_.size()) {
    const auto words = sectors_.sector(fat_[index]);
    const auto at = std::uint64_t{4} * (mini_sector % per_sector);
    const auto entry = at + 4 <= words.size() ? little_endian_32(words, at) : kFreeSector;
    if (entry == kEndOfChain || entry < count_) return entry;
  }
  ++guessed_;
  return mini_sector + 1;
}

}  // namespace threadline::message
