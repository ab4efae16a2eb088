// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/limits.h"
#include "message/message.h"

namespace threadline::message {

/// The message that these raw bytes are (RFC 5322, MIME RFC 2045-2049, 6532). Never fails: what is odd becomes a Note.
/// Limits: header_fields, header_bytes, mime_parts, mime_depth, nested_depth, nested_messages, nested_addresses, text_bytes,
/// addresses, dkim_body_bytes. `sha256`: of the bytes, where it is known already. Threads: safe from any thread; GMime is
/// initialised once.
[[nodiscard]] Message read_message(std::string_view bytes, const Limits& limits, std::string sha256 = {});

/// "3.2.13".
[[nodiscard]] std::string gmime_version();

}  // namespace threadline::message
