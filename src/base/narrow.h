// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace threadline::inline base {

/// A whole number that is kept in that many bytes, for millions of them: -2^(8 Bytes - 1) to 2^(8 Bytes - 1) - 1.
/// What does not fit is kept as the nearest number that does. Little-endian machines.
template <std::size_t Bytes>
class [[gnu::packed]] Narrow {
  static_assert(Bytes > 0 && Bytes < sizeof(std::int64_t));
  static constexpr int kFree = 64 - 8 * static_cast<int>(Bytes);
  static constexpr std::int64_t kMost = INT64_MAX >> kFree;

 public:
  constexpr Narrow() = default;
  Narrow(std::int64_t value) {  // NOLINT(google-explicit-constructor): it stands for the number
    const std::int64_t kept = value > kMost ? kMost : value < -kMost - 1 ? -kMost - 1 : value;
    std::memcpy(bytes_.data(), &kept, Bytes);
  }
  operator std::int64_t() const {  // NOLINT(google-explicit-constructor): likewise
    std::uint64_t value = 0;
    std::memcpy(&value, bytes_.data(), Bytes);
    return static_cast<std::int64_t>(value << kFree) >> kFree;
  }

 private:
  std::array<std::uint8_t, Bytes> bytes_{};
};

}  // namespace threadline::inline base
