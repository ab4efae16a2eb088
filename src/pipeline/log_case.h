// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "logs/conclusions.h"
#include "pipeline/analysis.h"

namespace threadline::pipeline {

/// Whom the receiving servers say that they took the mail to: an alias, a blind copy or a list names nobody in To. Not what
/// stands below the trusted border: there the sender writes what he likes.
[[nodiscard]] std::vector<std::string> delivered_to(const facts::Facts& facts);

/// What the judged mails make the logs be read for: the case's conversations (those of a message with a finding of medium or
/// more; without any, all messages), its people, and what is disputed.
[[nodiscard]] logs::Ground log_ground(const std::vector<timeline::Judged>& judged, const RunSettings& settings,
                                      const policy::Policy& policy);

/// The story as what rows are made from.
[[nodiscard]] std::vector<timeline::Logged> logged_of(logs::Story&& story, const logs::Ground& ground,
                                                      const policy::Policy& policy);

}  // namespace threadline::pipeline
