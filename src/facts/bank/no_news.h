// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/bank/sentence.h"

namespace threadline::facts {

/// "Without change of bank details", "ohne \u00c4nderung der Bankverbindung", where nothing else is said of it: "ohne
/// \u00c4nderung ... keine Zahlung" asks for one.
[[nodiscard]] bool is_without_change(const Sentence& sentence);

}  // namespace threadline::facts
