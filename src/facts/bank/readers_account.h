// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/bank/naming.h"

namespace threadline::facts {

/// Whether the sentence says that the account is the reader's, or that money has already gone there: what the reader gave ("le
/// RIB que vous nous avez transmis"), what he is asked to confirm as his, where the writer has refunded him, what a bank tells of
/// a transfer or a payee of its customer. The writer is not paid there. A heuristic for French and English; where the sentence
/// asks for a payment as well, it says nothing.
[[nodiscard]] bool is_readers_account(const AccountPlace& place);

}  // namespace threadline::facts
