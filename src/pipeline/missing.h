// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "memory/memory.h"
#include "policy/policy.h"
#include "timeline/judged.h"

namespace threadline::pipeline {

/// Adds `message_missing` to the first message that names a message which its export should hold and does not (findings.md): one
/// finding a missing message. A step of its own, since only the end of a run knows what an export holds.
/// A message is due where a quoted level, a bounce or In-Reply-To names it, an own-side address sent or received it, and the same
/// folder holds enough other messages which that address sent (received) before and after. Heuristic: what was filed elsewhere is
/// told as missing; a small or single export says nothing.
/// `memory` knows messages of earlier runs, which are not missing; or nullptr.
void find_missing(std::vector<timeline::Judged>& judged, const policy::Policy& policy, const memory::View* memory = nullptr);

}  // namespace threadline::pipeline
