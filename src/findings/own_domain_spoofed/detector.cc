// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "facts/transport/authentication.h"
#include "findings/claim.h"
#include "findings/context_steps.h"
#include "findings/spoofed_sender.h"
#include "text/domain.h"

namespace threadline::findings {
namespace {

/// The field that gateway.auth_as was read from.
std::string_view auth_as_field(const facts::Facts& facts) {
  constexpr std::string_view kOrganization = "X-MS-Exchange-Organization-AuthAs", kTenant = "X-MS-Exchange-CrossTenant-AuthAs";
  const bool is_tenants = facts::place_of(facts, kOrganization).length == 0 && facts::place_of(facts, kTenant).length > 0;
  return is_tenants ? kTenant : kOrganization;
}

/// SPF or a signature vouches at the border for somebody else than From.
bool is_vouched_for_by_another(const facts::Facts& facts) {
  const std::string from = text::domain_of_address(sender_address(facts));
  return std::ranges::any_of(facts.route.auth, [&](const facts::AuthResult& result) {
    return facts::is_of_border(result) && result.result == "pass" && facts::is_aligned(result, from) == false;
  });
}

/// The border noted nothing, and took the message from a host of the domain that its bounces go to, which is not From's.
bool comes_from_host_of_its_bounces(const Case& it) {
  const facts::Route& route = it.facts.route;
  const std::string bounces = text::registrable_domain(text::domain_of_address(it.facts.return_path));
  if (route.border < 0 || !route.auth.empty() || bounces.empty()) return false;
  const std::string& host = route.hops[static_cast<std::size_t>(route.border)].from.name;
  return text::registrable_domain(host) == bounces && it.ground.sides.side_of_domain(bounces) != policy::kOwnSide;
}

/// An own person's mail that a list passed on: ordinary words, and a list's header fields, which anybody can write, where what
/// handed the message over goes by a name of its own.
bool is_by_list(const Case& it) {
  return it.context.lists_people && (is_vouched_for_by_another(it.facts) || comes_from_host_of_its_bounces(it));
}

Finding claim_of(const Case& it, const Spoof& spoof) {
  const std::string address = sender_address(it.facts);
  const bool is_listed = is_by_list(it);
  Finding finding{.code = "own_domain_spoofed",
                  .severity = is_listed ? Severity::medium : Severity::high,
                  .confidence = is_listed ? 0.5 : 0.9,
                  .subject = text::domain_of_address(address),
                  .evidence = {},
                  .because = {address_words(it.facts, "from", address)},
                  .attack = {"T1656", "T1672"},
                  .disputes = {}};
  finding.evidence.set("address", address).set("domain", text::domain_of_address(address)).set("why", spoof.why);
  if (spoof.result != nullptr) {
    finding.evidence.set("by", spoof.result->by);
    finding.because.push_back({spoof.result->method + "=" + spoof.result->result, spoof.result->span});
  }
  if (spoof.why == "anonymous") {
    const facts::Hop& border = it.facts.route.hops[static_cast<std::size_t>(it.facts.route.border)];
    finding.evidence.set("border", border.by).set("from_host", border.from.name.empty() ? border.from.helo : border.from.name);
    finding.evidence.set("from_ip", border.from.ip);
    finding.because.push_back({"Received: " + border.raw, border.span});
  }
  if (spoof.result == nullptr && !it.facts.gateway.auth_as.empty())
    finding.because.push_back(header_words(it.facts, auth_as_field(it.facts), it.facts.gateway.auth_as));
  add_imitated(it, finding);
  return finding;
}

}  // namespace

Result<Check> prepare_own_domain_spoofed(const Ground&) {
  return [](const Case& it) {
    std::vector<Finding> findings;
    const auto spoof = spoof_of(it.facts, it.context.sender_side, it.ground.sides);
    if (spoof) findings.push_back(claim_of(it, *spoof));
    return findings;
  };
}

}  // namespace threadline::findings
