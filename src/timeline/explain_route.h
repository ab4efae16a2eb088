// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "facts/transport/hop.h"
#include "timeline/words.h"

namespace threadline::timeline {

/// The route as it is pasted into a ticket, at most `columns` wide: a title (how many hops, which year, where the trusted border
/// is), how the message was handed over, then a line or two a hop: place, "*" the border or "+" inside of it, time with its
/// offset
/// ("?" where none was written), delay, link to the hop before, peer and who stamped it. Longer routes show their first and last
/// hops. Empty without hops. What comes from the evidence is visible, on one line.
[[nodiscard]] std::vector<std::string> route_lines(const facts::Route& route, Language language, std::size_t columns);

}  // namespace threadline::timeline
