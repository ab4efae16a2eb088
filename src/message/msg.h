// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/limits.h"
#include "message/mapi.h"

namespace threadline::message {

/// Whether the bytes begin as a compound file (MS-CFB) does.
[[nodiscard]] bool is_compound_file(std::string_view bytes);

/// The object in an Outlook .msg file. What is damaged is read as far as it goes, with notes; a file without anything of a
/// message has a note of kind unreadable. Limits: cfb_entries, mapi_properties, mapi_attachments, addresses, nested_depth,
/// nested_messages. Source: MS-OXMSG, MS-CFB.
[[nodiscard]] MapiObject read_msg(std::string_view bytes, const Limits& limits);

}  // namespace threadline::message
