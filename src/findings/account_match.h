// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "facts/bank/account.h"
#include "findings/context.h"
#include "memory/memory.h"

namespace threadline::findings {

/// Whether the two may be one account: equal; a UK sort code + number and the GB IBAN that holds it; or a masked one whose
/// visible characters agree.
[[nodiscard]] bool is_one_account(const facts::Account& left, const facts::Account& right);

/// Something one can pay to: whole, valid, no BIC.
[[nodiscard]] bool is_payable(const facts::Account& account);

/// The accounts that were presented for a side before this message.
struct Baseline {
  std::vector<memory::KnownAccount> accounts;
  bool from_conversation = false;  ///< one of them at least is of this conversation
  bool from_ledger = false;        ///< ... of the policy's ledger

  [[nodiscard]] bool holds(const facts::Account& account) const;
};

/// Real messages and the ledger; what quoted copies show only where there is nothing else (a quoted copy never outranks a real
/// message).
[[nodiscard]] Baseline baseline_of(const policy::Side& side, const facts::Facts& facts, const Context& context,
                                   const memory::View& memory, const Ground& ground);

/// The accounts of the new text that are presented for receiving money: indices in facts.accounts, one occurrence an account.
[[nodiscard]] std::vector<Presented> presented_now(const facts::Facts& facts, const Context& context);

/// The sides for which the new text presents accounts, in the order of the text.
[[nodiscard]] std::vector<policy::Side> sides_presented(const std::vector<Presented>& now);

}  // namespace threadline::findings
