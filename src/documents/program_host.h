// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "base/limits.h"
#include "documents/programs.h"

namespace threadline::documents {

/// The life of a process that starts programs for another one, which may not: answers requests that come over `socket` until its
/// other end is closed, or says something that is no request. What the other one has read may have taken it over: all that it can
/// ask for is a program of the table, with bytes of its own, under the bounds of `limits`.
void host_programs(int socket, const Limits& limits);

/// Programs that the process at the other end of `socket` starts (host_programs). Closes the socket with it.
/// A program "failed" where that process is gone.
[[nodiscard]] std::unique_ptr<Programs> hosted_programs(int socket, const Limits& limits);

}  // namespace threadline::documents
