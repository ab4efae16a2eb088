// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "apps/gateway/front.h"
#include "apps/gateway/judge.h"

namespace threadline::gateway {

struct SupervisorSettings {
  int listener = -1;
  std::function<Result<pipeline::RunSettings>()> read_settings;  ///< of the policy as it is now
  timeline::Language language = timeline::Language::en;
  std::string key;
  int metrics_listener = -1;  ///< where /metrics is answered; -1: nowhere
  std::string memory_path;    ///< empty: none
  std::function<Result<std::shared_ptr<memory::FileStore>>(std::uint32_t retention_days)> open_memory;
  unsigned drain_ms = 60'000;  ///< what a worker has to end the messages that it has
};

/// From here on signals wait until `supervise` takes them: one that comes while the gateway starts does not end it.
void hold_signals();

/// Owns the listening socket and starts what works: a front (libmilter), a judge behind it, the page of metrics; each is started
/// again when it ends, and who connects meanwhile waits in the socket's queue. SIGHUP: a new pair with the policy as it is now,
/// then the old one ends what it has; a wrong policy leaves the old in force, and is told in the log. SIGTERM, SIGINT: no new
/// mail; returns when what is under way has ended. One thread. Errors: the first policy is wrong; no process could be made.
[[nodiscard]] Result<void> supervise(const SupervisorSettings& settings);

}  // namespace threadline::gateway
