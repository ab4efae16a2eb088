// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/facts.h"

namespace threadline::findings {

/// The words around an account call it the writer's in person: "my private account is ...", "please reimburse my travel expenses
/// to ...", "sur mon compte perso". Not where the mail speaks of an invoice, an order or a rent, or asks to pay to it without a
/// word of his own expenses: a firm's money that is led to a private account. A heuristic (fr, en, de, es, it, pt, nl).
[[nodiscard]] bool is_private_account(const facts::Facts& facts, const facts::Account& account);

}  // namespace threadline::findings
