// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace threadline::findings {

/// Whether a sentence of the text begins with a bare order to pay an amount: "Pay them $45,000.", "Virez 45 000 \u20ac sur ce
/// compte". A heuristic by pay_order_words.def; "I paid 45 euros", "transfer of $45 received" are none.
[[nodiscard]] bool orders_payment(std::string_view text);

}  // namespace threadline::findings
