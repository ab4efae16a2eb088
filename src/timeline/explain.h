// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "timeline/judged.h"
#include "timeline/words.h"

namespace threadline::timeline {

/// One message of docs/explain.md as a JSON object: every key present, null or empty where nothing is known.
/// `attached`: the judged messages attached to it (direct children; theirs are found in `all` by carrier sha256).
/// Precondition: facts were read with Settings::keep_headers.
[[nodiscard]] std::string explain_json(const Judged& message, const std::vector<Judged>& all, Language language);

/// The same as one or two screens of text that an analyst pastes into a ticket.
[[nodiscard]] std::string explain_text(const Judged& message, const std::vector<Judged>& all, Language language);

}  // namespace threadline::timeline
