// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "text/css_colour.h"
#include "text/html.h"

namespace threadline::documents {

/// Whether nobody sees a text of that colour, ground and size: smaller than a point, as in HTML, where a pixel is none. Where a
/// colour is not known it is seen.
[[nodiscard]] inline text::Hiding hiding_by_look(const text::Paint& colour, const text::Paint& ground,
                                                 std::optional<double> points) {
  constexpr double kTinyPoints = 1.0;
  if (points && *points <= kTinyPoints) return text::Hiding::zero_size;
  const bool is_known = colour.kind == text::Paint::Kind::known && ground.kind == text::Paint::Kind::known;
  return is_known && text::is_one_colour(colour.colour, ground.colour) ? text::Hiding::same_colour : text::Hiding::none;
}

}  // namespace threadline::documents
