// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace threadline::text {

/// A colour that is given, or not.
struct Paint {
  enum class Kind : std::uint8_t { not_given, clear, known, unknown };
  Kind kind = Kind::not_given;
  std::uint32_t colour = 0;  ///< 0xRRGGBB
};

/// Whether an eye sees no difference between two colours (0xRRGGBB): 24 summed over the channels.
[[nodiscard]] inline bool is_one_colour(std::uint32_t left, std::uint32_t right) {
  constexpr int kDistance = 24;
  int distance = 0;
  for (unsigned shift = 0; shift < 24; shift += 8)
    distance += std::abs(static_cast<int>((left >> shift) & 0xFFU) - static_cast<int>((right >> shift) & 0xFFU));
  return distance <= kDistance;
}

/// What a CSS colour paints: nothing (clear: "transparent", an alpha that nobody sees), a colour, or one that is not known.
/// Source: CSS Color Module Level 4: names, hexadecimal notation, rgb(), hsl(), hwb(), and white and black of lab() and its like.
[[nodiscard]] Paint paint_of(std::string_view value);

/// 0xRRGGBB of a CSS or HTML colour; nothing for one that is not known. What it says of alpha is passed over.
[[nodiscard]] std::optional<std::uint32_t> read_colour(std::string_view text);

}  // namespace threadline::text
