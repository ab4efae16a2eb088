// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/bank/account_place.h"

namespace threadline::facts {

/// Whether a warning says that nobody is to pay there, or that the account is not the writer's: it is named, but presented to
/// nobody. A heuristic that rather presents an account than hides it: the words are those of a swindler as well ("ignore the mail
/// below, it did not come from us").
[[nodiscard]] bool is_warned_of(const AccountPlace& place);

}  // namespace threadline::facts
