// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "facts/transport/hop.h"

namespace threadline::facts {

/// The ARC sets of a header by instance, the first sealed first; of two fields of one instance the upper counts.
/// Limits: 50 sets, by RFC 8617 section 4.2.1; a field without an instance of 1 to 50 belongs to no set.
[[nodiscard]] std::vector<ArcSet> read_arc_sets(const message::Message& message);

}  // namespace threadline::facts
