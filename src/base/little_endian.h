// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace threadline::inline base {

/// The little-endian number that begins there; nothing where the bytes end before it does.
template <std::unsigned_integral Number>
[[nodiscard]] std::optional<Number> number_at(std::string_view bytes, std::size_t at) {
  if (at > bytes.size() || bytes.size() - at < sizeof(Number)) return std::nullopt;
  Number number = 0;
  for (std::size_t i = sizeof(Number); i-- > 0;) {
    number = static_cast<Number>((std::uint64_t{number} << 8U) | static_cast<unsigned char>(bytes[at + i]));
  }
  return number;
}

/// The number's lowest `width` bytes, the lowest first.
[[nodiscard]] inline std::string little_endian(std::uint64_t number, std::size_t width) {
  std::string bytes;
  for (std::size_t i = 0; i < width; ++i) bytes += static_cast<char>((number >> (8 * i)) & 0xFFU);
  return bytes;
}

}  // namespace threadline::inline base
