// SPDX-License-Identifier: Apache-2.0
#include "findings/claim.h"
#include "findings/requests.h"

namespace threadline::findings {

Result<Check> prepare_payroll_change(const Ground&) {
  return [](const Case& it) {
    const bool from_outside = it.context.direction == Direction::inbound;
    const Severity severity = from_outside ? Severity::high : Severity::medium;
    return request_claims(
        it, {.code = "payroll_change", .subject = "payroll", .kinds = {"payroll"}, .severity = severity, .attack = "T1657"});
  };
}

}  // namespace threadline::findings
