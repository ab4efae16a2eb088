// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "evidence/file_bytes.h"
#include "evidence/reading.h"

namespace threadline::evidence {

/// Whether the bytes begin with MMDF's separating line, four Control-A.
[[nodiscard]] bool is_mmdf(std::string_view head);

/// Gives the messages of an MMDF mailbox (format "mmdf") one by one. Each stands between two lines of four Control-A; one line
/// between two messages is enough. A "From " line in front of a message is left out; nothing is unquoted.
/// Source: mmdf(5) of MMDF and SCO, as Mutt's manual and Python's mailbox.MMDF describe it.
/// Limits: message_bytes, mbox_line_bytes.
void read_mmdf(const std::string& source, FileBytes& file, Reading& reading);

}  // namespace threadline::evidence
