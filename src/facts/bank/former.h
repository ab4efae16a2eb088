// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "facts/bank/account_place.h"

namespace threadline::facts {

/// How the clause before an account names it.
enum class Naming {
  presented,
  announced,  ///< presented, and called the new one
  former,     ///< called the old one, or one that nobody is to use any more
  retired,    ///< behind a sentence that says that an account is closed: the old one only where the text announces another
};

/// What the words before (and right behind) an account call it. A heuristic that rather presents an account than hides it: an
/// adjective counts beside a word for an account only ("The Old Bakery Ltd" is a firm), and not where the clause asks to pay
/// there.
[[nodiscard]] Naming naming_of(const AccountPlace& place);

/// Whether folded words call something the old one, or forbid its use.
[[nodiscard]] bool has_former_words(std::string_view folded);

/// Whether folded words present what stands behind them: "please", "but", "new".
[[nodiscard]] bool has_presenting_words(std::string_view folded);

}  // namespace threadline::facts
