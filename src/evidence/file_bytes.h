// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/descriptor.h"

namespace threadline::evidence {

/// The bytes of one piece of evidence, read only: a file of the disk, or a member of a container, held in memory or in a file
/// without a name. Readers see no difference.
class FileBytes {
 public:
  /// Opens a file; never waits for a writer and never takes a terminal.
  /// Errors: none thrown; `is_open()` is false and `problem()` says why.
  explicit FileBytes(const std::string& path);
  [[nodiscard]] static FileBytes in_memory(std::string bytes);
  [[nodiscard]] static FileBytes of_descriptor(Descriptor descriptor);

  [[nodiscard]] bool is_open() const { return is_open_; }
  [[nodiscard]] const std::string& problem() const { return problem_; }
  [[nodiscard]] std::uint64_t size() const { return size_; }

  /// When it was last written, seconds since 1970, as the disk or the container states it: nothing where neither does.
  [[nodiscard]] std::optional<std::int64_t> written() const { return written_; }
  void set_written(std::optional<std::int64_t> written) { written_ = written; }

  /// Up to `length` bytes from `offset` on; fewer at the end or where reading fails (then `problem()` is set).
  [[nodiscard]] std::string read_at(std::uint64_t offset, std::uint64_t length);

  /// A descriptor for libraries that read files (also by "/proc/self/fd/N"); what is in memory is put into an anonymous file
  /// first. It stays this object's. Errors: -1, and `problem()` says why.
  [[nodiscard]] int descriptor();

 private:
  FileBytes() = default;
  void take_size();

  Descriptor descriptor_;
  std::string memory_;
  bool is_in_memory_ = false;
  bool is_open_ = false;
  std::uint64_t size_ = 0;
  std::optional<std::int64_t> written_;
  std::string problem_;
};

/// What standard input gave.
struct StandardInput {
  std::string bytes;
  std::string problem;      ///< why reading ended before the end; empty: it did not
  bool is_stopped = false;  ///< whoever asked for it wants it no more: what is here is a part
};

/// Reads standard input up to one byte more than `most` (so that the caller sees that there was more). `is_stopped`, where given,
/// is asked again and again while nothing comes.
[[nodiscard]] StandardInput read_standard_input(std::uint64_t most, const std::function<bool()>& is_stopped = {});

}  // namespace threadline::evidence
