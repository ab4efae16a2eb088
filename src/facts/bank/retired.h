// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/bank/sentence.h"

namespace threadline::facts {

/// Whether an account of the writer's is said to be used no more, or to be wrong, without the words for a change: "wij gebruiken
/// de rekening niet meer", "you have our old details, here is the right one". The sentence speaks of an account.
[[nodiscard]] bool is_retired(const Sentence& sentence);

/// The same of details of an unnamed kind: "don't use the details on invoice 2231", "cancel the transfer and wait for our new
/// details".
[[nodiscard]] bool retires_details(const Sentence& sentence);

}  // namespace threadline::facts
