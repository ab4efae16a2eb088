// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "evidence/file_bytes.h"
#include "evidence/reading.h"

namespace threadline::evidence {

/// Gives the messages of an Outlook for Mac archive (.olm: a zip of XML documents, with attachments as members of their own); a
/// source is "path!member". Members are gathered first (in a file without a name once they are many), since a message may stand
/// before its attachments. Documents of contacts, calendars, tasks and notes hold no message: each is a row that says so. A
/// member that is the attachment of no message is read as any other archive's. Limits: as read_archived and olm_messages.
void read_olm(const std::string& source, FileBytes& bytes, std::uint32_t depth, Reading& reading);

}  // namespace threadline::evidence
