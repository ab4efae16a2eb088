// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "findings/change_context.h"
#include "findings/claim.h"
#include "findings/context_steps.h"
#include "findings/holder.h"
#include "findings/quoted_accounts.h"
#include "findings/requests.h"

namespace threadline::findings {
namespace {

bool is_disputed_here(const facts::Account& account, const Case& it) {
  return it.memory.is_disputed_account(memory::account_key(account));
}

bool is_by_insider(const Case& it) { return is_insider({it.facts, it.memory, it.ground}, it.context); }

/// An insider writes accounts of payees, which are not the organisation's. His account is a change only where the conversation
/// holds another, where he tells the outside to pay there, presented another himself, or announces a change. (What the ledger
/// does not hold is outbound_bank_details.)
bool is_mere_mention(const AccountChange& change, const Case& it) {
  if (!is_by_insider(it) || change.side != it.context.sender_side) return false;
  if (change.before.from_conversation) return false;
  const auto is_to_be_paid = [&](const Presented& presented) {
    return it.facts.accounts[presented.account].role == facts::AccountRole::receiving;
  };
  if (it.context.direction == Direction::outbound && std::ranges::any_of(change.after, is_to_be_paid)) return false;
  if (moves_payments(it)) return false;
  const std::string sender = sender_address(it.facts);
  return std::ranges::none_of(change.before.accounts, [&](const memory::KnownAccount& known) {
    const memory::Record* record = known.message_id.empty() ? nullptr : it.memory.by_message_id(known.message_id);
    return record != nullptr && sender_address(*record->facts) == sender;
  });
}

/// Where nothing was known of the side before, only an account that is in doubt is worth a word.
bool is_changed(const AccountChange& change, const Presented& presented, const Case& it) {
  const facts::Account& account = it.facts.accounts[presented.account];
  if (is_in_ledger_for(presented.side, account, it.facts, it.ground)) return false;
  if (change.before.accounts.empty()) return is_disputed_here(account, it) && !is_by_insider(it);
  return !change.before.holds(account);
}

/// Accounts that stand first in a quoted level, each compared with what its side had before that level.
void add_quoted_changes(const Case& it, std::vector<AccountChange>& changes) {
  for (const Presented& quoted : first_quoted(it)) {
    AccountChange change{.side = quoted.side, .before = baseline_behind(quoted, it), .after = {quoted}};
    const bool is_told = !change.before.accounts.empty() && !is_old_history(quoted, change.before, it);
    if (!is_told || !is_changed(change, quoted, it)) continue;
    const auto same = std::ranges::find(changes, quoted.side, &AccountChange::side);
    if (same != changes.end()) {
      same->after.push_back(quoted);
    } else {
      changes.push_back(std::move(change));
    }
  }
}

std::vector<AccountChange> changes_of(const Case& it) {
  std::vector<AccountChange> changes;
  auto now = presented_now(it.facts, it.context);
  std::ranges::copy(masked_now(it.facts, it.context), std::back_inserter(now));
  for (const policy::Side& side : sides_presented(now)) {
    AccountChange change{.side = side, .before = baseline_of(side, it.facts, it.context, it.memory, it.ground), .after = {}};
    std::ranges::copy_if(now, std::back_inserter(change.after),
                         [&](const Presented& presented) { return presented.side == side && is_changed(change, presented, it); });
    if (!change.after.empty() && !is_mere_mention(change, it)) changes.push_back(std::move(change));
  }
  add_quoted_changes(it, changes);
  return changes;
}

/// Country, holder and the way that the mail came speak for the same people as when the earlier account was presented.
bool is_alike(const memory::KnownAccount& known, const facts::Account& after, const Case& it) {
  if (known.from_quote || known.account.country != after.country || !is_same_holder(known.account.holder, after.holder))
    return false;
  const memory::Record* record = known.message_id.empty() ? nullptr : it.memory.by_message_id(known.message_id);
  return record == nullptr || is_same_route(*record->facts, it.facts);
}

/// Of a message that an outsider attached to his own, what it says of its way is his word. Reports of a journal have no sender,
/// or Exchange itself [Microsoft: Journaling in Exchange Online, journal reports].
bool is_brought_by_outsider(const Case& it) {
  const auto is_outsider = [&](const facts::Carrying& carrier) {
    return !carrier.sender.empty() && !carrier.sender.starts_with("microsoftexchange") && !it.ground.sides.is_own(carrier.sender);
  };
  return std::ranges::any_of(it.facts.carried_by, is_outsider);
}

/// The earlier account is from memory alone, and nothing speaks against an ordinary change of bank. How a quoted message came is
/// not known, nor how one did that an outsider attached.
bool is_ordinary(const AccountChange& change, const Case& it) {
  if (change.before.from_conversation || change.before.from_ledger || is_brought_by_outsider(it)) return false;
  return std::ranges::all_of(change.after, [&](const Presented& presented) {
    const facts::Account& after = it.facts.accounts[presented.account];
    return presented.block < 0 && !is_disputed_here(after, it) &&
           std::ranges::any_of(change.before.accounts,
                               [&](const memory::KnownAccount& known) { return is_alike(known, after, it); });
  });
}

void add_context(Value& evidence, const AccountChange& change, const Case& it) {
  Value::List context, institutions;
  for (std::string& name : context_of(change, it)) context.emplace_back(std::move(name));
  for (const Presented& presented : change.after) {
    const std::string_view name = institution_of(it.facts.accounts[presented.account]);
    if (!name.empty()) institutions.emplace_back(std::string(name));
  }
  if (!context.empty()) evidence.set("context", std::move(context));
  if (!institutions.empty()) evidence.set("institutions", std::move(institutions));
}

Severity severity_of(const AccountChange& change, const Case& it) {
  const auto is_of_lookalike = [&](const Presented& presented) { return is_quoted_lookalike(presented, it.context); };
  if (std::ranges::any_of(change.after, is_of_lookalike)) return Severity::critical;
  return is_ordinary(change, it) ? Severity::medium : Severity::high;
}

Finding claim_of(const AccountChange& change, const Case& it) {
  Finding finding{.code = "bank_account_changed",
                  .severity = severity_of(change, it),
                  .confidence = change.before.from_conversation || change.before.from_ledger ? 0.95 : 0.8,
                  .subject = memory::account_key(it.facts.accounts[change.after.front().account]),
                  .evidence = {},
                  .because = {},
                  .attack = {"T1657"},
                  .disputes = {}};
  Value::List before, after;
  for (const memory::KnownAccount* known : shown_of(change.before.accounts)) before.push_back(account_value(*known));
  for (const Presented& presented : change.after) {
    const facts::Account& account = it.facts.accounts[presented.account];
    after.push_back(account_value(it, presented));
    finding.because.push_back(account_words(account));
    if (!account.masked) finding.disputes.accounts.push_back(memory::account_key(account));
  }
  for (const memory::KnownAccount& known : change.before.accounts) {
    if (known.from_quote && known.message_id == it.facts.message_id) finding.because.push_back(account_words(known.account));
  }
  finding.evidence.set("before", std::move(before)).set("after", std::move(after)).set("side", change.side);
  set_more(finding.evidence, change.before.accounts.size(), Limits{}.known_accounts, "known_accounts");
  for (const Presented& presented : change.after) {
    if (const LookalikeUse* author = quoted_lookalike(presented, it.context))
      finding.evidence.set("of_lookalike", author->domain);
  }
  add_context(finding.evidence, change, it);
  return finding;
}

}  // namespace

Result<Check> prepare_bank_account_changed(const Ground&) {
  return [](const Case& it) {
    std::vector<Finding> findings;
    for (const AccountChange& change : changes_of(it)) findings.push_back(claim_of(change, it));
    return findings;
  };
}

}  // namespace threadline::findings
