// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "facts/bank/account.h"
#include "policy/policy.h"

namespace threadline::findings {

/// The account that the policy writes: alone, after its label, or after a word for one - whichever is read first. Nothing where
/// it is none. One that fails its check digits is read, and says so (Account::valid).
[[nodiscard]] std::optional<facts::Account> read_written_account(const policy::KnownAccount& written);

/// The form in which a policy is to keep it: an IBAN without blanks, another account as written. Nothing where it is none that
/// one can pay to: unreadable, masked, wrong check digits.
[[nodiscard]] std::optional<std::string> ledger_form(const policy::KnownAccount& written);

}  // namespace threadline::findings
