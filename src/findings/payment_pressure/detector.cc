// SPDX-License-Identifier: Apache-2.0
#include "findings/claim.h"
#include "findings/requests.h"

namespace threadline::findings {

Result<Check> prepare_payment_pressure(const Ground&) {
  return [](const Case& it) {
    if (it.context.lists_people) return std::vector<Finding>{};
    const RequestCode code{.code = "payment_pressure", .kind = "pressure", .severity = Severity::low, .attack = "T1656"};
    std::vector<Finding> findings = request_claims(it, code);
    if (!findings.empty()) return findings;
    return request_claims(it, {code.code, "deadline", code.severity, code.attack});  // combine drops it at an honest sender
  };
}

}  // namespace threadline::findings
