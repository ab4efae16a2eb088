// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "timeline/judged.h"

namespace threadline::timeline {

/// What an export shows of a message beside its rows: `subject`, `from`, `to`, `reply_to`, `return_path`, `hops`, `auth`,
/// `accounts`, `thread` and `quoted` (without texts), each as in docs/explain.md. A JSON object on one line.
[[nodiscard]] std::string message_details(const Judged& judged);

/// True where a message deserves them: a finding of medium or more.
[[nodiscard]] bool has_details(const Judged& judged);

}  // namespace threadline::timeline
