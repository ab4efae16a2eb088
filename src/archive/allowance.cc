// SPDX-License-Identifier: Apache-2.0
#include "archive/allowance.h"

#include <algorithm>
#include <limits>

namespace threadline::archive {
namespace {

std::uint64_t product(std::uint64_t left, std::uint64_t right) {
  constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
  return right != 0 && left > kMost / right ? kMost : left * right;
}

}  // namespace

Allowance::Allowance(const Limits& limits, std::uint64_t packed)
    : members_(limits.archive_members),
      bytes_(limits.archive_bytes),
      bytes_by_ratio_(std::max(limits.archive_small_bytes, product(packed, limits.archive_ratio))) {}

std::string_view Allowance::take_member() {
  if (members_ == 0) return "archive_members";
  --members_;
  return {};
}

std::string_view Allowance::take_bytes(std::uint64_t count) {
  if (count > bytes_) return "archive_bytes";
  if (count > bytes_by_ratio_) return "archive_ratio";
  bytes_ -= count;
  bytes_by_ratio_ -= count;
  return {};
}

}  // namespace threadline::archive
