// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/bank/account.h"
#include "facts/bank/account_place.h"

namespace threadline::facts {

/// Whether the words around take money from the account or bring it there. The words before count first (the nearest win), then
/// those after it.
[[nodiscard]] AccountRole role_around(const AccountPlace& place);

}  // namespace threadline::facts
