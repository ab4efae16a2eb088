// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "evidence/content_kind.h"
#include "evidence/file_bytes.h"
#include "evidence/reading.h"

namespace threadline::evidence {

/// Gives what a mail server's queue or quarantine file holds (Postfix, postcat, Exim, sendmail, BSMTP). Of a pair of files the
/// one with the envelope is read together with the other beside it, which alone is passed over; a missing one is a note.
/// `on_disk`: the source is a path (else it names a member of an archive, and the other file is not looked for).
/// Precondition: content.kind is one of these.
void read_queue_file(const std::string& source, const Content& content, FileBytes& bytes, bool on_disk, Reading& reading);

/// Whether the path is the data file (df...) of a sendmail control file beside it, which is read with it.
[[nodiscard]] bool is_sendmail_data(const std::string& path);

}  // namespace threadline::evidence
