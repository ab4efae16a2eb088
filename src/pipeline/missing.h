// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "memory/memory.h"
#include "policy/policy.h"
#include "timeline/judged.h"

namespace threadline::pipeline {

/// Adds `message_missing` to the first message that names a message which its export should hold and does not (findings.md): one
/// finding a missing message. A step of its own, since only the end of a run knows what an export holds.
/// A message is due where a quoted level, In-Reply-To or References names it, an own-side address sent or received it, and an
/// earlier message of its thread is there; or the same folder holds other messages which that address sent (received) before and
/// after. A message that a bounce carries is due to its sender.
/// Silent: a thread that began before the export; others' threads on mailing lists; an inbox whose sent mail was not exported,
/// and the other way round (Holdings::lacks_direction); a folder where more is missing than joined, which somebody chose.
/// Heuristic: what was filed elsewhere is told as missing.
/// `memory` knows messages of earlier runs, which are not missing; or nullptr.
void find_missing(std::vector<timeline::Judged>& judged, const policy::Policy& policy, const memory::View* memory = nullptr);

}  // namespace threadline::pipeline
