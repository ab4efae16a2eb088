// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <poll.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "evidence/evidence.h"
#include "facts/facts.h"
#include "pipeline/worker.h"

namespace threadline::pipeline {

/// What became of one item.
struct Outcome {
  std::uint64_t order = 0;          ///< as given to submit
  std::vector<facts::Facts> facts;  ///< empty: lost
  std::string encoded;              ///< the facts as the worker wrote them (wire.h); empty: read in this process
  std::string batch;                ///< of an item that is a piece of a log: the worker's answer (log_wire.h)
  std::string source, sha256;       ///< of the item
  std::string lost;  ///< note code: "worker_crashed", "worker_timeout", "worker_memory", "limit" (frame_bytes); empty: not lost
};

/// Worker processes that read items. One message is in a worker at a time, and where there are several workers, a few
/// small ones wait in the pipe of each; a worker that dies, hangs past Limits::budget_ms or runs out of Limits::worker_bytes
/// costs the message that it reads, and is replaced. Its time stands still while this process does something else (Done too).
/// Order: outcomes come in any order. Threads: one thread only, and the process
/// has no other threads (it forks) but a store's Checkpointer.
class Pool {
 public:
  using Done = std::function<void(Outcome&&)>;

  /// Errors: no process or pipe could be made.
  [[nodiscard]] static Result<std::unique_ptr<Pool>> start(unsigned workers, ItemSettings settings, Fault fault, Done done);
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  /// Hands the item to a free worker; waits for one when all have enough to do (back pressure).
  [[nodiscard]] Result<void> submit(std::uint64_t order, const evidence::Item& item);
  /// Whether a worker is free: what is submitted is read at once.
  [[nodiscard]] bool has_room() const;
  /// Waits until a worker or one of `others` is ready, or `most_ms` have passed, and serves the workers; `others` have their
  /// revents. Whether one was ready.
  [[nodiscard]] Result<bool> turn(std::span<pollfd> others, int most_ms);
  /// Waits until all submitted items are done.
  [[nodiscard]] Result<void> drain();

 private:
  struct State;
  explicit Pool(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace threadline::pipeline
