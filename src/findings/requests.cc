// SPDX-License-Identifier: Apache-2.0
#include "findings/requests.h"

namespace threadline::findings {

std::vector<Finding> request_claims(const Case& it, const RequestCode& code) {
  std::vector<Finding> findings;
  Finding finding{.code = std::string(code.code),
                  .severity = code.severity,
                  .confidence = 0.7,
                  .subject = std::string(code.kind),
                  .evidence = {},
                  .because = {},
                  .attack = {std::string(code.attack)},
                  .disputes = {}};
  for (const facts::Request& request : it.facts.requests) {
    if (request.kind != code.kind || !it.context.says(request.block)) continue;
    if (finding.because.empty()) finding.evidence.set("language", request.language).set("text", request.text);
    finding.because.push_back({request.text, request.span});
  }
  if (!finding.because.empty()) findings.push_back(std::move(finding));
  return findings;
}

}  // namespace threadline::findings
