// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "timeline/judged.h"

namespace threadline::pipeline {

/// Fills Judged::originals: for each quoted block the message of the run that it quotes, known before or after.
void find_originals(std::vector<timeline::Judged>& judged);

}  // namespace threadline::pipeline
