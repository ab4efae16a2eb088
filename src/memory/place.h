// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <string_view>

namespace threadline::memory {

/// A place in the order of judgement: known_at, then the beginning of the sha256.
struct Place {
  std::int64_t at = 0;
  std::int64_t tie = 0;

  auto operator<=>(const Place&) const = default;
};

inline constexpr Place kBeginning{std::numeric_limits<std::int64_t>::min(), 0};
inline constexpr Place kEnd{std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::max()};

/// Texts are in one order with the numbers made of their first seven bytes; two of one second with the same ones are in none.
inline std::int64_t tie_of(std::string_view sha256) {
  constexpr std::size_t kBytes = 7;
  std::int64_t tie = 0;
  for (std::size_t at = 0; at < kBytes; ++at) tie = tie << 8U | (at < sha256.size() ? static_cast<unsigned char>(sha256[at]) : 0);
  return tie;
}

/// in_order: each message stands behind all that were learnt before it, and none is ever forgotten: of each thing the first row
/// is written alone, and sums are made when a message is learnt.
enum class Filling : std::uint8_t { any_order, in_order };

}  // namespace threadline::memory
