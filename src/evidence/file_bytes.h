// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace threadline::evidence {

/// One open file (or standard input), read only. Opening never waits for a writer and never takes a terminal.
class FileBytes {
 public:
  /// Errors: none thrown; `is_open()` is false and `problem()` says why.
  explicit FileBytes(const std::string& path);
  ~FileBytes();
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;

  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  [[nodiscard]] const std::string& problem() const { return problem_; }
  [[nodiscard]] std::uint64_t size() const { return size_; }

  /// Up to `length` bytes from `offset` on; fewer at the end or where reading fails (then `problem()` is set).
  [[nodiscard]] std::string read_at(std::uint64_t offset, std::uint64_t length);

 private:
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
  std::string problem_;
};

/// What standard input gives, up to one byte more than `most` (so that the caller sees that there was more).
[[nodiscard]] std::string read_standard_input(std::uint64_t most);

}  // namespace threadline::evidence
