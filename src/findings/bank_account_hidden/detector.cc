// SPDX-License-Identifier: Apache-2.0
#include <unordered_set>

#include "findings/claim.h"

namespace threadline::findings {
namespace {

Finding claim_of(const facts::Account& account) {
  Finding finding{.code = "bank_account_hidden",
                  .severity = Severity::medium,
                  .confidence = 0.8,
                  .subject = memory::account_key(account),
                  .evidence = {},
                  .because = {account_words(account)},
                  .attack = {"T1027"},
                  .disputes = {}};
  finding.evidence.set("kind", account.kind)
      .set("value", account.value)
      .set("as_written", account.as_written)
      .set("how", account.hidden_how);
  return finding;
}

}  // namespace

Result<Check> prepare_bank_account_hidden(const Ground&) {
  return [](const Case& it) {
    std::vector<Finding> findings;
    std::unordered_set<std::string> seen;
    for (const facts::Account& account : it.facts.accounts) {
      if (!it.context.says(account.block) || is_of_the_past(account) || !account.hidden || account.kind == "bic") continue;
      if (seen.insert(memory::account_key(account)).second) findings.push_back(claim_of(account));
    }
    return findings;
  };
}

}  // namespace threadline::findings
