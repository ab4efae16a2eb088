// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "apps/gateway/metrics.h"
#include "pipeline/analysis.h"
#include "timeline/words.h"

namespace threadline::gateway {

struct JudgeSettings {
  pipeline::RunSettings run;
  timeline::Language language = timeline::Language::en;  ///< of the reasons in the log
};

/// The life of the process that judges: answers each question (exchange.h) that comes in at the listening socket, by means of
/// confined readers, until it is ended. One thread. Errors: no reader could be made.
[[nodiscard]] Result<void> judge_questions(int listener, const JudgeSettings& settings);

}  // namespace threadline::gateway
