// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/descriptor.h"
#include "base/result.h"

namespace threadline::inline base {

/// Puts more records in order than memory holds: sorted runs lie in a file without a name, and are merged when they are read.
/// Records are bytes and compared as such; equal ones keep the order in which they came. Few records never touch the disk.
/// Threads: one.
class ExternalSort {
 public:
  /// `run_bytes`: what is held in memory, and sorted at once.
  explicit ExternalSort(std::string folder, std::size_t run_bytes = std::size_t{8} << 20U);

  /// A failure to write is told by `finish`.
  void add(std::string_view record);
  /// No record comes any more. Errors: the file could not be made or written.
  [[nodiscard]] Result<void> finish();
  /// Each record in order, until `sink` answers false; as often as one likes, after `finish`.
  /// Errors: the file cannot be read.
  [[nodiscard]] Result<void> each(const std::function<bool(std::string_view)>& sink) const;

 private:
  struct Run {
    std::uint64_t begin = 0, end = 0;  ///< in the file
  };
  class Cursor;

  void sort_held();
  void write_run();
  [[nodiscard]] std::string_view record_at(std::size_t place) const;

  std::string folder_;
  std::size_t run_bytes_;
  std::string held_;                 ///< records, each behind its length
  std::vector<std::size_t> places_;  ///< of them in `held_`
  std::vector<Run> runs_;
  Descriptor file_;
  std::uint64_t written_ = 0;
  Result<void> failure_;
};

/// A number as eight bytes whose order is that of the numbers.
void add_ordered(std::string& key, std::int64_t number);
/// Takes one from the front. `bytes` has at least eight.
[[nodiscard]] std::int64_t take_ordered(std::string_view& bytes);

}  // namespace threadline::inline base
