// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "evidence/reading.h"

namespace threadline::evidence {

/// The message of an Apple Mail file: a line with its length, the message, a property list. A length that does not lead to the
/// property list is a note, and the message ends where the list begins (or the file ends). What the list says of the message
/// (deleted, read, answered ...; when it was received) is a remark.
/// Source: the format as Apple Mail writes it, Apple publishes none; its flags as Library of Congress FDD 000615 and
/// docs.fileformat.com list them.
/// Limits: message_bytes; xml_bytes, xml_elements, xml_depth (the list).
[[nodiscard]] Item emlx_message(std::string_view bytes, const Limits& limits);

/// Gives it. Of a `.partial.emlx` on disk the attachments are put back from "../Attachments/<number>/<part>/"; no name out of
/// that folder and no symbolic link is followed. `on_disk`: the source is a path (else it names a member of an archive).
void read_emlx(const std::string& source, std::string_view bytes, bool on_disk, Reading& reading);

/// Whether the folder below an "Attachments" folder belongs to a `.partial.emlx` beside it, which is read with it.
[[nodiscard]] bool is_attachments_of_partial(const std::string& folder);

}  // namespace threadline::evidence
