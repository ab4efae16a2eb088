// SPDX-License-Identifier: Apache-2.0
#include "findings/spoofed_sender.h"

#include <algorithm>

#include "findings/claim.h"

namespace threadline::findings {
namespace {

const facts::AuthResult* trusted(const facts::Route& route, std::string_view method, std::string_view result) {
  const auto found = std::ranges::find_if(
      route.auth, [&](const facts::AuthResult& one) { return one.trusted && one.method == method && one.result == result; });
  return found == route.auth.end() ? nullptr : &*found;
}

/// Came in at the border from another organisation, without a login, and nothing that passed speaks for the domain in From.
bool is_anonymous_from_outside(const facts::Facts& facts, const policy::Sides& sides) {
  const facts::Route& route = facts.route;
  if (route.border < 0 || static_cast<std::size_t>(route.border) >= route.hops.size()) return false;
  const facts::Hop& border = route.hops[static_cast<std::size_t>(route.border)];
  if (!border.auth_user.empty() || border.with.ends_with("A") || border.from.ip.empty()) return false;
  const std::string& peer = border.from.name.empty() ? border.from.helo : border.from.name;
  if (sides.side_of_domain(peer) == policy::kOwnSide) return false;
  const bool spf_failed = trusted(route, "spf", "fail") != nullptr || trusted(route, "spf", "softfail") != nullptr;
  return spf_failed && !has_aligned_pass(facts) && trusted_result(route, "dmarc") != "pass";
}

/// Mailing lists and forwarders break DMARC every day; a chain of custody that the border accepted (RFC 8617) says so.
bool is_explained(const facts::Route& route) {
  return trusted(route, "arc", "pass") != nullptr || trusted(route, "compauth", "pass") != nullptr;
}

}  // namespace

std::optional<Spoof> spoof_of(const facts::Facts& facts, const policy::Side& sender, const policy::Sides& sides) {
  if (sender != policy::kOwnSide || is_explained(facts.route)) return std::nullopt;
  for (const std::string_view method : {"dmarc", "compauth"}) {
    if (const facts::AuthResult* failed = trusted(facts.route, method, "fail"))
      return Spoof{.why = std::string(method) + "=fail", .result = failed};
  }
  return is_anonymous_from_outside(facts, sides) ? std::optional(Spoof{.why = "anonymous"}) : std::nullopt;
}

}  // namespace threadline::findings
