// SPDX-License-Identifier: Apache-2.0
#include "findings/quoted_accounts.h"

#include <algorithm>
#include <unordered_set>

#include "findings/context_steps.h"

namespace threadline::findings {
namespace {

const facts::Account& account_in(const Presented& presented, const Case& it) { return it.facts.accounts[presented.account]; }

const facts::QuotedBlock& block_of(const Presented& quoted, const Case& it) {
  return it.facts.conversation.quoted[static_cast<std::size_t>(quoted.block)];
}

bool is_held(const std::vector<facts::Account>& accounts, const facts::Account& account) {
  return std::ranges::any_of(accounts, [&](const facts::Account& other) { return is_one_account(other, account); });
}

/// The new text shows it as well, in whatever role.
bool is_in_new_text(const facts::Account& account, const Case& it) {
  return std::ranges::any_of(it.facts.accounts, [&](const facts::Account& other) {
    return it.context.says(other.block) && other.where == "body" && is_one_account(other, account);
  });
}

bool was_shown_before(const Presented& quoted, const Case& it) {
  const facts::Account& account = account_in(quoted, it);
  const memory::Record* original = it.context.quoted_originals[static_cast<std::size_t>(quoted.block)];
  if (original != nullptr && is_held(original->facts->accounts, account)) return true;
  return !it.memory.accounts_with_key(memory::account_key(account)).empty();
}

/// What the own side, or an insider himself, wrote of an account is no offer to himself.
bool is_of_reader(const Presented& quoted, const Author& sender, const Case& it) {
  if ((sender.is_stand_in && sender.side == quoted.side) || is_quoted_lookalike(quoted, it.context)) return false;
  const bool is_own = quoted.side == it.context.sender_side && is_insider({it.facts, it.memory, it.ground}, it.context);
  return quoted.side == policy::kOwnSide || is_own;
}

bool is_first(const Presented& quoted, const Author& sender, const Case& it) {
  const facts::Account& account = account_in(quoted, it);
  if (quoted.block < 0 || quoted.paying || quoted.side.empty() || !is_payable(account)) return false;
  if (it.memory.is_disputed_account(memory::account_key(account)) && !sender.is_stand_in) return false;
  return !is_of_reader(quoted, sender, it) && !is_in_new_text(account, it) && !was_shown_before(quoted, it);
}

}  // namespace

std::vector<Presented> first_quoted(const Case& it) {
  std::vector<Presented> first;
  const auto& presented = it.context.presented;
  if (std::ranges::none_of(presented, [](const Presented& one) { return one.block >= 0; })) return first;
  const Author sender = sender_of({it.facts, it.memory, it.ground}, it.context);
  std::unordered_set<std::string> seen;
  for (auto one = presented.rbegin(); one != presented.rend(); ++one) {
    if (is_first(*one, sender, it) && seen.insert(memory::account_key(account_in(*one, it))).second) first.push_back(*one);
  }
  std::ranges::reverse(first);
  return first;
}

Baseline baseline_behind(const Presented& quoted, const Case& it) {
  const std::int32_t level = block_of(quoted, it).level;
  return baseline_of_levels(quoted.side, it, level + 1);
}

bool is_old_history(const Presented& quoted, const Baseline& before, const Case& it) {
  const Author sender = sender_of({it.facts, it.memory, it.ground}, it.context);
  const bool is_at_home = it.context.sender_side == policy::kOwnSide || it.context.sender_side == quoted.side ||
                          is_insider({it.facts, it.memory, it.ground}, it.context);
  if (sender.is_stand_in || quoted.by_stand_in || !is_at_home) return false;
  const auto& date = block_of(quoted, it).date;
  return !date || std::ranges::all_of(before.accounts, [&](const memory::KnownAccount& known) { return date->at < known.since; });
}

const LookalikeUse* quoted_lookalike(const Presented& quoted, const Context& context) {
  if (quoted.block < 0) return nullptr;
  const auto found = std::ranges::find_if(context.lookalikes, [&](const LookalikeUse& use) {
    return use.block == quoted.block && use.field == "forwarded_from" && !use.known_apart;
  });
  return found == context.lookalikes.end() ? nullptr : &*found;
}

}  // namespace threadline::findings
