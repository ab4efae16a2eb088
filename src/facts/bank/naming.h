// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/bank/account.h"
#include "facts/bank/account_place.h"

namespace threadline::facts {

/// Whether the words around take money from the account or bring it there. The words before count first (the nearest win), then
/// those after it.
[[nodiscard]] AccountRole role_around(const AccountPlace& place);

/// Whether a warning says that nobody is to pay there: the account is named, but presented to nobody. The later of two words
/// wins. A heuristic that rather presents an account than hides it.
[[nodiscard]] bool is_warned_of(const AccountPlace& place);

}  // namespace threadline::facts
