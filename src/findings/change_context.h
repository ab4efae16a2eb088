// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "findings/account_match.h"
#include "findings/detector.h"

namespace threadline::findings {

/// What one side had before and has now.
struct AccountChange {
  policy::Side side;
  Baseline before;
  std::vector<Presented> after;  ///< not among those before
};

/// The neobank, payment or e-money institution that holds the account (payment_institutions.def), or empty.
[[nodiscard]] std::string_view institution_of(const facts::Account& account);

/// What a reader weighs beside the change itself; evidence, never severity. Known to timeline/words.def as "context.<name>":
/// other_country, other_bank: none of the accounts before is of that country, that bank (told from codes alone).
/// payment_institution: an account after is held there.
/// other_holder: the holder that is written is neither the side nor the holder of an account before.
/// second_change: the side's accounts changed already, at most 60 days ago.
/// attachment_only: an account after stands in no body.
/// disputed_account: an account after was in doubt before.
/// of_another_side: earlier messages presented an account after for somebody else.
[[nodiscard]] std::vector<std::string> context_of(const AccountChange& change, const Case& it);

/// Whether the message comes the way that an earlier one came: no other signing domain (DKIM), no other organisation handing it
/// over at the border, and not both another client and another zone. A heuristic: what is not known is no difference.
[[nodiscard]] bool is_same_route(const facts::Facts& before, const facts::Facts& after);

}  // namespace threadline::findings
