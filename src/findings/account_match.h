// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "facts/bank/account.h"
#include "findings/context.h"
#include "findings/detector.h"
#include "memory/memory.h"

namespace threadline::findings {

/// Whether the two may be one account: equal in whichever notation (memory::account_key), or a masked one whose visible
/// characters agree.
[[nodiscard]] bool is_one_account(const facts::Account& left, const facts::Account& right);

/// Something one can pay to: whole, valid, no BIC.
[[nodiscard]] bool is_payable(const facts::Account& account);

/// What a document showed before somebody changed it: nobody presents that now.
[[nodiscard]] bool is_of_the_past(const facts::Account& account);

/// Whether the policy's ledger holds the account, of whatever party: a factor or a notary that the analyst knows.
[[nodiscard]] bool is_in_ledger(const facts::Account& account, const Ground& ground);

/// Whether the ledger holds it for that side, as an own one, or for a party that the message names (its text, or the holder
/// beside the account): another party's account is no account of this side's because the ledger knows it.
[[nodiscard]] bool is_in_ledger_for(const policy::Side& side, const facts::Account& account, const facts::Facts& facts,
                                    const Ground& ground);

/// The accounts that were presented for a side before this message.
struct Baseline {
  std::vector<memory::KnownAccount> accounts;
  bool from_conversation = false;  ///< this conversation shows one at least for that side, if only in quoted history
  bool from_ledger = false;        ///< one at least is of the policy's ledger

  [[nodiscard]] bool holds(const facts::Account& account) const;
};

/// Real messages and the ledger; what quoted copies show only where there is nothing else (a quoted copy never outranks a real
/// message).
[[nodiscard]] Baseline baseline_of(const policy::Side& side, const facts::Facts& facts, const Context& context,
                                   const memory::View& memory, const Ground& ground);

/// The same, of quoted copies in this message those of that level and deeper alone (all of this message's levels: 1).
[[nodiscard]] Baseline baseline_of_levels(const policy::Side& side, const Case& it, std::int32_t least_level);

/// The accounts that this message presents for receiving money, each account once, in the order of the text.
[[nodiscard]] std::vector<Presented> presented_now(const facts::Facts& facts, const Context& context);

/// The same, of masked accounts: they can be compared, and are never new.
[[nodiscard]] std::vector<Presented> masked_now(const facts::Facts& facts, const Context& context);

/// The sides for which the new text presents accounts, in the order of the text.
[[nodiscard]] std::vector<policy::Side> sides_presented(const std::vector<Presented>& now);

}  // namespace threadline::findings
