// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/limits.h"
#include "message/header_block.h"
#include "message/message.h"

namespace threadline::message {

/// Reads the fields of a header into the members that they are the source of: headers, subject, message_id, date, sender,
/// return_path and the address lists. `charset_hint` is the charset of raw 8-bit bytes that are no UTF-8; it may be empty.
/// Limits: addresses.
void read_header_fields(const HeaderBlock& block, std::string charset_hint, const Limits& limits, Message& into);

}  // namespace threadline::message
