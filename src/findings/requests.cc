// SPDX-License-Identifier: Apache-2.0
#include "findings/requests.h"

#include <algorithm>

namespace threadline::findings {

std::vector<Finding> request_claims(const Case& it, const RequestCode& code) {
  std::vector<Finding> findings;
  Finding finding{.code = std::string(code.code),
                  .severity = code.severity,
                  .confidence = 0.7,
                  .subject = std::string(code.subject),
                  .evidence = {},
                  .because = {},
                  .attack = {std::string(code.attack)},
                  .disputes = {}};
  for (const facts::Request& request : it.facts.requests) {
    if (std::ranges::find(code.kinds, request.kind) == code.kinds.end() || !it.context.says(request.block)) continue;
    if (finding.because.empty()) finding.evidence.set("language", request.language).set("text", request.text);
    finding.because.push_back({request.text, request.span});
  }
  if (!finding.because.empty()) findings.push_back(std::move(finding));
  return findings;
}

bool requests(const facts::Facts& facts, std::string_view kind) {
  return std::ranges::any_of(facts.requests,
                             [&](const facts::Request& request) { return request.kind == kind && request.block < 0; });
}

bool requests(const Case& it, std::string_view kind) {
  return std::ranges::any_of(
      it.facts.requests, [&](const facts::Request& request) { return request.kind == kind && it.context.says(request.block); });
}

bool is_about_salary(const facts::Facts& facts) { return requests(facts, "payroll") || requests(facts, "payroll_given"); }

bool moves_payments(const facts::Facts& facts) { return requests(facts, "bank_change") || requests(facts, "redirect"); }

bool moves_payments(const Case& it) { return requests(it, "bank_change") || requests(it, "redirect"); }

}  // namespace threadline::findings
