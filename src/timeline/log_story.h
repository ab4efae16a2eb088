// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "timeline/logged.h"
#include "timeline/words.h"

namespace threadline::timeline {

/// What was done in each session in which something of medium or more was found, in order: sign-in, rule, reads, sending,
/// deletion, a line each. A session is an account with the log's session id, else with its address. Empty without any.
/// Precondition: `logged` is by time.
[[nodiscard]] std::string session_stories(const std::vector<Logged>& logged, Language language);

}  // namespace threadline::timeline
