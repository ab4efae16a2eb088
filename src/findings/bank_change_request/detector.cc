// SPDX-License-Identifier: Apache-2.0
#include "findings/claim.h"
#include "findings/requests.h"

namespace threadline::findings {

Result<Check> prepare_bank_change_request(const Ground&) {
  return [](const Case& it) {
    return request_claims(
        it, {.code = "bank_change_request", .kind = "bank_change", .severity = Severity::medium, .attack = "T1657"});
  };
}

}  // namespace threadline::findings
