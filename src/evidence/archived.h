// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "evidence/file_bytes.h"
#include "evidence/reading.h"

namespace threadline::evidence {

/// Reads the members of an archive, each as a file is read (content.h); a member's source is "path!name". Folders, and what
/// desktops leave in archives (__MACOSX, .DS_Store ...), are left out. A member that cannot be read, or the rest of an archive
/// that cannot, is a row. `depth`: archives that this one lies in.
/// Limits: archive_depth; archive_members, archive_bytes, archive_ratio (shared with the archives inside); archive_memory_bytes;
/// container_silence_ms.
void read_archived(const std::string& source, std::string_view format, FileBytes& bytes, std::uint32_t depth, Reading& reading);

}  // namespace threadline::evidence
