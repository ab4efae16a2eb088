// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/descriptor.h"
#include "evidence/file_bytes.h"

namespace threadline::evidence {

/// Gathers the bytes of a member of a container: in memory first, in a file without a name once they are many.
class Spool {
 public:
  /// Units: beyond `most_in_memory` bytes all go to a file in `folder`, which must be writable.
  Spool(std::uint64_t most_in_memory, std::string folder) : most_in_memory_(most_in_memory), folder_(std::move(folder)) {}

  /// Errors: false when the file cannot be written; `problem()` says why, and what was gathered before stays.
  [[nodiscard]] bool append(std::string_view bytes);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] const std::string& problem() const { return problem_; }
  void clear();
  /// What was gathered; the spool is empty afterwards.
  [[nodiscard]] FileBytes take();

 private:
  bool write(std::string_view bytes);

  std::uint64_t most_in_memory_;
  std::string folder_;
  std::string memory_;
  Descriptor descriptor_;
  std::uint64_t size_ = 0;
  std::string problem_;
};

}  // namespace threadline::evidence
