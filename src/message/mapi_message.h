// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/limits.h"
#include "message/entity.h"
#include "message/mapi.h"
#include "message/message.h"

namespace threadline::message {

/// Fills a Message with what a MAPI object says: identities, dates, recipients, header, bodies, attachments, notes. Parts are
/// "header", "body", "html", "rtf" and, of attachments, "1", "2" ... Embedded objects become Message::messages. Answers the
/// attached files that are messages themselves (an .eml or .msg attached as a file), not yet read. Limits: as read_message.
/// Source: MS-OXCMSG, MS-OXOMSG, MS-OXCMAIL.
[[nodiscard]] std::vector<AttachedBytes> read_mapi_object(const MapiObject& object, std::uint32_t depth, const Limits& limits,
                                                          Message& into);

}  // namespace threadline::message
