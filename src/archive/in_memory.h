// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "archive/allowance.h"
#include "archive/archive.h"

namespace threadline::archive {

/// read_archive of bytes, in this process: for one that is confined itself (a worker cannot start another) and that may be lost.
/// Never for a process that must go on: libarchive crashes, hangs or takes what memory it can get here.
/// Limits: those of `allowance`, which is shared with archives inside this one.
/// Errors: a note io_error, where there is no memory file.
[[nodiscard]] std::vector<Note> read_in_memory(std::string_view bytes, const Settings& settings, Allowance& allowance,
                                               Receiver& receiver);

}  // namespace threadline::archive
