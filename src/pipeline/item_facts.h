// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "evidence/evidence.h"
#include "facts/facts.h"

namespace threadline::pipeline {

/// The facts of one item: of the message, then of each message attached to it at any depth, carriers before what they carry.
/// The attached message's source is its carrier's, "/" and the part. Pure: what a worker does.
[[nodiscard]] std::vector<facts::Facts> read_item(const evidence::Item& item, const facts::Settings& settings);

}  // namespace threadline::pipeline
