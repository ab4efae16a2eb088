// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace threadline::inline base {

/// Takes from this process what a reader of hostile bytes has no use for: more memory than `bytes` beyond what it has, core
/// dumps, sockets, programs, other processes, writing to files. What the kernel does not allow to take is left (no error).
/// Irreversible. Under a sanitizer memory is not bounded (it reserves terabytes of address space).
void confine_this_process(std::uint64_t bytes);

/// Takes from this process, which is about to become another program, sockets, other processes and changes to the file system,
/// for good; opening files to write, too, unless `may_open`. Memory is left as it is.
void confine_program(bool may_open);

}  // namespace threadline::inline base
