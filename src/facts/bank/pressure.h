// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "facts/bank/sentence.h"

namespace threadline::facts {

/// How a sentence presses: "pressure" (gift cards, an urgent or secret payment, "are you at your desk"), "deadline" (a payment
/// asked for within the day), "secrecy" (nobody is to hear of it), "discretion" (something is confidential), "contact" (not by
/// telephone, by mail only, "are you free"), or empty. All but the first are also what honest people write: who writes decides.
/// Precondition: read_neighbours.
[[nodiscard]] std::string_view pressure_of(const Sentence& sentence);

/// Whether the sentence holds words that pressure_of asks about.
[[nodiscard]] bool may_press(const Sentence& sentence);

}  // namespace threadline::facts
