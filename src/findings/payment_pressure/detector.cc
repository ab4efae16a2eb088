// SPDX-License-Identifier: Apache-2.0
#include "findings/combine.h"
#include "findings/requests.h"

namespace threadline::findings {

Result<Check> prepare_payment_pressure(const Ground&) {
  return [](const Case& it) {
    const bool is_secret_payment = requests(it, "secrecy") && (requests(it, "payment") || requests(it, "deadline"));
    const bool presses = (requests(it, "pressure") || is_secret_payment) && !it.context.has_list_fields;  // as shops do
    return request_claims(it, {.code = "payment_pressure",
                               .subject = presses ? kPressure : kCourtesy,
                               .kinds = {"pressure", "deadline", "secrecy", "discretion", "contact"},
                               .severity = Severity::low,
                               .attack = "T1656"});
  };
}

}  // namespace threadline::findings
