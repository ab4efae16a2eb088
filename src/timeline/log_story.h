// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "timeline/logged.h"
#include "timeline/words.h"

namespace threadline::timeline {

/// What one account did in one session of a log, or from one address where the log names no session.
struct AccountSession {
  std::string account, ip, session;    ///< as the first record has them
  std::vector<const Logged*> records;  ///< by time
};

/// The sessions in which something of medium or more was found, by their first record. Precondition: `logged` is by time, and
/// outlives the answer.
[[nodiscard]] std::vector<AccountSession> grave_sessions(const std::vector<Logged>& logged);

/// What was done in each session in which something of medium or more was found, in order: sign-in, rule, reads, sending,
/// deletion, a line each. A session is an account with the log's session id, else with its address. Empty without any.
/// Precondition: `logged` is by time.
[[nodiscard]] std::string session_stories(const std::vector<Logged>& logged, Language language);

}  // namespace threadline::timeline
