// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "evidence/evidence.h"

namespace threadline::evidence {

/// Whether the text is a batch of SMTP commands with messages: HELO or MAIL FROM first, then DATA.
[[nodiscard]] bool is_bsmtp(std::string_view head);

/// The messages of a batch of SMTP (as amavis quarantines in, and UUCP gateways kept), each with its envelope; the place
/// ("#offset") is in Item::source. The first of two dots at a line's beginning is taken off (RFC 5321 section 4.5.2).
/// A message without the closing dot is a note `truncated`.
/// Source: RFC 2442; RFC 5321 sections 4.1.1 and 4.5.2.
/// Limits: message_bytes, addresses (recipients).
[[nodiscard]] std::vector<Item> bsmtp_messages(std::string_view text, const Limits& limits);

}  // namespace threadline::evidence
