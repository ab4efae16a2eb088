// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "findings/context.h"
#include "findings/finding.h"
#include "policy/policy.h"

namespace threadline::gateway {

/// What a gateway does with a message, the weakest first: of several the strongest counts.
enum class Action { accept, tag, tempfail, hold, reject };
[[nodiscard]] std::string_view name_of(Action action);

/// Why a message could not be judged, or not wholly: the policy says for each what becomes of it (gateway.on_error).
enum class Failure { none, internal, limit, memory };
[[nodiscard]] std::string_view name_of(Failure failure);

struct Decision {
  Action action = Action::accept;  ///< what is done
  Action would = Action::accept;   ///< what the rules say; another one in a dry run, and where a rejection is a hold
  Failure failure = Failure::none;
  std::string code;    ///< of the finding whose rule decided; empty: none, or the failure did
  bool quiet = false;  ///< the sender's own account is under suspicion: no answer that he could read may tell of it
};

/// What the rules say to one finding. Of the rules that match, the one that says most decides: one that names the code before
/// one that does not, then the higher severity, then one that names a direction, then the earlier. Where none matches: outbound
/// (from the own side, to whomever) critical is held, inbound medium is tagged, and the rest is accepted.
[[nodiscard]] Action action_for(const policy::Gateway& policy, findings::Direction direction, std::string_view code,
                                Severity severity);

/// The strongest of what the rules say to the findings and the policy to the failure. A failure that the policy says nothing of
/// is accepted; inbound, tagged.
[[nodiscard]] Decision decide(const policy::Gateway& policy, findings::Direction direction,
                              std::span<const findings::Finding> findings, Failure failure);

}  // namespace threadline::gateway
