// SPDX-License-Identifier: Apache-2.0
#include "findings/account_match.h"

#include <algorithm>
#include <unordered_set>

#include "findings/holder.h"

namespace threadline::findings {
namespace {

bool agree(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, [](char one, char other) { return one == other || one == '*' || other == '*'; });
}

/// Whether a value fits what is visible of another of any length: its beginning and its end.
bool fits_mask(std::string_view masked, std::string_view value) {
  if (masked.size() == value.size()) return agree(masked, value);
  const std::size_t first = masked.find('*');
  const std::size_t last = masked.rfind('*');
  if (first == std::string_view::npos) return false;
  const std::string_view begin = masked.substr(0, first);
  const std::string_view end = masked.substr(last + 1);
  return value.size() >= begin.size() + end.size() && value.starts_with(begin) && value.ends_with(end);
}

/// The value without what a notation adds: sort code and number of a GB or IE IBAN, also of a masked one.
std::string bare_value(const facts::Account& account) {
  const std::string key = memory::account_key(account);
  return key.substr(key.find(':') + 1);
}

std::string_view notation_of(std::string_view key) { return key.substr(0, key.find(':')); }

using Thread = std::vector<const memory::Record*>;

/// Earlier real messages of the conversation.
Thread thread_of(const Context& context) {
  Thread thread = context.ancestors;
  std::ranges::copy_if(context.quoted_originals, std::back_inserter(thread),
                       [](const memory::Record* record) { return record != nullptr; });
  return thread;
}

bool presents_for(const memory::Record& record, const policy::Side& side) {
  return !record.disputed && std::ranges::any_of(record.presented, [&](const auto& one) { return one.second == side; });
}

/// A quoted message that presents the account for that side, and whose author may be believed.
bool is_quoted_for(const Presented& presented, const policy::Side& side) {
  return presented.block >= 0 && presented.side == side && !presented.by_stand_in && !presented.paying;
}

bool is_shown_in_conversation(const policy::Side& side, const Context& context) {
  return std::ranges::any_of(thread_of(context), [&](const memory::Record* record) { return presents_for(*record, side); }) ||
         std::ranges::any_of(context.presented, [&](const Presented& presented) { return is_quoted_for(presented, side); });
}

/// What is visible of a masked account proves little: it counts only where no whole one is known.
void prefer_whole(std::vector<memory::KnownAccount>& accounts) {
  const auto is_masked = [](const memory::KnownAccount& known) { return known.account.masked; };
  if (!std::ranges::all_of(accounts, is_masked)) std::erase_if(accounts, is_masked);
}

Baseline real_baseline(const policy::Side& side, const Context& context, const memory::View& memory, const Ground& ground) {
  Baseline baseline;
  for (const memory::KnownAccount& known : ground.ledger) {
    if (known.side == side) baseline.accounts.push_back(known);
  }
  baseline.from_ledger = !baseline.accounts.empty();
  for (memory::KnownAccount& known : memory.accounts_of(side)) {
    if (!known.from_quote) baseline.accounts.push_back(std::move(known));
  }
  prefer_whole(baseline.accounts);
  baseline.from_conversation = !baseline.accounts.empty() && is_shown_in_conversation(side, context);
  return baseline;
}

void add_quoted(Baseline& baseline, const facts::Facts& facts, const Presented& presented, const memory::View& memory) {
  const facts::Account& account = facts.accounts[presented.account];
  const std::string key = memory::account_key(account);
  if (memory.is_disputed_account(key) || account.kind == "bic") return;
  if (std::ranges::find(baseline.accounts, key, &memory::KnownAccount::key) != baseline.accounts.end()) return;
  const auto& date = facts.conversation.quoted[static_cast<std::size_t>(presented.block)].date;
  baseline.accounts.push_back({.key = key,
                               .account = account,
                               .side = presented.side,
                               .since = date ? date->at : facts.dates.known_at.value_or(Instant{}),
                               .message_id = facts.message_id,
                               .source = facts.source,
                               .from_quote = true});
  baseline.from_conversation = true;
}

template <class Wanted>
std::vector<Presented> shown_now(const facts::Facts& facts, const Context& context, Wanted is_wanted) {
  std::vector<Presented> now;
  std::unordered_set<std::string> seen;
  for (const Presented& presented : context.presented) {
    const facts::Account& account = facts.accounts[presented.account];
    if (presented.block >= 0 || presented.paying || presented.passed_on || presented.side.empty() || !is_wanted(account))
      continue;
    if (seen.insert(memory::account_key(account)).second) now.push_back(presented);
  }
  return now;
}

}  // namespace

