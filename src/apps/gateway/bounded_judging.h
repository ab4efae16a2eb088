// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace threadline::gateway {

/// How a judge ends whose judging of one message took too long (the supervisor tells it in the log).
inline constexpr int kExitTooSlow = 78;

/// While it lives, one message is judged: with `budget_ms` (a second at least) of processor time, or twice that on the clock,
/// where something else than this process keeps it. Beyond that this process tells the caller so (Word::too_slow) and ends: a
/// detector or the memory cannot be interrupted. What else the judge had is asked again of the next one, and the memory keeps
/// what was committed. Threads: one at a time in a process.
class BoundedJudging {
 public:
  BoundedJudging(int caller, std::uint32_t budget_ms);
  ~BoundedJudging();
  BoundedJudging(const BoundedJudging&) = delete;
  BoundedJudging& operator=(const BoundedJudging&) = delete;
};

}  // namespace threadline::gateway
