// SPDX-License-Identifier: Apache-2.0
#include "findings/account_match.h"

#include <algorithm>
#include <unordered_set>

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

/// The sort code and number of a GB IBAN (ISO 13616: GBkk, bank 4 letters, sort code 6, number 8), or of a UK account.
std::string_view uk_number(const facts::Account& account) {
  const std::string_view value = account.value;
  if (account.kind == "uk") return value;
  return account.kind == "iban" && value.starts_with("GB") && value.size() == 22 ? value.substr(8) : std::string_view{};
}

Baseline real_baseline(const policy::Side& side, const Context& context, const memory::View& memory, const Ground& ground) {
  Baseline baseline;
  for (const memory::KnownAccount& known : ground.ledger) {
    if (known.side != side) continue;
    baseline.accounts.push_back(known);
    baseline.from_ledger = true;
  }
  std::unordered_set<std::string_view> thread;
  for (const memory::Record* record : context.ancestors) thread.insert(record->facts->message_id);
  for (const memory::Record* record : context.quoted_originals) {
    if (record != nullptr) thread.insert(record->facts->message_id);
  }
  for (memory::KnownAccount& known : memory.accounts_of(side)) {
    if (known.from_quote) continue;
    baseline.from_conversation = baseline.from_conversation || thread.contains(known.message_id);
    baseline.accounts.push_back(std::move(known));
  }
  return baseline;
}

void add_quoted(Baseline& baseline, const facts::Facts& facts, const Presented& presented, const memory::View& memory) {
  const facts::Account& account = facts.accounts[presented.account];
  const std::string key = memory::account_key(account);
  if (memory.is_disputed_account(key) || account.kind == "bic") return;
  if (std::ranges::find(baseline.accounts, key, &memory::KnownAccount::key) != baseline.accounts.end()) return;
  const auto& date = facts.conversation.quoted[static_cast<std::size_t>(account.block)].date;
  baseline.accounts.push_back({.key = key,
                               .account = account,
                               .side = presented.side,
                               .since = date ? date->at : facts.dates.known_at.value_or(Instant{}),
                               .message_id = facts.message_id,
                               .source = facts.source,
                               .from_quote = true});
  baseline.from_conversation = true;
}

}  // namespace

bool is_one_account(const facts::Account& left, const facts::Account& right) {
  const std::string_view one = uk_number(left);
  if (!one.empty() && one == uk_number(right)) return true;
  if (left.kind != right.kind) return false;
  if (left.value == right.value) return true;
  if (left.masked) return fits_mask(left.value, right.value);
  return right.masked && fits_mask(right.value, left.value);
}

bool is_payable(const facts::Account& account) { return account.valid && !account.masked && account.kind != "bic"; }

bool Baseline::holds(const facts::Account& account) const {
  return std::ranges::any_of(accounts, [&](const memory::KnownAccount& known) { return is_one_account(known.account, account); });
}

Baseline baseline_of(const policy::Side& side, const facts::Facts& facts, const Context& context, const memory::View& memory,
                     const Ground& ground) {
  Baseline baseline = real_baseline(side, context, memory, ground);
  if (!baseline.accounts.empty()) return baseline;
  for (const Presented& presented : context.presented) {
    const std::int32_t block = facts.accounts[presented.account].block;
    if (block < 0 || presented.side != side || presented.by_stand_in || presented.paying) continue;
    if (context.quoted_originals[static_cast<std::size_t>(block)] != nullptr) continue;  // its own words count, not the copy's
    add_quoted(baseline, facts, presented, memory);
  }
  for (memory::KnownAccount& known : memory.accounts_of(side)) {
    if (std::ranges::find(baseline.accounts, known.key, &memory::KnownAccount::key) == baseline.accounts.end()) {
      baseline.accounts.push_back(std::move(known));
    }
  }
  return baseline;
}

std::vector<Presented> presented_now(const facts::Facts& facts, const Context& context) {
  std::vector<Presented> now;
  std::unordered_set<std::string> seen;
  for (const Presented& presented : context.presented) {
    const facts::Account& account = facts.accounts[presented.account];
    if (account.block >= 0 || presented.paying || presented.side.empty() || !is_payable(account)) continue;
    if (seen.insert(memory::account_key(account)).second) now.push_back(presented);
  }
  return now;
}

std::vector<policy::Side> sides_presented(const std::vector<Presented>& now) {
  std::vector<policy::Side> sides;
  for (const Presented& presented : now) {
    if (std::ranges::find(sides, presented.side) == sides.end()) sides.push_back(presented.side);
  }
  return sides;
}

}  // namespace threadline::findings
