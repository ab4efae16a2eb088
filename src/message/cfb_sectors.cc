// SPDX-License-Identifier: Apache-2.0
#include "message/cfb_sectors.h"

#include <algorithm>

#include "base/little_endian.h"

namespace threadline::message {
namespace {

constexpr std::uint64_t kHeaderDifat = 76;  ///< offset of the first 109 FAT sectors
constexpr std::uint32_t kHeaderDifatEntries = 109;
constexpr std::uint64_t kHeaderFirstDifat = 68;
constexpr std::uint32_t kBeyondFile = 4;  ///< a chain may name sectors up to so many times the file's length (it was cut)

}  // namespace

std::uint16_t little_endian_16(std::string_view bytes, std::uint64_t offset) {
  return number_at<std::uint16_t>(bytes, offset).value_or(0);
}

std::uint32_t little_endian_32(std::string_view bytes, std::uint64_t offset) {
  return number_at<std::uint32_t>(bytes, offset).value_or(0);
}

Sectors::Sectors(std::string_view bytes, std::uint32_t sector_bytes)
    : bytes_(bytes), sector_bytes_(sector_bytes), per_sector_(sector_bytes / 4) {
  const auto whole = (bytes.size() + sector_bytes - 1) / sector_bytes;
  count_ = static_cast<std::uint32_t>(std::clamp<std::uint64_t>(whole, 1, kMaximumSector / kBeyondFile) - 1);
  reach_ = kBeyondFile * count_;
  taken_.resize(reach_);
  read_fat_list();
  for (std::uint32_t i = 0; i < fat_.size(); ++i) verify_fat_sector(i);
}

std::string_view Sectors::sector(std::uint32_t sector) const {
  const auto at = offset(sector);
  return at < bytes_.size() ? bytes_.substr(at, sector_bytes_) : std::string_view();
}

bool Sectors::take(std::uint32_t sector) {
  if (sector >= reach_ || taken_[sector]) return false;
  taken_[sector] = true;
  return true;
}

/// The FAT's sectors: 109 of the header, then those of the DIFAT chain.
void Sectors::read_fat_list() {
  const auto most = (reach_ + per_sector_ - 1) / per_sector_;
  const auto read_list = [&](std::string_view words, std::uint64_t at, std::uint32_t entries) {
    for (std::uint32_t i = 0; i < entries && fat_.size() < most && at + 4 * i + 4 <= words.size(); ++i)
      fat_.push_back(little_endian_32(words, at + std::uint64_t{4} * i));
  };
  read_list(bytes_, kHeaderDifat, kHeaderDifatEntries);
  // The chain exists only where the header has no room for more (MS-CFB section 2.5).
  const bool is_full = std::ranges::count(fat_, kFreeSector) < kHeaderDifatEntries / 2 && fat_.size() == kHeaderDifatEntries;
  auto difat = is_full ? little_endian_32(bytes_, kHeaderFirstDifat) : kEndOfChain;
  while (difat < count_ && is_plausible_table(sector(difat), reach_) && take(difat)) {
    const auto words = sector(difat);
    read_list(words, 0, per_sector_ - 1);
    difat = little_endian_32(words, sector_bytes_ - 4);
  }
  while (!fat_.empty() && fat_.back() == kFreeSector) fat_.pop_back();
  fat_.resize(std::max<std::size_t>(fat_.size(), (count_ + per_sector_ - 1) / per_sector_), kFreeSector);
}

bool is_plausible_table(std::string_view words, std::uint64_t count) {
  const auto last = words.find_last_not_of('\0');
  if (last == std::string_view::npos) return false;
  const auto entries = std::min(words.size(), last + 4) / 4;
  std::size_t odd = 0;
  for (std::size_t i = 0; i < entries; ++i) {
    const auto entry = little_endian_32(words, 4 * i);
    odd += entry == 0 || (entry >= count && entry < kDifatSector) ? 1 : 0;
  }
  return odd <= entries / 8 + 1;
}

bool Sectors::is_plausible_fat(std::uint32_t at) const {
  return is_plausible_table(sector(at), std::max<std::uint64_t>(count_, std::uint64_t{fat_.size()} * per_sector_));
}

/// Whether a sector, read as the part of the FAT that describes its own range, calls itself a sector of the FAT.
bool Sectors::marks_itself(std::uint32_t at) const {
  return little_endian_32(sector(at), std::uint64_t{4} * (at % per_sector_)) == kFatSector;
}

/// Replaces a FAT sector that is lost by the one that says of itself that it is the FAT of that range, if there is one.
void Sectors::verify_fat_sector(std::uint32_t index) {
  auto& stated = fat_[index];
  const bool plausible = stated < count_ && !taken_[stated] && is_plausible_fat(stated);
  if (!plausible || (stated / per_sector_ == index && !marks_itself(stated))) {
    const auto end = std::min<std::uint64_t>(count_, (std::uint64_t{index} + 1) * per_sector_);
    for (auto at = std::uint64_t{index} * per_sector_; at < end; ++at) {
      const auto candidate = static_cast<std::uint32_t>(at);
      if (!taken_[candidate] && marks_itself(candidate) && is_plausible_fat(candidate)) {
        stated = candidate;
        take(stated);
        return;
      }
    }
  }
  if (!plausible) {
    stated = kFreeSector;
  } else {
    take(stated);
  }
}

std::optional<std::uint32_t> Sectors::next(std::uint32_t sector_number) const {
  const auto index = sector_number / per_sector_;
  if (index >= fat_.size() || fat_[index] == kFreeSector) return std::nullopt;
  const auto words = sector(fat_[index]);
  const auto at = std::uint64_t{4} * (sector_number % per_sector_);
  if (at + 4 > words.size()) return std::nullopt;
  const auto entry = little_endian_32(words, at);
  // A mark inside a chain, or a sector that cannot be: the entry itself is damaged.
  if (entry != kEndOfChain && entry >= reach_) return std::nullopt;
  return entry;
}

std::vector<std::uint32_t> Sectors::take_chain(std::uint32_t first, const ChainBound& bound) {
  std::vector<std::uint32_t> chain;
  auto at = first;
  std::uint64_t most = bound.sectors;
  while (chain.size() < most && at != kEndOfChain && at < reach_) {
    if (!take(at)) {
      ++crossed_;
      break;
    }
    chain.push_back(at);
    if (const auto following = next(at)) {
      at = *following;
    } else {
      most = std::min(most, bound.guessed_sectors);
      if (at + 1 >= count_ || chain.size() >= most) break;
      ++guessed_;
      ++at;
    }
  }
  return chain;
}

void Sectors::find_predecessors() const {
  if (predecessor_.size() == count_) return;
  predecessor_.resize(count_);
  for (std::uint32_t i = 0; i < count_; ++i) {
    const auto following = next(i);
    if (following && *following < count_ && *following != i) predecessor_[*following] = true;
  }
}

bool Sectors::has_predecessor(std::uint32_t sector) const {
  find_predecessors();
  return sector < count_ && predecessor_[sector];
}

std::vector<std::uint32_t> Sectors::free_chains() const {
  find_predecessors();
  std::vector<std::uint32_t> heads;
  for (std::uint32_t i = 0; i < count_; ++i) {
    if (!taken_[i] && !predecessor_[i] && next(i)) heads.push_back(i);
  }
  return heads;
}

}  // namespace threadline::message
