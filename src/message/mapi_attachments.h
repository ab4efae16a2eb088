// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "message/entity.h"
#include "message/mapi_people.h"
#include "message/message.h"

namespace threadline::message {

/// The attachments of an object, numbered "1", "2" ...: name, declared type, size and digest of what there is. Answers those that
/// are messages, not yet read: embedded objects, and files that are an .eml, .msg or TNEF stream themselves.
/// What S/MIME signs (a multipart/signed entity or an opaque .p7m, MS-OXOSMIME section 2.1) is read in its place, as parts
/// "1!...". An attachment by reference has its path as a note; nothing is opened.
/// Source: MS-OXCMSG section 2.2.2.
[[nodiscard]] std::vector<AttachedBytes> read_attachments(const ObjectReading& reading, Message& into);

}  // namespace threadline::message
