// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "policy/policy.h"

namespace threadline::policy {

/// One row of a table of accounts.
struct AccountRow {
  std::string name, domains, account, label, since;  ///< as the cells say, trimmed; the domain's cell may hold several
  std::size_t line = 0;                              ///< of the file, where the row begins; the first is 1
};

/// The rows of a CSV table (RFC 4180) with a counterparty's name, domain and account, as spreadsheets save it: UTF-8, UTF-16 with
/// a byte order mark or windows-1252; parted by comma, semicolon or tab, whichever the first line holds most; a header in French
/// or English (account_columns.def) in any order, or none: then name, domain, account. Empty lines are no rows. Errors: no rows;
/// no column for accounts; a quote that is not closed. Limits: policy_bytes.
[[nodiscard]] Result<std::vector<AccountRow>> read_account_table(std::string_view bytes, const std::string& file);

/// The account that a cell holds, as the policy is to keep it; nothing where it is none, or fails its check digits.
using ReadAccount = std::function<std::optional<std::string>(const std::string& written, const std::string& label)>;

/// Adds the rows to the policy: to the counterparty of that domain, else of that name, else to a new one; a domain of the own
/// side adds to the own accounts. An account that is there already is not added again. Errors: all rows that cannot be taken, one
/// a line, with file and line of the first; the policy is unchanged then.
[[nodiscard]] Result<Policy> with_accounts(Policy policy, const std::vector<AccountRow>& rows, const ReadAccount& read,
                                           const std::string& file);

}  // namespace threadline::policy
