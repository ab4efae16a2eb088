// SPDX-License-Identifier: Apache-2.0
#include <unordered_set>

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
    return findings;
  };
}

}  // namespace threadline::findings
