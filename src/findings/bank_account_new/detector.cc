// SPDX-License-Identifier: Apache-2.0
#include "findings/claim.h"

namespace threadline::findings {
namespace {

/// What is in doubt is no first account: bank_account_changed tells it.
std::vector<Presented> undisputed_now(const Case& it) {
  auto now = presented_now(it.facts, it.context);
  std::erase_if(now, [&](const Presented& presented) {
    const facts::Account& account = it.facts.accounts[presented.account];
    return it.memory.is_disputed_account(memory::account_key(account)) && !is_in_ledger(account, it.ground);
  });
  return now;
}

Finding claim_of(const policy::Side& side, const std::vector<Presented>& now, const Case& it) {
  Finding finding{.code = "bank_account_new",
                  .severity = Severity::info,
                  .confidence = 1,
                  .subject = {},
                  .evidence = {},
                  .because = {},
                  .attack = {},
                  .disputes = {}};
  Value::List accounts;
  for (const Presented& presented : now) {
    if (presented.side != side) continue;
    const facts::Account& account = it.facts.accounts[presented.account];
    if (accounts.empty()) finding.subject = memory::account_key(account);  // of the evidence alone: no policy changes an id
    accounts.push_back(account_value(account_of(it, presented)));
    finding.because.push_back(account_words(account));
  }
  finding.evidence.set("after", std::move(accounts)).set("side", side);
  return finding;
}

}  // namespace

Result<Check> prepare_bank_account_new(const Ground&) {
  return [](const Case& it) {
    std::vector<Finding> findings;
    const auto now = undisputed_now(it);
    for (const policy::Side& side : sides_presented(now)) {
      if (!baseline_of(side, it.facts, it.context, it.memory, it.ground).accounts.empty()) continue;
      findings.push_back(claim_of(side, now, it));
    }
    return findings;
  };
}

}  // namespace threadline::findings