bool is_one_account(const facts::Account& left, const facts::Account& right) {
  const std::string one = memory::account_key(left), other = memory::account_key(right);
  if (one == other) return true;
  if (notation_of(one) != notation_of(other)) return false;
  if (left.masked) return fits_mask(bare_value(left), bare_value(right));
  return right.masked && fits_mask(bare_value(right), bare_value(left));
}

bool is_payable(const facts::Account& account) { return account.valid && !account.masked && account.kind != "bic"; }

bool is_of_the_past(const facts::Account& account) { return account.medium == "earlier revision"; }

bool is_in_ledger(const facts::Account& account, const Ground& ground) {
  return std::ranges::any_of(ground.ledger,
                             [&](const memory::KnownAccount& known) { return is_one_account(known.account, account); });
}

bool is_in_ledger_for(const policy::Side& side, const facts::Account& account, const facts::Facts& facts, const Ground& ground) {
  return std::ranges::any_of(ground.ledger, [&](const memory::KnownAccount& known) {
    if (!is_one_account(known.account, account)) return false;
    if (known.side == side || known.side == policy::kOwnSide) return true;
    return is_named_in(facts.conversation.new_text, known.side, ground) || is_named_in(facts.subject, known.side, ground) ||
           is_named_in(account.holder, known.side, ground);
  });
}

bool Baseline::holds(const facts::Account& account) const {
  return std::ranges::any_of(accounts, [&](const memory::KnownAccount& known) { return is_one_account(known.account, account); });
}

Baseline baseline_of(const policy::Side& side, const facts::Facts& facts, const Context& context, const memory::View& memory,
                     const Ground& ground) {
  return baseline_of_levels(side, {facts, context, memory, ground}, 1);
}

Baseline baseline_of_levels(const policy::Side& side, const Case& it, std::int32_t least_level) {
  Baseline baseline = real_baseline(side, it.context, it.memory, it.ground);
  if (!baseline.accounts.empty()) return baseline;
  for (const Presented& presented : it.context.presented) {
    if (!is_quoted_for(presented, side)) continue;
    const auto block = static_cast<std::size_t>(presented.block);
    const bool is_its_own_words = it.context.quoted_originals[block] != nullptr;  // not the copy's
    if (is_its_own_words || it.facts.conversation.quoted[block].level < least_level) continue;
    add_quoted(baseline, it.facts, presented, it.memory);
  }
  for (memory::KnownAccount& known : it.memory.accounts_of(side)) {
    if (std::ranges::find(baseline.accounts, known.key, &memory::KnownAccount::key) == baseline.accounts.end()) {
      baseline.accounts.push_back(std::move(known));
    }
  }
  prefer_whole(baseline.accounts);
  return baseline;
}

std::vector<Presented> presented_now(const facts::Facts& facts, const Context& context) {
  return shown_now(facts, context, is_payable);
}

std::vector<Presented> masked_now(const facts::Facts& facts, const Context& context) {
  return shown_now(facts, context, [](const facts::Account& account) { return account.masked && account.kind != "bic"; });
}

std::vector<policy::Side> sides_presented(const std::vector<Presented>& now) {
  std::vector<policy::Side> sides;
  for (const Presented& presented : now) {
    if (std::ranges::find(sides, presented.side) == sides.end()) sides.push_back(presented.side);
  }
  return sides;
}

}  // namespace threadline::findings
