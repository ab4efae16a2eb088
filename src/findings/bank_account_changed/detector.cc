// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "findings/claim.h"
#include "findings/context_steps.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

/// What one side had before and has now.
struct Change {
  policy::Side side;
  Baseline before;
  std::vector<Presented> after;  ///< not among those before
};

/// One person of the own side writes many accounts (payees, salaries) that are not the organisation's. His account is a change
/// only where the conversation or the ledger holds another, he presented another himself, or he announces a change.
bool is_payee_list(const Change& change, const Case& it) {
  const bool is_genuine = it.context.sender_side == policy::kOwnSide && change.side == policy::kOwnSide;
  if (!is_genuine || change.before.from_conversation) return false;
  if (std::ranges::any_of(it.facts.requests,
                          [](const facts::Request& request) { return request.kind == "bank_change" && request.block < 0; })) {
    return false;
  }
  const std::string sender = sender_address(it.facts);
  return std::ranges::none_of(change.before.accounts, [&](const memory::KnownAccount& known) {
    const memory::Record* record = known.message_id.empty() ? nullptr : it.memory.by_message_id(known.message_id);
    return record != nullptr && sender_address(*record->facts) == sender;
  });
}

std::vector<Change> changes_of(const Case& it) {
  std::vector<Change> changes;
  const auto now = presented_now(it.facts, it.context);
  for (const policy::Side& side : sides_presented(now)) {
    Change change{.side = side, .before = baseline_of(side, it.facts, it.context, it.memory, it.ground), .after = {}};
    if (change.before.accounts.empty()) continue;
    std::ranges::copy_if(now, std::back_inserter(change.after), [&](const Presented& presented) {
      return presented.side == side && !change.before.holds(it.facts.accounts[presented.account]);
    });
    if (!change.after.empty() && !is_payee_list(change, it)) changes.push_back(std::move(change));
  }
  return changes;
}

/// The earlier account is from memory alone, and holder and country say nothing against an ordinary change of bank.
bool is_ordinary(const Change& change, const Case& it) {
  if (change.before.from_conversation || change.before.from_ledger) return false;
  const facts::Account& after = it.facts.accounts[change.after.front().account];
  return std::ranges::any_of(change.before.accounts, [&](const memory::KnownAccount& known) {
    const bool same_holder = text::name_key(known.account.holder) == text::name_key(after.holder);
    return !known.from_quote && known.account.country == after.country && same_holder;
  });
}

Finding claim_of(const Change& change, const Case& it) {
  Finding finding{.code = "bank_account_changed",
                  .severity = is_ordinary(change, it) ? Severity::medium : Severity::high,
                  .confidence = change.before.from_conversation || change.before.from_ledger ? 0.95 : 0.8,
                  .subject = change.side + " " + memory::account_key(it.facts.accounts[change.after.front().account]),
                  .evidence = {},
                  .because = {},
                  .attack = {"T1657"},
                  .disputes = {}};
  Value::List before, after;
  for (const memory::KnownAccount& known : change.before.accounts) before.push_back(account_value(known));
  for (const Presented& presented : change.after) {
    const facts::Account& account = it.facts.accounts[presented.account];
    after.push_back(account_value(account_of(it, presented)));
    finding.because.push_back(account_words(account));
    finding.disputes.accounts.push_back(memory::account_key(account));
  }
  for (const memory::KnownAccount& known : change.before.accounts) {
    if (known.from_quote && known.message_id == it.facts.message_id) finding.because.push_back(account_words(known.account));
  }
  finding.evidence.set("before", std::move(before)).set("after", std::move(after)).set("side", change.side);
  return finding;
}

}  // namespace

Result<Check> prepare_bank_account_changed(const Ground&) {
  return [](const Case& it) {
    std::vector<Finding> findings;
    for (const Change& change : changes_of(it)) findings.push_back(claim_of(change, it));
    return findings;
  };
}

}  // namespace threadline::findings
