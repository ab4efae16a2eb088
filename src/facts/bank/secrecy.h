// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/bank/sentence.h"

namespace threadline::facts {

/// "This message and any files are confidential", "for the intended recipient".
[[nodiscard]] bool is_disclaimer(const Sentence& sentence);

/// Whether nobody is to hear of it: "tell nobody", "no one else needs to know", "keep it to yourself"; and a discretion that is
/// strengthened, and asked of the reader or said of an operation: "the operation must remain strictly confidential".
[[nodiscard]] bool silences(const Sentence& sentence);

/// Whether the sentence has words of those who are to be left out ("nobody", "copy", "aware"): a cheap look before `silences`.
[[nodiscard]] bool may_leave_out(const Sentence& sentence);

}  // namespace threadline::facts
