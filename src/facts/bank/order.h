// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/bank/sentence.h"

namespace threadline::facts {

/// Whether the sentence is a bare order to pay, without "please": "Transfer the balance today", "Pr\u00e9parez le virement",
/// "j'ai besoin que vous effectuiez un virement". A heuristic: an imperative that opens the sentence, and money behind it.
[[nodiscard]] bool is_order_to_pay(const Sentence& sentence);

}  // namespace threadline::facts
