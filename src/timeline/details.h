// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "timeline/conversation_tree.h"
#include "timeline/judged.h"

namespace threadline::timeline {

/// What an export shows of a message beside its rows: `subject`, `from`, `to`, `reply_to`, `return_path`, `hops`, `auth`,
/// `accounts`, `thread` and `quoted` (without texts), each as in docs/explain.md; `conversation` and `conversation_more` as in
/// docs/journal.md. A JSON object on one line.
[[nodiscard]] std::string message_details(const Judged& judged, const Tree& conversation);

/// True where a message deserves them: a finding of medium or more.
[[nodiscard]] bool has_details(const Judged& judged);

}  // namespace threadline::timeline
