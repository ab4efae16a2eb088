// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/bank/sentence.h"

namespace threadline::facts {

/// Whether a sentence that opens with a condition announces nothing behind it: "if our bank details change, we will tell you by
/// post", "falls Sie Fragen zu unserem neuen Konto haben, ...". A condition silences its own clause only: "if not paid yet, use
/// our new account". A heuristic; where the condition is itself of a change, or of what others write, nothing behind it is heard.
[[nodiscard]] bool is_only_condition(const Sentence& sentence);

}  // namespace threadline::facts
