// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/limits.h"
#include "message/mapi.h"

namespace threadline::message {

/// Whether the bytes begin as a compound file (MS-CFB) does.
[[nodiscard]] bool is_compound_file(std::string_view bytes);

/// The object in an Outlook .msg file. What is damaged is read as far as it goes, with notes; a file without anything of a
/// message has a note of kind unreadable. The digest of an embedded message is over all entries of its storage, in the order of
/// their lower-case names: of each the name, NUL, 8 bytes little endian, then of a stream so many bytes of content, of a storage
/// so many entries (before the first: the 8 bytes of its own number); its size is that of the contents. An attached object that
/// is no message (method 6, OLE) has that form as the value of 3701. Limits: cfb_entries, mapi_properties, mapi_attachments,
/// addresses, nested_depth, nested_messages. Source: MS-OXMSG, MS-CFB.
[[nodiscard]] MapiObject read_msg(std::string_view bytes, const Limits& limits);

}  // namespace threadline::message
