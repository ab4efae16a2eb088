// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/note.h"
#include "message/message.h"

namespace threadline::message {

/// The calendar object that this text is: of its first event or task the people, summary, place and start; of all of them the
/// descriptions, each once. Lines are unfolded, values unescaped; what is malformed is left out. `part` names where it stands.
/// Limits: addresses (attendees). Source: RFC 5545 sections 3.1, 3.2, 3.8; RFC 6047.
[[nodiscard]] Calendar read_calendar(std::string_view text, std::string part, const Limits& limits, std::vector<Note>& notes);

/// Adds the calendar object in these bytes to the message; its description is what a person reads of it: a text, as part
/// "2!description". Units: `charset` may be empty (UTF-8, RFC 5545 section 3.1.4). Limits: text_bytes, addresses.
void add_calendar(std::string_view bytes, std::string_view charset, const std::string& part, const Limits& limits, Message& into);

/// Whether a text is a calendar object whatever its type says.
[[nodiscard]] bool looks_like_calendar(std::string_view text);

}  // namespace threadline::message
