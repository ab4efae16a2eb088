// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "base/limits.h"

namespace threadline::archive {

/// What one archive, with all archives inside it, may still unpack to.
/// Limits: archive_members, archive_bytes, archive_ratio (which speaks of what unpacks to more than archive_small_bytes).
class Allowance {
 public:
  /// Units: `packed` is the size of the outermost archive in bytes.
  Allowance(const Limits& limits, std::uint64_t packed);

  /// Takes one member. Answers the name of the limit that it is beyond, else nothing.
  [[nodiscard]] std::string_view take_member();
  /// Takes bytes of a member. Answers the name of the limit that they are beyond, else nothing; then nothing is taken.
  [[nodiscard]] std::string_view take_bytes(std::uint64_t count);

 private:
  std::uint64_t members_;
  std::uint64_t bytes_;
  std::uint64_t bytes_by_ratio_;
};

}  // namespace threadline::archive
