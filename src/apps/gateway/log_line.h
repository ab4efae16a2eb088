// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>

#include "apps/gateway/exchange.h"
#include "apps/gateway/session.h"

namespace threadline::gateway {

/// What one message came to.
struct LogEntry {
  const Session& session;
  const Answer& answer;
  const std::string& id;  ///< also in the verdict header and the reason of a hold
  std::time_t time = 0;
  std::int64_t microseconds = 0;
  std::uint64_t size = 0;
};

/// One JSON object, no line end: {"time", "event": "message", "queue_id", "message_id", "direction", "verdict", ...}.
[[nodiscard]] std::string log_text(const LogEntry& entry);
/// Writes it to standard error in one call.
void log_message(const LogEntry& entry);
/// {"time", "event", "what"}: a reload, a restart, an error.
void log_event(std::string_view event, std::string_view what);

}  // namespace threadline::gateway
