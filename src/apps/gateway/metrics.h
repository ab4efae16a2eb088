// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "apps/gateway/decision.h"

namespace threadline::gateway {

using Count = std::atomic<std::uint64_t>;
static_assert(Count::is_always_lock_free);  // it is shared by processes

/// Finding codes that are counted apart: the detectors of findings/detectors.def; the last counts the others.
inline constexpr std::string_view kCounted[] = {
#define THREADLINE_DETECTOR(name) #name,
#include "findings/detectors.def"
#undef THREADLINE_DETECTOR
    "other"};
inline constexpr std::size_t kCodes = std::size(kCounted);

/// Upper bounds of the latency histogram, in milliseconds; one more bucket counts all.
inline constexpr std::array<std::uint64_t, 12> kBuckets{1, 2, 5, 10, 25, 50, 100, 250, 500, 1'000, 5'000, 20'000};

/// How many workers may be ending at once beside the one that takes new mail.
inline constexpr std::size_t kSlots = 8;

/// What the gateway counts, in memory that its processes share: a worker that is killed loses no count.
struct Metrics {
  std::array<std::array<Count, 5>, 4> messages{};  ///< by findings::Direction and Action
  std::array<Count, 4> failures{};                 ///< by Failure
  std::array<Count, kCodes> findings{};
  std::array<Count, kBuckets.size() + 1> latency{};
  Count latency_us{};
  std::array<Count, kSlots> in_flight{};  ///< by worker
  Count aborted{}, stripped{}, dry_run{}, reloads{}, refused_reloads{}, worker_restarts{}, judge_restarts{};
  std::atomic<std::uint32_t> healthy{};  ///< 1 while a worker and a judge are there
  std::int64_t started = 0;

  void count_message(findings::Direction direction, const Decision& decision, std::uint64_t microseconds);
  void count_finding(std::string_view code);
};

/// In memory that children share. nullptr: there is none.
[[nodiscard]] Metrics* shared_metrics();

/// Prometheus text, exposition format 0.0.4. `memory_bytes`: of the memory's file.
[[nodiscard]] std::string metrics_text(const Metrics& metrics, std::uint64_t memory_bytes);

/// Answers /metrics and /healthz at that socket until it is ended. `memory_path`: a file whose size is told, or empty.
void serve_metrics(const Metrics& metrics, int listener, const std::string& memory_path);
/// Whether that is an address that only this host reaches.
[[nodiscard]] bool is_local_place(std::string_view where);
/// "127.0.0.1:9099", "[::1]:9099" or "unix:/path" as open_listener reads it.
[[nodiscard]] std::string metrics_socket(const std::string& where);

}  // namespace threadline::gateway
