// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "facts/transport/hop.h"

/// When the times of a way contradict each other beyond what clocks and queues do.
namespace threadline::findings {

/// Two hops of a way, and how far the later one's time lies behind.
struct Backwards {
  std::size_t earlier = 0, later = 0;  ///< indexes in Route::hops
  std::int64_t seconds = 0;            ///< negative
};
/// The first pair of stamps that runs backwards beyond skew. Skew is: a clock that drifts (20 minutes), a summer time that one
/// host does not keep, a zone that is written wrong (the other host's zone, or the other sign, makes the pair fit), a host whose
/// stamps are all whole hours away, a zone that is a guess, a clock that nobody set; and what the clocks
/// behind the border say of each other.
[[nodiscard]] std::optional<Backwards> time_backwards(const facts::Route& route);

/// How far Date lies from the first hop, positive where it lies ahead; nothing where it is near, or a clock explains it: a clock
/// that nobody set, a Buddhist year, a first host whose clock is wrong while Date fits a later hop.
[[nodiscard]] std::optional<std::int64_t> date_far_from_first_hop(const facts::Route& route, const Stamp& date);

}  // namespace threadline::findings
