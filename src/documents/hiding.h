// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstdlib>
#include <optional>

#include "text/css_colour.h"
#include "text/html.h"

namespace threadline::documents {

/// Whether an eye sees no difference between two colours (0xRRGGBB): 24 summed over the channels, as in HTML.
[[nodiscard]] inline bool is_one_colour(std::uint32_t left, std::uint32_t right) {
  constexpr int kDistance = 24;
  int distance = 0;
  for (unsigned shift = 0; shift < 24; shift += 8)
    distance += std::abs(static_cast<int>((left >> shift) & 0xFFU) - static_cast<int>((right >> shift) & 0xFFU));
  return distance <= kDistance;
}

/// Whether nobody sees a text of that colour, ground and size: smaller than a point, as in HTML, where a pixel is none. Where a
/// colour is not known it is seen.
[[nodiscard]] inline text::Hiding hiding_by_look(const text::Paint& colour, const text::Paint& ground,
                                                 std::optional<double> points) {
  constexpr double kTinyPoints = 1.0;
  if (points && *points <= kTinyPoints) return text::Hiding::zero_size;
  const bool is_known = colour.kind == text::Paint::Kind::known && ground.kind == text::Paint::Kind::known;
  return is_known && is_one_colour(colour.colour, ground.colour) ? text::Hiding::same_colour : text::Hiding::none;
}

}  // namespace threadline::documents
