// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "logs/event.h"

namespace threadline::logs {

/// Along the great circle, in kilometres.
[[nodiscard]] double distance_km(const Location& one, const Location& other);

/// What lies between the two circles in which the locations are likely to be; 0 where they meet.
[[nodiscard]] double distance_apart_km(const Location& one, const Location& other);

/// Whether nobody gets from one circle to the other in that time, by scheduled flights. A heuristic: mobile networks and VPNs
/// lead through distant cities, and databases of cities err beyond the radius that they state one time in three.
[[nodiscard]] bool is_faster_than_a_plane(const Location& from, const Location& to, std::int64_t seconds);

}  // namespace threadline::logs
