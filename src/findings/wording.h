// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "facts/facts.h"
#include "memory/memory.h"

namespace threadline::findings {

/// Whether a subject or a file name holds a word of payment_words.def.
[[nodiscard]] bool names_payment(std::string_view text);
/// Whether a message is about a payment: an account, a request about money, such a word in its subject, its new text or its
/// attachments' names, or a bare order to pay (pay_order.h).
[[nodiscard]] bool speaks_of_payment(const facts::Facts& facts);
/// The same of a message that the memory knows.
[[nodiscard]] bool spoke_of_payment(const memory::Record& record);

/// Whether subject, new text or attachments' names hold words of somebody who orders or announces payments to others
/// (payee_words.def). A heuristic: it says nothing of which account.
[[nodiscard]] bool pays_others(const facts::Facts& facts);

}  // namespace threadline::findings
