// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace threadline::inline base {

/// What a confined child may use.
struct ChildBounds {
  std::uint64_t memory_bytes = 0;  ///< address space beyond what it starts with
  std::uint32_t silence_ms = 0;    ///< longest time without a frame
  std::uint32_t opening_ms = 0;    ///< longest time before the first frame; 0: as silence_ms
  std::uint64_t frame_bytes = 0;   ///< longest frame
};

/// Hands one frame to the parent; answers false when nobody reads any more.
using SendFrame = std::function<bool(std::string_view frame)>;

/// Reads hostile bytes in a process of its own: `child` runs there, confined (confine.h), and its frames come to `parent` here,
/// in order. `parent` answers false to stop: the child is ended. Answers how it went: empty (the child came to its end, or was
/// stopped), or the note code of why it did not: "worker_crashed", "worker_timeout", "worker_memory", "limit" (frame_bytes).
/// Every file descriptor of this process but standard error and `kept` is closed in the child.
/// Errors: none thrown; where no process can be made the answer is "worker_crashed".
/// Threads: one thread only (it forks).
[[nodiscard]] std::string run_confined(const ChildBounds& bounds, int kept, const std::function<void(const SendFrame&)>& child,
                                       const std::function<bool(std::string_view frame)>& parent);

}  // namespace threadline::inline base
