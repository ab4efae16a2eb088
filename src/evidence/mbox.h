// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "evidence/file_bytes.h"
#include "evidence/reading.h"

namespace threadline::evidence {

/// Gives the messages of an mbox one by one; memory is one message and one buffer, whatever the file's size.
/// A source is "path#offset", the offset that of the message's "From " line. Dialects: Content-Length (mboxcl, mboxcl2) is
/// believed when it leads exactly to a "From " line or the end; a body that holds a bare "From " line within that length is
/// mboxcl2 and not unquoted; else one ">" is taken from each ">From " line (mboxrd; in mboxo ">>From " is ambiguous).
/// A "From " or "From -" line without a date separates where a known header field follows it; a byte order mark and blank lines
/// before the first one are passed over. c-client's pseudo-message is not given. Lines may end with CR alone. NUL bytes before a
/// "From " line, which a crash or a full disk leaves, are left out with a note.
/// `begin`: where the first "From " line stands; what is before it is told as lost.
/// Source: RFC 4155; "mbox" as Jonathan de Boyne Pollard names the four dialects.
/// Limits: message_bytes; mbox_line_bytes (a longer line is read in pieces, nothing of it is lost).
void read_mbox(const std::string& path, FileBytes& file, Reading& reading, std::uint64_t begin = 0);

/// The offset of the first "From " line with a date behind which a known header field stands: where the messages begin in a
/// mailbox that was cut within one (a part of it as split(1) makes, what was recovered from a disk). Nothing where there is none
/// in the first Limits::message_bytes: the rest of one message.
[[nodiscard]] std::optional<std::uint64_t> first_from_line(FileBytes& file, const Limits& limits);

}  // namespace threadline::evidence
