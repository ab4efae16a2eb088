// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "findings/claim.h"
#include "findings/context_steps.h"
#include "findings/signs.h"

namespace threadline::findings {
namespace {

/// Whether the own side alone reads it: nobody presents an account to us in our own stead.
bool is_to_own_alone(const Case& it) {
  const auto is_own = [&](const message::Address& one) { return it.ground.sides.side_of(one.address) == policy::kOwnSide; };
  return std::ranges::all_of(it.facts.to, is_own) && std::ranges::all_of(it.facts.cc, is_own);
}

/// The account that a newcomer presents where a participant's was presented before in this conversation, or -1.
std::ptrdiff_t account_in_stead(const Case& it) {
  const auto now = presented_now(it.facts, it.context);
  if (now.empty()) return -1;
  std::vector<policy::Side> sides;
  for (const Participant& participant : it.context.participants) {
    if (std::ranges::find(sides, participant.side) != sides.end()) continue;
    sides.push_back(participant.side);
    if (participant.side == policy::kOwnSide && is_to_own_alone(it)) continue;
    const Baseline before = baseline_of(participant.side, it.facts, it.context, it.memory, it.ground);
    if (!before.from_conversation) continue;
    for (const Presented& presented : now) {
      if (!before.holds(it.facts.accounts[presented.account])) return static_cast<std::ptrdiff_t>(presented.account);
    }
  }
  return -1;
}

Finding claim_of(const Case& it) {
  const std::ptrdiff_t account = account_in_stead(it);
  const message::Address sender = it.facts.from.empty() ? message::Address{{}, sender_address(it.facts)} : it.facts.from.front();
  Finding finding{.code = "foreign_sender",
                  .severity = account < 0 ? Severity::info : Severity::medium,
                  .confidence = 0.6,
                  .subject = sender_address(it.facts),
                  .evidence = {},
                  .because = {header_words(it.facts, "From", person_text(sender))},
                  .attack = {},
                  .disputes = {}};
  const std::vector<Sign> signs = read_signs(it);
  finding.evidence.set("sender", person_value(sender))
      .set("side", it.context.sender_side)
      .set("joined", name_of(it.context.joined))
      .set("signs", names_of(signs));
  if (account >= 0) {
    const facts::Account& presented = it.facts.accounts[static_cast<std::size_t>(account)];
    finding.evidence.set("account", presented.value);
    finding.because.push_back(account_words(presented));
    finding.attack = {"T1656"};
  }
  add_because(signs, finding.because);
  return finding;
}

bool is_foreign(const Context& context) {
  return context.continues_conversation && !context.participants.empty() && !context.lists_people &&
         !context.sender_side.empty() && context.sender_side != policy::kOwnSide && context.stand_in("from") == nullptr &&
         !context.is_participant_side(context.sender_side);
}

}  // namespace

Result<Check> prepare_foreign_sender(const Ground&) {
  return [](const Case& it) {
    std::vector<Finding> findings;
    if (is_foreign(it.context)) findings.push_back(claim_of(it));
    return findings;
  };
}

}  // namespace threadline::findings
