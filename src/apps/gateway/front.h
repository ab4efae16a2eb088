// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/un.h>

#include <csignal>
#include <string>

#include "apps/gateway/metrics.h"
#include "apps/gateway/session.h"
#include "base/limits.h"
#include "policy/policy.h"

namespace threadline::gateway {

/// Where the judge of the same policy listens: a Unix socket without a file (the kernel chose its name).
struct JudgePlace {
  sockaddr_un address{};
  socklen_t length = 0;
};

/// Tells a front to take no new connections and to end with the last one.
inline constexpr int kEndSignal = SIGUSR1;
/// Tells it to end as soon as no message is under way, whoever is still connected.
inline constexpr int kStopSignal = SIGUSR2;

struct FrontSettings {
  int listener = -1;  ///< of the mail server
  JudgePlace judge;
  policy::Gateway policy;
  policy::Networks outbound;
  Limits limits;
  std::uint32_t silence_ms = 0;  ///< of the judge, until a message fails with `internal`
  std::string key;               ///< of the verdict header's MAC
  Metrics* metrics = nullptr;
  std::size_t slot = 0;  ///< in Metrics::in_flight
};

/// The life of the process that speaks the milter protocol with the mail server: it asks the judge, does what the answer says,
/// and writes one JSON line a message to standard error. kEndSignal: it takes no new connections, and the process ends with the
/// last one that is open; kStopSignal: with the last message that has begun. Returns where libmilter could not be started, or was
/// ended.
[[nodiscard]] bool serve_mail(const FrontSettings& settings);

}  // namespace threadline::gateway
