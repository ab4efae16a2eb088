// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "archive/allowance.h"
#include "archive/archive.h"

namespace threadline::archive {

/// read_archive in a confined child process: a crash, hang or memory limit of libarchive costs the rest of that archive, and a
/// note says so (worker_crashed, worker_timeout, worker_memory). A member that was open then ends with that note.
/// Limits: those of `allowance`, which is shared with archives inside this one; container_silence_ms, worker_bytes.
/// Threads: one thread only (it forks).
[[nodiscard]] std::vector<Note> read_confined(int descriptor, const Settings& settings, Allowance& allowance, Receiver& receiver);

}  // namespace threadline::archive
