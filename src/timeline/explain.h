// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "timeline/family.h"
#include "timeline/judged.h"
#include "timeline/words.h"

namespace threadline::timeline {

/// One message of docs/explain.md as a JSON object on one line: every key present, null or empty where nothing is known.
/// Attached messages stand in `messages`, to Limits::nested_depth; at the second place of one, what is attached to it is left
/// out. Precondition: facts were read with Settings::keep_headers; `family` is of messages that still exist.
[[nodiscard]] std::string explain_json(const Judged& message, const Family& family, Language language);

/// The same as one or two screens of text that an analyst pastes into a ticket.
[[nodiscard]] std::string explain_text(const Judged& message, const Family& family, Language language);

}  // namespace threadline::timeline
