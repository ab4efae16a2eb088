// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "findings/claim.h"
#include "findings/context_steps.h"
#include "text/domain.h"

namespace threadline::findings {
namespace {

bool is_identity(const facts::AuthResult& result) {
  return result.trusted && (result.method == "dkim" || result.method == "spf");
}

/// What the border said against the message, or nothing. SPF alone is a note (findings.md): a failed SPF counts where a DKIM
/// signature was looked at too.
std::vector<const facts::AuthResult*> failures_of(const Case& it) {
  std::vector<const facts::AuthResult*> failures;
  const auto& auth = it.facts.route.auth;
  for (const facts::AuthResult& result : auth) {
    if (result.trusted && result.method == "dmarc" && result.result == "fail") failures.push_back(&result);
  }
  const std::string_view dmarc = trusted_result(it.facts.route, "dmarc");
  if (!failures.empty() || dmarc == "pass" || has_aligned_pass(it.facts)) return failures;
  const bool has_signature = std::ranges::any_of(auth, [](const facts::AuthResult& result) {
    return result.trusted && result.method == "dkim" && (result.result == "pass" || result.result == "fail");
  });
  if (!has_signature) return failures;
  for (const facts::AuthResult& result : auth) {
    if (is_identity(result)) failures.push_back(&result);
  }
  return failures;
}

bool has_failed(const std::vector<const facts::AuthResult*>& failures) {
  return std::ranges::any_of(failures, [](const facts::AuthResult* result) { return result->result == "fail"; });
}

/// Lists and forwarders break DMARC every day, bulk mailers sign with their own name only: odd, no more.
Severity severity_of(const Case& it, const std::vector<const facts::AuthResult*>& failures) {
  const bool arc_passed = trusted_result(it.facts.route, "arc") == "pass";
  if (it.context.lists_people || it.facts.is_auto_forwarded || arc_passed) return Severity::low;
  return has_failed(failures) ? Severity::medium : Severity::low;
}

Finding claim_of(const Case& it, const std::vector<const facts::AuthResult*>& failures) {
  const std::string domain = text::domain_of_address(sender_address(it.facts));
  Finding finding{.code = "auth_failed",
                  .severity = severity_of(it, failures),
                  .confidence = 0.7,
                  .subject = domain,
                  .evidence = {},
                  .because = {},
                  .attack = {"T1672"},
                  .disputes = {}};
  Value::List results;
  for (const facts::AuthResult* result : failures) {
    Value one;
    one.set("by", result->by).set("method", result->method).set("result", result->result);
    for (const auto& [name, value] : result->properties) one.set(name, value);
    results.push_back(std::move(one));
    finding.because.push_back({result->method + "=" + result->result, result->span});
  }
  finding.evidence.set("from_domain", domain).set("results", std::move(results));
  return finding;
}

}  // namespace

Result<Check> prepare_auth_failed(const Ground&) {
  return [](const Case& it) {
    std::vector<Finding> findings;
    const auto failures = failures_of(it);
    if (!failures.empty()) findings.push_back(claim_of(it, failures));
    return findings;
  };
}

}  // namespace threadline::findings
