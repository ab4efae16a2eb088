// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "evidence/reading.h"

namespace threadline::evidence {

/// Reads a file or a folder with all that is in it, in byte order of names. Symbolic links within folders are not followed (a
/// note); sockets, pipes and devices are a note; in a Maildir `tmp` is left out (RFC-less: as qmail's maildir(5) says), and
/// Settings::own_files in all. What another of the given paths held already is not read again. Limits: folder_depth,
/// message_bytes.
void read_path(const std::string& path, std::uint32_t depth, Reading& reading);

}  // namespace threadline::evidence
