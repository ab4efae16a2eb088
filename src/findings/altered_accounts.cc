// SPDX-License-Identifier: Apache-2.0
#include "findings/altered_accounts.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>

#include "findings/account_match.h"
#include "findings/history_words.h"
#include "findings/insertion.h"

namespace threadline::findings {
namespace {

using Accounts = std::vector<const facts::Account*>;

/// One account in two notations is one; an IBAN whose own check digits are others is not.
bool is_same(const facts::Account& left, const facts::Account& right) {
  return is_one_account(left, right) && (left.valid == right.valid || left.kind != right.kind || left.value == right.value);
}

bool is_among(const Accounts& accounts, const facts::Account& account) {
  return std::ranges::any_of(accounts, [&](const facts::Account* other) { return is_same(*other, account); });
}

/// Accounts of the message itself, or of one that it quotes (no Subject is among its words), in the order of the text.
Accounts accounts_of(const facts::Facts& facts, std::int32_t block) {
  Accounts found;
  for (const facts::Account& account : facts.accounts) {
    if (block >= 0 && account.span.part == "header") continue;
    if (account.block == block && account.kind != "bic") found.push_back(&account);
  }
  return found;
}

/// Whether what is visible of a masked value may be of the other: its beginning, and each longer stretch wherever it stands (some
/// show the end of the number in front of the key).
bool may_be_masked(std::string_view masked, std::string_view value) {
  constexpr std::size_t kTelling = 3;
  for (std::size_t begin = 0; begin < masked.size();) {
    const std::size_t end = std::min(masked.find('*', begin), masked.size());
    const std::string_view seen = masked.substr(begin, end - begin);
    if (begin == 0 && !value.starts_with(seen)) return false;
    if (seen.size() >= kTelling && value.find(seen) == std::string_view::npos) return false;
    begin = end + 1;
  }
  return true;
}

/// Whether two readings may be of one account that a client cut off, glued to its neighbours or masked.
bool may_be_one(const facts::Account& quoted, const facts::Account& original) {
  if (quoted.kind != original.kind) return false;
  if (original.masked) return may_be_masked(original.value, quoted.value) || is_same(quoted, original);
  if (quoted.masked) return may_be_masked(quoted.value, original.value);
  return quoted.value.find(original.value) != std::string::npos || original.value.find(quoted.value) != std::string::npos;
}

/// What the original holds, anywhere; what of its own words the quote lacks.
Accounts held_by(const memory::Record& original) {
  Accounts held;
  for (const facts::Account& account : original.facts->accounts) held.push_back(&account);
  return held;
}
Accounts gone_from(const Accounts& quoted, const memory::Record& original) {
  Accounts gone = accounts_of(*original.facts, -1);
  std::erase_if(gone, [&](const facts::Account* account) { return is_among(quoted, *account); });
  return gone;
}

std::vector<AlteredAccount> altered_among(const facts::Facts& facts, const Accounts& quoted, const memory::Record& original,
                                          const Accounts& gone) {
  const Accounts held = held_by(original);
  std::vector<AlteredAccount> altered;
  for (const facts::Account* account : quoted) {
    if (is_among(held, *account) || is_answered_account(facts, &original, *account)) continue;
    const bool is_in_doubt = !is_payable(*account);
    if (is_in_doubt && (gone.empty() || std::ranges::any_of(held, [&](const auto* one) { return may_be_one(*account, *one); })))
      continue;
    altered.push_back({.account = account, .original = gone.empty() ? std::string{} : gone.front()->value});
  }
  return altered;
}

/// Accounts of the body alone, each once; nothing where one comes twice or is not whole, or there are many.
Accounts accounts_in_order(const Accounts& accounts) {
  constexpr std::size_t kMost = 20;
  Accounts found;
  for (const facts::Account* one : accounts) {
    if (one->where != "body") continue;
    if (one->masked || is_among(found, *one) || found.size() >= kMost) return {};
    found.push_back(one);
  }
  return found;
}

/// The same accounts and words in both, but for the order of the accounts: they stand in each other's place.
std::vector<AlteredAccount> exchanged_accounts(const Accounts& quoted, const Accounts& original) {
  const Accounts here = accounts_in_order(quoted), there = accounts_in_order(original);
  if (here.size() < 2 || here.size() != there.size()) return {};
  if (!std::ranges::all_of(here, [&](const facts::Account* one) { return is_among(there, *one); })) return {};
  std::vector<AlteredAccount> exchanged;
  for (std::size_t at = 0; at < here.size(); ++at) {
    if (!is_same(*here[at], *there[at]))
      exchanged.push_back({.account = here[at], .original = there[at]->value, .exchanged = true});
  }
  return exchanged;
}

/// The line of a quoted text that shows the account.
std::optional<Inserted> line_of(std::string_view text, const facts::Account& account) {
  const std::size_t at = account.as_written.empty() ? text.npos : text.find(account.as_written);
  if (at == text.npos) return std::nullopt;
  const std::size_t begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
  return Inserted{.begin = begin, .end = at + account.as_written.size(), .at = at};
}

/// Whether all who read the message are on one of two sides.
bool is_between(const Setting& setting, const policy::Side& one, const policy::Side& other) {
  const auto is_one_of_them = [&](std::string_view address) {
    const policy::Side side = setting.ground.sides.side_of(address);
    return side == one || side == other;
  };
  for (const auto* people : {&setting.facts.to, &setting.facts.cc}) {
    if (!std::ranges::all_of(*people, is_one_of_them, &message::Address::address)) return false;
  }
  return std::ranges::all_of(unseen_recipients(setting.facts), is_one_of_them, &UnseenRecipient::address);
}

/// Whether a message of the sender's side presented the account before, or the ledger holds it for that side, and nothing is said
/// against it: who reads it elsewhere is told nothing new. Of the own side the ledger alone knows.
bool is_known_of_sender(const Setting& setting, const Context& context, const facts::Account& account) {
  const Author sender = sender_of(setting, context);
  if (sender.is_stand_in || setting.memory.is_disputed_account(memory::account_key(account))) return false;
  const Baseline baseline = baseline_of(sender.side, setting.facts, context, setting.memory, setting.ground);
  return std::ranges::any_of(baseline.accounts, [&](const memory::KnownAccount& known) {
    const bool is_of_ledger = known.message_id.empty();
    if (!is_of_ledger && (known.from_quote || sender.side == policy::kOwnSide)) return false;
    return known.account.valid && !known.account.masked && is_one_account(known.account, account);
  });
}

/// Of what was put in, what the sender filled in that was known as his.
void tell_known(const Case& it, std::vector<AlteredAccount>& altered) {
  const Setting setting{it.facts, it.memory, it.ground};
  for (AlteredAccount& one : altered) {
    one.known = one.original.empty() && is_payable(*one.account) && is_filled_in(setting, it.context, *one.account) &&
                is_known_of_sender(setting, it.context, *one.account);
  }
}

}  // namespace

bool is_filled_in(const Setting& setting, const Context& context, const facts::Account& account) {
  if (account.block < 0 || account.where != "body" || account.span.part == "header" || !is_payable(account)) return false;
  const memory::Record* original = context.quoted_originals[static_cast<std::size_t>(account.block)];
  if (original == nullptr || is_among(held_by(*original), account)) return false;
  if (!gone_from(accounts_of(setting.facts, account.block), *original).empty()) return false;
  const policy::Side theirs = setting.ground.sides.side_of(sender_address(*original->facts));
  if (theirs.empty() || context.sender_side.empty() || theirs == context.sender_side) return false;
  return is_between(setting, theirs, context.sender_side);
}

bool is_answered_account(const facts::Facts& facts, const memory::Record* original, const facts::Account& account) {
  if (original == nullptr || account.block < 0 || account.where != "body") return false;
  if (sender_address(*original->facts) == sender_address(facts)) return false;
  const Accounts quoted = accounts_of(facts, account.block);
  if (is_among(held_by(*original), account) || !gone_from(quoted, *original).empty()) return false;
  const facts::QuotedBlock& block = facts.conversation.quoted[static_cast<std::size_t>(account.block)];
  const auto line = line_of(block.text, account);
  return line && is_answer(facts, block, *line);
}

std::vector<AlteredAccount> altered_accounts(const Case& it, std::size_t index) {
  const memory::Record* original = it.context.quoted_originals[index];
  if (original == nullptr) return {};
  const Accounts quoted = accounts_of(it.facts, static_cast<std::int32_t>(index));
  auto altered = altered_among(it.facts, quoted, *original, gone_from(quoted, *original));
  tell_known(it, altered);
  if (!altered.empty() || share_said(it.facts.conversation.quoted[index], *original) < 1) return altered;
  return exchanged_accounts(quoted, accounts_of(*original->facts, -1));
}

std::vector<AlteredAccount> altered_accounts(const Case& it, const facts::OtherTelling& told) {
  const memory::Record* original = it.context.quoted_originals[static_cast<std::size_t>(told.block)];
  if (original == nullptr) return {};
  const std::string said = without_gaps(told.said.text);
  const auto is_shown = [&](const facts::Account* account) {
    return said.find(without_gaps(account->as_written)) != std::string::npos;
  };
  Accounts quoted = accounts_of(it.facts, -1), gone = accounts_of(*original->facts, -1);
  std::erase_if(quoted, [&](const auto* one) { return one->span.part != told.said.span.part || !is_shown(one); });
  std::erase_if(gone, is_shown);
  auto altered = altered_among(it.facts, quoted, *original, gone);
  tell_known(it, altered);
  return altered;
}

}  // namespace threadline::findings
