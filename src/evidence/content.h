// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "evidence/file_bytes.h"
#include "evidence/reading.h"

namespace threadline::evidence {

/// Reads what these bytes are - a message, a mailbox, a container - and gives its items; `source` names them in rows. One
/// function for a file of the disk and a member of an archive. `depth`: archives that it lies in.
/// Limits: message_bytes, archive_depth, and those of the readers.
void read_content(const std::string& source, FileBytes& bytes, std::uint32_t depth, Reading& reading);

}  // namespace threadline::evidence
