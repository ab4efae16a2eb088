// SPDX-License-Identifier: Apache-2.0
#include "findings/spoofed_sender.h"

#include "facts/transport/organisation.h"
#include "findings/claim.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

const facts::AuthResult* failed(const facts::Route& route, std::string_view method) {
  const facts::AuthResult* result = border_result(route, method);
  return result != nullptr && result->result == "fail" ? result : nullptr;
}

bool has_failed_spf(const facts::Route& route) {
  const facts::AuthResult* spf = border_result(route, "spf");
  return spf != nullptr && (spf->result == "fail" || spf->result == "softfail");
}

/// Handed over to the border by another organisation's host, without a login.
bool is_from_outside(const facts::Route& route, const policy::Sides& sides) {
  if (route.border < 0 || static_cast<std::size_t>(route.border) >= route.hops.size()) return false;
  const facts::Hop& border = route.hops[static_cast<std::size_t>(route.border)];
  if (!border.auth_user.empty() || border.with.ends_with("A") || border.from.ip.empty()) return false;
  if (facts::is_private_address(border.from.ip)) return false;
  const std::string& peer = border.from.name.empty() ? border.from.helo : border.from.name;
  return sides.side_of_domain(peer) != policy::kOwnSide;
}

/// Nothing that passed speaks for the domain in From.
bool is_unvouched(const facts::Facts& facts) { return !has_aligned_pass(facts) && !has_passed(facts.route, "dmarc"); }

/// Mailing lists and forwarders break DMARC every day; a chain of custody that the border accepted (RFC 8617) says so, and so
/// does Exchange of what it took in from a login or a server of the house.
bool is_explained(const facts::Facts& facts) {
  const facts::Gateway& gateway = facts.gateway;
  const bool is_internal = gateway.by_border && text::equal_ascii_nocase(gateway.auth_as, "Internal");
  return is_internal || has_passed(facts.route, "arc") || has_passed(facts.route, "compauth");
}

/// Exchange says that nobody logged in (also for Direct Send: a stranger who talks to the tenant's own mail server).
bool is_anonymous_to_exchange(const facts::Gateway& gateway) {
  return gateway.by_border && text::equal_ascii_nocase(gateway.auth_as, "Anonymous");
}

}  // namespace

std::optional<Spoof> spoof_of(const facts::Facts& facts, const policy::Side& sender, const policy::Sides& sides) {
  if (sender != policy::kOwnSide || is_explained(facts)) return std::nullopt;
  for (const std::string_view method : {"dmarc", "compauth"}) {
    if (const facts::AuthResult* result = failed(facts.route, method))
      return Spoof{.why = std::string(method) + "=fail", .result = result};
  }
  if (!is_from_outside(facts.route, sides) || !is_unvouched(facts)) return std::nullopt;
  if (is_anonymous_to_exchange(facts.gateway)) return Spoof{.why = "AuthAs=Anonymous"};
  return has_failed_spf(facts.route) ? std::optional(Spoof{.why = "anonymous"}) : std::nullopt;
}

}  // namespace threadline::findings
