// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "findings/claim.h"
#include "findings/spoofed_sender.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

constexpr std::size_t kBefore = 200;  ///< bytes before an account in which its owner is named
constexpr int kApart = 3;             ///< words from "your" to "account"

enum class Whose { nobody, yours, ours, details, keeper };
struct Word {
  std::string_view word;
  Whose whose;
};
constexpr auto kWords = std::to_array<Word>({
#define THREADLINE_YOURS(word) {#word, Whose::yours},
#define THREADLINE_OURS(word) {#word, Whose::ours},
#define THREADLINE_DETAILS(word) {#word, Whose::details},
#define THREADLINE_KEEPER(word) {#word, Whose::keeper},
#include "findings/outbound_bank_details/possessives.def"
#undef THREADLINE_YOURS
#undef THREADLINE_OURS
#undef THREADLINE_DETAILS
#undef THREADLINE_KEEPER
});

Whose whose_word(std::string_view word) {
  const auto* found = std::ranges::find(kWords, word, &Word::word);
  return found == kWords.end() ? Whose::nobody : found->whose;
}

/// The last "our account" or "your account" of a stretch of text.
Whose owner_named_in(std::string_view text) {
  const std::string folded = text::fold(text);
  Whose owner = Whose::nobody, said = Whose::nobody;
  int since = 0;
  for (std::size_t at = 0; at < folded.size();) {
    std::size_t end = at;
    while (end < folded.size() && folded[end] >= 'a' && folded[end] <= 'z') ++end;
    if (end > at) {
      const Whose word = whose_word(std::string_view(folded).substr(at, end - at));
      ++since;
      if (word == Whose::details && since <= kApart) owner = said;
      if (word == Whose::keeper) said = owner;
      if (word == Whose::yours || word == Whose::ours) std::tie(said, since) = std::pair(word, 0);
    }
    at = end + 1;
  }
  return owner;
}

/// The words right before the account, in its paragraph, say that it is the reader's.
bool is_of_reader(const facts::Facts& facts, const facts::Account& account) {
  const std::string_view text = facts.conversation.new_text;
  const std::size_t at = account.where == "body" && !account.as_written.empty() ? text.find(account.as_written) : text.npos;
  if (at == text.npos) return false;
  std::string_view before = text.substr(at > kBefore ? at - kBefore : 0, std::min(at, kBefore));
  if (const std::size_t paragraph = before.rfind("\n\n"); paragraph != before.npos) before.remove_prefix(paragraph);
  return owner_named_in(before) == Whose::yours;
}

bool has_own_accounts(const Ground& ground) {
  return std::ranges::find(ground.ledger, policy::kOwnSide, &memory::KnownAccount::side) != ground.ledger.end();
}

Finding claim_of(const std::vector<Presented>& unknown, const Case& it) {
  Finding finding{.code = "outbound_bank_details",
                  .severity = Severity::high,
                  .confidence = 0.9,
                  .subject = memory::account_key(it.facts.accounts[unknown.front().account]),
                  .evidence = {},
                  .because = {},
                  .attack = {"T1657"},
                  .disputes = {}};
  Value::List accounts;
  for (const Presented& presented : unknown) {
    const facts::Account& account = it.facts.accounts[presented.account];
    accounts.push_back(account_value(it, presented));
    finding.because.push_back(account_words(account));
    finding.disputes.accounts.push_back(memory::account_key(account));
  }
  finding.evidence.set("account", std::move(accounts));
  return finding;
}

std::vector<Presented> unknown_accounts(const Case& it) {
  std::vector<Presented> unknown = presented_now(it.facts, it.context);
  std::erase_if(unknown, [&](const Presented& presented) {
    const facts::Account& account = it.facts.accounts[presented.account];
    return presented.side != it.context.sender_side || is_in_ledger(account, it.ground) || is_of_reader(it.facts, account);
  });
  return unknown;
}

}  // namespace

Result<Check> prepare_outbound_bank_details(const Ground& ground) {
  if (!has_own_accounts(ground)) return [](const Case&) { return std::vector<Finding>{}; };
  return [](const Case& it) {
    std::vector<Finding> findings;
    if (it.context.direction != Direction::outbound || it.context.sender_side != policy::kOwnSide) return findings;
    if (spoof_of(it.facts, it.context.sender_side, it.ground.sides)) return findings;
    const auto unknown = unknown_accounts(it);
    if (!unknown.empty()) findings.push_back(claim_of(unknown, it));
    return findings;
  };
}

}  // namespace threadline::findings
