// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "pipeline/judgement.h"

namespace threadline::pipeline {

/// All of it in memory.
[[nodiscard]] Run run_of(const Judgement& judgement);

/// What exports and cases say of the messages beside their rows (timeline::journal::describe_messages): whole are those that have
/// details (timeline/details.h); of the others, who they are and what they belong to. Takes some hundred bytes for each of these.
[[nodiscard]] std::vector<timeline::Judged> outlines_of(const Judgement& judgement);

/// What logs ask of the mails beside them (log_reading.h), and nothing else of these.
[[nodiscard]] std::vector<timeline::Judged> mails_for_logs(const Judgement& judgement);

}  // namespace threadline::pipeline
