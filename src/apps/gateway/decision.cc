// SPDX-License-Identifier: Apache-2.0
#include "apps/gateway/decision.h"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>

namespace threadline::gateway {
namespace {

using findings::Direction;

constexpr std::array<std::string_view, 5> kActions{"accept", "tag", "tempfail", "hold", "reject"};
constexpr std::array<std::string_view, 4> kFailures{"none", "internal", "limit", "memory"};

/// Where no rule of the policy matches.
struct Fallback {
  bool outbound;
  Severity from;
  Action action;
};
constexpr auto kFallbacks = std::to_array<Fallback>({
    {true, Severity::critical, Action::hold},
    {false, Severity::medium, Action::tag},
});

/// Findings that say somebody else has the sender's account.
constexpr std::array<std::string_view, 3> kAgainstTheAccount{"outbound_auto_forward", "outbound_bank_details", "new_route"};

Action action_named(std::string_view name) {
  const auto* found = std::ranges::find(kActions, name);
  return found == kActions.end() ? Action::accept : static_cast<Action>(found - kActions.begin());
}

/// Mail among colleagues is from the own side too.
bool is_outbound(Direction direction) { return direction == Direction::outbound || direction == Direction::internal; }

bool is_matched(const policy::GatewayRule& rule, Direction direction, std::string_view code, Severity severity) {
  const bool direction_fits = rule.direction == "any" || (rule.direction == "outbound") == is_outbound(direction);
  return direction_fits && (rule.code.empty() || rule.code == code) && severity >= rule.min_severity;
}

auto weight_of(const policy::GatewayRule& rule) {
  return std::tuple(!rule.code.empty(), rule.min_severity, rule.direction != "any");
}

Action fallback_for(Direction direction, Severity severity) {
  for (const Fallback& fallback : kFallbacks) {
    if (fallback.outbound == is_outbound(direction) && severity >= fallback.from) return fallback.action;
  }
  return Action::accept;
}

const std::optional<std::string>& said_of(const policy::Gateway& policy, Failure failure) {
  if (failure == Failure::limit) return policy.on_limit;
  return failure == Failure::memory ? policy.on_memory : policy.on_internal;
}

Action action_for(const policy::Gateway& policy, Direction direction, Failure failure) {
  if (failure == Failure::none) return Action::accept;
  if (const auto& said = said_of(policy, failure)) return action_named(*said);
  return direction == Direction::inbound ? Action::tag : Action::accept;
}

}  // namespace

std::string_view name_of(Action action) { return kActions[static_cast<std::size_t>(action)]; }

std::string_view name_of(Failure failure) { return kFailures[static_cast<std::size_t>(failure)]; }

Action action_for(const policy::Gateway& policy, Direction direction, std::string_view code, Severity severity) {
  const policy::GatewayRule* best = nullptr;
  for (const policy::GatewayRule& rule : policy.rules) {
    if (!is_matched(rule, direction, code, severity)) continue;
    if (best == nullptr || weight_of(rule) > weight_of(*best)) best = &rule;
  }
  return best == nullptr ? fallback_for(direction, severity) : action_named(best->action);
}

Decision decide(const policy::Gateway& policy, Direction direction, std::span<const findings::Finding> findings,
                Failure failure) {
  Decision decision;
  decision.failure = failure;
  decision.would = action_for(policy, direction, failure);
  for (const findings::Finding& finding : findings) {
    const Action action = action_for(policy, direction, finding.code, finding.severity);
    if (action > decision.would || (action == decision.would && decision.code.empty() && action != Action::accept)) {
      decision.would = action;
      decision.code = finding.code;
    }
    const bool accuses = std::ranges::find(kAgainstTheAccount, finding.code) != kAgainstTheAccount.end();
    decision.quiet = decision.quiet || (accuses && is_outbound(direction));
  }
  decision.action = policy.dry_run ? Action::accept : decision.would;
  return decision;
}

}  // namespace threadline::gateway
