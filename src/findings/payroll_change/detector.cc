// SPDX-License-Identifier: Apache-2.0
#include "findings/claim.h"
#include "findings/requests.h"

namespace threadline::findings {
namespace {

/// The sender answers his employer, who wrote to him in this conversation: a new colleague is asked for his account.
bool answers_own_side(const Case& it) {
  if (it.facts.from.empty() || !it.context.is_participant(it.facts.from.front().address)) return false;
  return it.context.is_participant_side(policy::kOwnSide);
}

}  // namespace

Result<Check> prepare_payroll_change(const Ground&) {
  return [](const Case& it) {
    const bool from_outside = it.context.direction == Direction::inbound;
    const Severity severity = from_outside ? Severity::high : Severity::medium;
    RequestCode code{
        .code = "payroll_change", .subject = "payroll", .kinds = {"payroll"}, .severity = severity, .attack = "T1657"};
    if (!answers_own_side(it)) code.kinds.push_back("payroll_given");
    return request_claims(it, code);
  };
}

}  // namespace threadline::findings
