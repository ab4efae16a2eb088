// SPDX-License-Identifier: Apache-2.0
#include <unordered_set>

#include "findings/altered_accounts.h"
#include "findings/claim.h"

namespace threadline::findings {
namespace {

/// Wrong digits there are the reader's more often than the writer's.
bool is_read_from_pixels(const facts::Account& account) { return account.medium == "picture"; }

Finding claim_of(const facts::Account& account) {
  Finding finding{.code = "bank_account_invalid",
                  .severity = Severity::low,
                  .confidence = 0.8,
                  .subject = memory::account_key(account),
                  .evidence = {},
                  .because = {account_words(account)},
                  .attack = {},
                  .disputes = {}};
  finding.evidence.set("kind", account.kind)
      .set("value", account.value)
      .set("as_written", account.as_written)
      .set("country", account.country);
  return finding;
}

/// Accounts that this message alone shows: no message that it quotes had them.
std::vector<const facts::Account*> invalid_in_history(const Case& it) {
  std::vector<const facts::Account*> invalid;
  for (std::size_t index = 0; index < it.facts.conversation.quoted.size(); ++index) {
    for (const AlteredAccount& altered : altered_accounts(it, index)) {
      if (!altered.account->valid && !altered.account->masked) invalid.push_back(altered.account);
    }
  }
  return invalid;
}

}  // namespace

Result<Check> prepare_bank_account_invalid(const Ground&) {
  return [](const Case& it) {
    std::vector<Finding> findings;
    std::unordered_set<std::string> seen;
    for (const facts::Account& account : it.facts.accounts) {
      if (!it.context.says(account.block) || account.valid || account.masked || account.kind == "bic") continue;
      if (is_of_the_past(account) || is_read_from_pixels(account)) continue;
      if (seen.insert(memory::account_key(account)).second) findings.push_back(claim_of(account));
    }
    for (const facts::Account* account : invalid_in_history(it)) {
      if (seen.insert(memory::account_key(*account)).second) findings.push_back(claim_of(*account));
    }
    return findings;
  };
}

}  // namespace threadline::findings
