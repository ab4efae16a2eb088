// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "findings/claim.h"
#include "findings/context_steps.h"
#include "text/domain.h"

namespace threadline::findings {
namespace {

const facts::AuthResult* trusted(const facts::Route& route, std::string_view method, std::string_view result) {
  const auto found = std::ranges::find_if(
      route.auth, [&](const facts::AuthResult& one) { return one.trusted && one.method == method && one.result == result; });
  return found == route.auth.end() ? nullptr : &*found;
}

/// Came in at the border from another organisation, without a login, and nothing that passed speaks for the domain in From.
bool is_anonymous_from_outside(const Case& it) {
  const facts::Route& route = it.facts.route;
  if (route.border < 0 || static_cast<std::size_t>(route.border) >= route.hops.size()) return false;
  const facts::Hop& border = route.hops[static_cast<std::size_t>(route.border)];
  if (!border.auth_user.empty() || border.with.ends_with("A") || border.from.ip.empty()) return false;
  const std::string& peer = border.from.name.empty() ? border.from.helo : border.from.name;
  if (it.ground.sides.side_of_domain(peer) == policy::kOwnSide) return false;
  const bool spf_failed = trusted(route, "spf", "fail") != nullptr || trusted(route, "spf", "softfail") != nullptr;
  return spf_failed && !has_aligned_pass(it) && trusted_result(route, "dmarc") != "pass";
}

/// Mailing lists and forwarders break DMARC every day; a chain of custody that the border accepted (RFC 8617) says so.
bool is_explained(const facts::Route& route) {
  return trusted(route, "arc", "pass") != nullptr || trusted(route, "compauth", "pass") != nullptr;
}

Finding claim_of(const Case& it, std::string_view why, const facts::AuthResult* result) {
  const std::string address = sender_address(it.facts);
  Finding finding{.code = "own_domain_spoofed",
                  .severity = Severity::high,
                  .confidence = it.context.lists_people ? 0.5 : 0.9,
                  .subject = text::domain_of_address(address),
                  .evidence = {},
                  .because = {header_words("From", address)},
                  .attack = {"T1656", "T1672"},
                  .disputes = {}};
  finding.evidence.set("address", address).set("domain", text::domain_of_address(address)).set("why", why);
  if (result != nullptr) {
    finding.evidence.set("by", result->by);
    finding.because.push_back({result->method + "=" + result->result, result->span});
  }
  if (it.context.lists_people) finding.severity = Severity::medium;
  return finding;
}

}  // namespace

Result<Check> prepare_own_domain_spoofed(const Ground&) {
  return [](const Case& it) {
    std::vector<Finding> findings;
    if (it.context.sender_side != policy::kOwnSide || is_explained(it.facts.route)) return findings;
    for (const std::string_view method : {"dmarc", "compauth"}) {
      const facts::AuthResult* failed = trusted(it.facts.route, method, "fail");
      if (failed == nullptr) continue;
      findings.push_back(claim_of(it, std::string(method) + "=fail", failed));
      return findings;
    }
    if (is_anonymous_from_outside(it)) findings.push_back(claim_of(it, "anonymous", nullptr));
    return findings;
  };
}

}  // namespace threadline::findings
