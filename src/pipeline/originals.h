// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "timeline/judged.h"

namespace threadline::pipeline {

/// Fills Judged::originals: for each quoted block the message of the run that it quotes, known before or after; where there is
/// none, what stands there already stays (the original that an earlier run left in the memory).
void find_originals(std::vector<timeline::Judged>& judged);

}  // namespace threadline::pipeline
