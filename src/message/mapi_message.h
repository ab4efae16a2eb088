// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/limits.h"
#include "message/entity.h"
#include "message/mapi.h"
#include "message/message.h"

namespace threadline::message {

/// Fills a Message with what a MAPI object says: identities, dates, recipients, header, bodies, attachments, notes. Parts are
/// "header", "body", "html", "rtf" and, of attachments, "1", "2" ... Answers what is attached and a message itself (embedded
/// objects, an .eml or .msg attached as a file), not yet read; an embedded object lives as long as `object`.
/// Limits: header_fields, header_bytes, addresses, text_bytes, rtf_bytes, rtf_depth, mime_parts, message_notes.
/// Source: MS-OXCMSG, MS-OXOMSG, MS-OXCMAIL.
[[nodiscard]] std::vector<AttachedBytes> read_mapi_object(const MapiObject& object, const Limits& limits, Message& into);

/// The bodies, attachments and notes alone: of a TNEF stream, which is the content of the mail that carries it.
[[nodiscard]] std::vector<AttachedBytes> read_mapi_content(const MapiObject& object, const Limits& limits, Message& into);

}  // namespace threadline::message
