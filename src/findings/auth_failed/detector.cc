// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "facts/transport/authentication.h"
#include "facts/transport/organisation.h"
#include "findings/claim.h"
#include "findings/context_steps.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

bool is_identity(const facts::AuthResult& result) {
  return facts::is_of_border(result) && (result.method == "dkim" || result.method == "spf");
}

void add_identities(const std::vector<facts::AuthResult>& auth, std::vector<const facts::AuthResult*>& to) {
  for (const facts::AuthResult& result : auth) {
    if (is_identity(result)) to.push_back(&result);
  }
}

/// Exchange took it in from somebody who had logged in, or from a server of the house.
bool is_internal(const facts::Gateway& gateway) {
  return gateway.by_border && text::equal_ascii_nocase(gateway.auth_as, "Internal");
}

/// A signature that was looked at, or a pass of another domain: beside it, nothing that is aligned passed.
bool speaks_for_another(const facts::AuthResult& result, std::string_view from) {
  if (!is_identity(result)) return false;
  const bool passed = result.result == "pass";
  if (result.method == "dkim") return passed || result.result == "fail";
  return passed && facts::is_aligned(result, from) == false;
}

/// What the border said against the message, or nothing. A failed SPF alone is a note (findings.md): it counts where a DKIM
/// signature was looked at too, or where Microsoft's composite verdict failed.
std::vector<const facts::AuthResult*> failures_of(const Case& it) {
  std::vector<const facts::AuthResult*> failures;
  const facts::Route& route = it.facts.route;
  if (is_internal(it.facts.gateway)) return failures;
  const facts::AuthResult* dmarc = border_result(route, "dmarc");
  if (dmarc != nullptr && dmarc->result == "fail") failures.push_back(dmarc);
  if (!failures.empty() || has_passed_dmarc(it.facts) || has_aligned_pass(it.facts)) return failures;
  const facts::AuthResult* compauth = border_result(route, "compauth");
  if (compauth != nullptr && compauth->result == "fail") {
    failures.push_back(compauth);
    add_identities(route.auth, failures);
    return failures;
  }
  if (has_passed(route, "dmarc")) failures.push_back(dmarc);  // for the domain of another From
  const std::string from = text::domain_of_address(sender_address(it.facts));
  const bool is_anothers = std::ranges::any_of(route.auth, [&](const auto& one) { return speaks_for_another(one, from); });
  if (is_anothers || !failures.empty()) add_identities(route.auth, failures);
  return failures;
}

bool has_failed(const std::vector<const facts::AuthResult*>& failures) {
  return std::ranges::any_of(failures, [](const facts::AuthResult* result) { return result->result == "fail"; });
}

/// A pass that ordinary business shows: a bulk sender's own name (operators.def), a forwarder that rewrites the envelope (SRS).
bool is_bulk_or_forwarded(const facts::AuthResult& result) {
  const auto is_rewritten = [](const auto& property) {
    const std::string value = text::ascii_lower(property.second);
    return value.starts_with("srs0") || value.starts_with("srs1") || value.starts_with("prvs=");
  };
  return result.result != "pass" || facts::is_white_label(facts::identity_of(result)) ||
         std::ranges::any_of(result.properties, is_rewritten);
}

/// Medium by the contract. What cannot be told from ordinary business is low: lists and forwarders break DMARC every day, bulk
/// senders sign with their own name.
Severity severity_of(const Case& it, const std::vector<const facts::AuthResult*>& failures) {
  const facts::Route& route = it.facts.route;
  const bool is_explained = has_passed(route, "arc") || has_passed(route, "compauth");
  if (it.context.lists_people || it.facts.is_auto_forwarded || is_explained) return Severity::low;
  const bool is_ordinary = !has_failed(failures) && std::ranges::all_of(failures, [](const facts::AuthResult* result) {
    return is_bulk_or_forwarded(*result);
  });
  return is_ordinary ? Severity::low : Severity::medium;
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
    results.push_back(result_value(*result));
    finding.because.push_back({result->method + "=" + result->result, result->span});
  }
  finding.evidence.set("from_domain", domain).set("results", std::move(results));
  add_imitated(it, finding);
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
