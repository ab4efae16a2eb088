// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <poll.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "memory/memory.h"
#include "pipeline/analysis.h"

namespace threadline::pipeline {

/// A message as a mail server hands it over.
struct Arrival {
  std::uint64_t ticket = 0;
  evidence::Item item;
  std::optional<findings::Direction> session;  ///< none: by the sender's side
  Instant arrived;                             ///< when the message could be known: the server's clock, not the header's
};

/// Judges messages one after the other as they come: the facts, memory and findings of a run over the same message. Without a
/// memory each message is judged by the policy and by what it carries alone. Reading goes on beside it in other processes;
/// whoever owns this says when one is judged (judge_next), and looks after its callers between two. Threads: as Pool.
class Live {
 public:
  /// What became of it; answers whether it is learnt (not where the message will come again).
  using Done = std::function<bool(std::uint64_t ticket, Run&&)>;

  /// `settings`: the policy, limits, jobs (1 at least) and what reading depends on; its memory, as use_memory.
  /// Errors: no process could be made.
  [[nodiscard]] static Result<std::unique_ptr<Live>> start(const RunSettings& settings, Done done);
  ~Live();
  Live(const Live&) = delete;
  Live& operator=(const Live&) = delete;

  /// From here on messages are judged by that memory, and learnt by it; nullptr: by none. A memory that fails is given up, and
  /// the run of its message, judged without it, says so (Run::memory_failed).
  void use_memory(std::shared_ptr<memory::Store> memory);
  [[nodiscard]] const memory::Store* memory() const;

  /// Whether a reader is free and few messages that were read wait to be judged.
  [[nodiscard]] bool has_room() const;
  [[nodiscard]] Result<void> submit(Arrival&& arrival);
  /// Waits until readers can be served, or one of `others` is ready (Pool::turn), and serves them. Whether one was ready.
  [[nodiscard]] Result<bool> turn(std::span<pollfd> others, int most_ms);
  /// The message that was read and is to be judged next.
  [[nodiscard]] std::optional<std::uint64_t> next() const;
  /// Judges it.
  void judge_next();

 private:
  struct State;
  explicit Live(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace threadline::pipeline
