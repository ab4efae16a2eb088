// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "apps/gateway/decision.h"
#include "base/limits.h"
#include "pipeline/analysis.h"

namespace threadline::gateway {

/// What a run over one message says of it.
struct Message {
  std::vector<findings::Finding> findings;  ///< that decide: outbound those of the message itself, else of what it carries too
  findings::Direction direction = findings::Direction::unknown;
  Failure failure = Failure::none;
};
[[nodiscard]] Message message_of(const pipeline::Run& run);

/// What a note code says: a worker that took too long or too much is a limit, one that crashed is not.
[[nodiscard]] Failure failure_of(std::string_view note_code);

/// The policy's bounds in place of the program's: max_message_bytes (default 64 MiB), budget_ms.
void take_limits(const policy::Gateway& policy, Limits& limits);

}  // namespace threadline::gateway
