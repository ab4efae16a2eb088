// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/bank/sentence.h"

namespace threadline::facts {

/// Whether the writer leads payments to another account for a while, without a word of change: his own cannot be used ("unser
/// Hauptkonto ist derzeit nicht verf\u00fcgbar", "our usual account is out of service"), or this payment is an exception ("just
/// this once, pay into the account below"). The sentence speaks of an account.
[[nodiscard]] bool is_for_now(const Sentence& sentence);

}  // namespace threadline::facts
