// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "findings/account_match.h"
#include "findings/requests.h"

namespace threadline::findings {
namespace {

/// All accounts that the message shows are those that the reader knows already. False where it shows none.
bool shows_known_accounts(const Case& it) {
  const std::vector<Presented> now = presented_now(it.facts, it.context);
  const auto is_known = [&](const Presented& presented) {
    return baseline_of(presented.side, it.facts, it.context, it.memory, it.ground).holds(it.facts.accounts[presented.account]);
  };
  return !now.empty() && std::ranges::all_of(now, is_known);
}

}  // namespace

Result<Check> prepare_bank_change_request(const Ground&) {
  return [](const Case& it) {
    RequestCode code{.code = "bank_change_request",
                     .subject = "bank_change",
                     .kinds = {"bank_change", "redirect"},
                     .severity = Severity::medium,
                     .attack = "T1657"};
    // "Future payments to the account below": no change where it is the account that the side had.
    if (!requests(it, "bank_change") && shows_known_accounts(it)) return std::vector<Finding>{};
    return request_claims(it, code);
  };
}

}  // namespace threadline::findings
