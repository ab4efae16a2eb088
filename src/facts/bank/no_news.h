// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/bank/sentence.h"

namespace threadline::facts {

/// "Without change of bank details", "ohne \u00c4nderung der Bankverbindung", where nothing else is said of it: "ohne
/// \u00c4nderung ... keine Zahlung" asks for one.
[[nodiscard]] bool is_without_change(const Sentence& sentence);

/// "In the event of a change of bank details, please let us know", "Important : en cas de changement de RIB, pr\u00e9venez-nous":
/// the only change is in the condition, and somebody is to be told.
[[nodiscard]] bool is_of_case_of_change(const Sentence& sentence);

}  // namespace threadline::facts
