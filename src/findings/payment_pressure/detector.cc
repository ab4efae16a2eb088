// SPDX-License-Identifier: Apache-2.0
#include "findings/claim.h"
#include "findings/requests.h"

namespace threadline::findings {

Result<Check> prepare_payment_pressure(const Ground&) {
  return [](const Case& it) {
    if (it.context.lists_people) return std::vector<Finding>{};
    return request_claims(it, {.code = "payment_pressure", .kind = "pressure", .severity = Severity::low, .attack = "T1656"});
  };
}

}  // namespace threadline::findings
