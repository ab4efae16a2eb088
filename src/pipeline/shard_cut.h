// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "memory/fact_store.h"

namespace threadline::pipeline {

/// Which items of the evidence a shard reads, and their place in it. Every item is in exactly one of the N shards, and has the
/// same place in all of them, whatever N: shards go through the same evidence in the same order, and pass over what is not
/// theirs. A file shorter than kWholeFile is read by one shard alone (the others do not look into it); of a longer one each shard
/// counts the items (for which it reads, but does not analyse them) and takes runs of kRun.
class ShardCut {
 public:
  static constexpr std::uint64_t kWholeFile = 8U << 20U;
  static constexpr std::uint64_t kRun = 64;

  explicit ShardCut(const memory::Shard& shard) : shard_(shard) {}

  /// Called for each file and member before it is read. Whether it is to be passed over.
  [[nodiscard]] bool passes_over(const std::string& source, std::uint64_t bytes);
  /// Called for each item. Its place; nothing: it is another shard's.
  [[nodiscard]] std::optional<std::uint64_t> place_of(const std::string& source);
  /// The place of the file that was asked about last.
  [[nodiscard]] std::uint64_t file_place() const { return file_ << kItemBits; }

 private:
  static constexpr unsigned kItemBits = 32;  ///< of a place: items of one file

  [[nodiscard]] bool is_inside(std::string_view source) const;
  void begin_file(const std::string& source, std::uint64_t bytes);
  [[nodiscard]] bool is_mine(std::uint64_t number) const { return number % shard_.of == shard_.number - 1; }

  memory::Shard shard_;
  std::string name_;  ///< of the file
  std::uint64_t file_ = 0, item_ = 0, hash_ = 0;
  bool is_whole_ = true;
};

}  // namespace threadline::pipeline
