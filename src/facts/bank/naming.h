// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

#include "facts/bank/account.h"

namespace threadline::facts {

/// One account in a text, and how far its surroundings reach: the end of the account before it, the begin of the one behind it.
struct AccountPlace {
  std::string_view text;
  std::size_t begin = 0, end = 0;
  std::size_t previous_end = 0, next_begin = std::string_view::npos;
};

/// Whether the words around take money from the account or bring it there. The words before count first (the nearest win), then
/// those after it.
[[nodiscard]] AccountRole role_around(const AccountPlace& place);

/// Whether the account is named, but presented to nobody: the clause that leads to it calls it the old one, or a warning says
/// that nobody is to pay there. The later of two words wins. A heuristic that rather presents an account than hides it.
[[nodiscard]] bool is_only_named(const AccountPlace& place);

}  // namespace threadline::facts
