// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/bank/sentence.h"

namespace threadline::facts {

/// Whether the change is the reader's, or he gave the account: "que vous avez bien chang\u00e9 de RIB", "you gave us a new
/// account in March", "le nouveau compte que vous avez donn\u00e9". Not where the sentence speaks of "our account" or shows one:
/// "have you changed our bank details?" asks for what was announced. A heuristic for French and English,
/// and for what confirms it ("Sus datos bancarios han sido actualizados") in seven languages.
[[nodiscard]] bool tells_of_readers_change(const Sentence& sentence);

}  // namespace threadline::facts
