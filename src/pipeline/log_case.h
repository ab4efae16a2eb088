// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "logs/conclusions.h"
#include "pipeline/analysis.h"

namespace threadline::pipeline {

/// What the judged mails make the logs be read for: the case's conversations (those of a message with a finding of medium or
/// more; without any, all messages), its people, and what is disputed.
[[nodiscard]] logs::Ground log_ground(const std::vector<timeline::Judged>& judged, const RunSettings& settings,
                                      const policy::Policy& policy);

/// The story as what rows are made from.
[[nodiscard]] std::vector<timeline::Logged> logged_of(logs::Story&& story, const logs::Ground& ground,
                                                      const policy::Policy& policy);

}  // namespace threadline::pipeline
