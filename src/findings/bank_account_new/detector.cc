// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "findings/claim.h"
#include "findings/quoted_accounts.h"

namespace threadline::findings {
namespace {

/// The first accounts of sides that a quoted level alone presents.
std::vector<Presented> first_of_quoted(const Case& it, const std::vector<policy::Side>& new_text) {
  auto first = first_quoted(it);
  std::erase_if(first, [&](const Presented& quoted) {
    const std::string key = memory::account_key(it.facts.accounts[quoted.account]);
    return it.memory.is_disputed_account(key) || std::ranges::find(new_text, quoted.side) != new_text.end() ||
           !baseline_behind(quoted, it).accounts.empty();
  });
  return first;
}

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
    accounts.push_back(account_value(it, presented));
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
    const auto sides = sides_presented(now);
    for (const policy::Side& side : sides) {
      if (!baseline_of(side, it.facts, it.context, it.memory, it.ground).accounts.empty()) continue;
      findings.push_back(claim_of(side, now, it));
    }
    const auto quoted = first_of_quoted(it, sides);
    for (const policy::Side& side : sides_presented(quoted)) findings.push_back(claim_of(side, quoted, it));
    return findings;
  };
}

}  // namespace threadline::findings
