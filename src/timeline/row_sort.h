// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/scratch_file.h"
#include "base/short_hash.h"
#include "timeline/draft.h"

namespace threadline::timeline {

/// Gives rows their ids, their order (row.schema.json) and their numbers: an external merge sort.
class RowSort {
 public:
  explicit RowSort(SortSettings settings) : settings_(std::move(settings)), file_(settings_.folder) {}

  /// Gives it the id of its identity, if it has none; two rows of one (one subject found twice) are told apart by the order in
  /// which they are added.
  void add(Draft&& draft);
  /// All that were added, numbered from 1. `take` answers false to stop. Errors: the file cannot be written or read.
  [[nodiscard]] Result<void> each(const std::function<bool(Row&&)>& take);

 private:
  struct Run {
    std::uint64_t at = 0, end = 0;
  };
  class RunReader;

  void set_id(Draft& draft);
  void spill();
  [[nodiscard]] Result<void> merge(const std::function<bool(Row&&)>& take);

  SortSettings settings_;
  ScratchFile file_;
  Drafts drafts_;
  std::uint64_t bytes_ = 0;
  std::vector<Run> runs_;
  HashTable<HashAlone> used_;
};

}  // namespace threadline::timeline
