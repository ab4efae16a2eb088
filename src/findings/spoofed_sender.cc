// SPDX-License-Identifier: Apache-2.0
#include "findings/spoofed_sender.h"

#include <algorithm>

#include "facts/transport/authentication.h"
#include "facts/transport/organisation.h"
#include "facts/transport/peer.h"
#include "facts/transport/submission.h"
#include "findings/claim.h"
#include "findings/hop_pairs.h"
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

const facts::Hop* border_hop(const facts::Route& route) {
  const auto at = static_cast<std::size_t>(route.border);
  return route.border < 0 || at >= route.hops.size() ? nullptr : &route.hops[at];
}

/// Exchange says that nobody logged in (also for Direct Send: a stranger who talks to the tenant's own mail server).
bool is_anonymous_to_exchange(const facts::Gateway& gateway) {
  return gateway.by_border && text::equal_ascii_nocase(gateway.auth_as, "Anonymous");
}

/// The border's word that somebody else answers for the message: SPF failed, or what passed is of another side.
bool speaks_for_another(const facts::Route& route, const policy::Sides& sides) {
  return has_failed_spf(route) || std::ranges::any_of(route.auth, [&](const facts::AuthResult& result) {
           if (!facts::is_of_border(result) || result.result != "pass") return false;
           const std::string identity = facts::identity_of(result);
           return !identity.empty() && sides.side_of_domain(identity) != policy::kOwnSide;
         });
}

/// Handed over to the border by another organisation's host, over a public address, without a login. An own name in HELO is no
/// proof where the border notes reverse names, says that nobody logged in, or says that somebody else answers for the message.
bool is_from_outside(const facts::Facts& facts, const policy::Sides& sides) {
  const facts::Route& route = facts.route;
  const facts::Hop* border = border_hop(route);
  if (border == nullptr || border->from.ip.empty() || !facts::how_submitted(*border).empty()) return false;
  if (facts::is_private_address(border->from.ip) || facts::is_fetched(*border)) return false;
  if (facts::is_trusted_hosts(route, border->from.ip)) return false;
  const bool is_claim = facts::reverse_name(*border).empty();
  if (is_claim && (is_anonymous_to_exchange(facts.gateway) || speaks_for_another(route, sides))) return true;
  const std::string_view name = facts::peer_name(*border);
  return name.empty() || sides.side_of_domain(name) != policy::kOwnSide;
}

/// The border is the own side's: by the policy, or by its name.
bool is_own_border(const facts::Hop& border, const policy::Sides& sides) {
  return !border.trust_inferred || sides.side_of_domain(border.by) == policy::kOwnSide;
}

/// The message is for somebody of the own side: what own servers send out, they took from somebody who may, and a border that an
/// operator runs is the own side's where its own people are the recipients.
bool is_for_own(const facts::Facts& facts, const policy::Sides& sides) {
  const auto is_own = [&](const message::Address& one) { return sides.is_own(one.address); };
  return std::ranges::any_of(facts.to, is_own) || std::ranges::any_of(facts.cc, is_own) ||
         sides.is_own(border_hop(facts.route)->for_whom);
}

/// SPF, DKIM or DMARC of the border named what it looked at, and none of it vouches for From (is_unvouched).
bool has_looked(const facts::Route& route) {
  return std::ranges::any_of(route.auth, [](const facts::AuthResult& result) {
    return facts::is_of_border(result) && (result.method == "spf" || result.method == "dkim" || result.method == "dmarc");
  });
}

/// An operator's host (Microsoft, a bulk sender), which may be the own side's own service, or the filter before its servers.
bool is_service(const facts::Hop& border) {
  return facts::is_operator(facts::peer_name(border)) ||
         facts::is_operators_address(facts::organisation_of(border.from.helo), border.from.ip);
}

/// Nobody logged in, and nothing vouches. Where the border looked at SPF and the rest, that is its word. Where it notes none at
/// all, an operator's host may be the own service, and mail that left the house may have been sent back: those cannot be told
/// apart, and stay silent.
bool is_anonymous(const facts::Facts& facts, const policy::Sides& sides) {
  const facts::Hop* border = border_hop(facts.route);
  if (!is_for_own(facts, sides)) return false;
  if (has_looked(facts.route)) return true;
  return is_own_border(*border, sides) && !is_service(*border) && !left_and_came_back(facts.route, sides);
}

/// Nothing that passed speaks for the domain in From.
bool is_unvouched(const facts::Facts& facts) { return !has_aligned_pass(facts) && !has_passed_dmarc(facts); }

/// Mailing lists and forwarders break DMARC every day; a chain of custody that the border accepted (RFC 8617) says so, and so
/// does Exchange of what it took in from a login or a server of the house.
bool is_explained(const facts::Facts& facts) {
  const facts::Gateway& gateway = facts.gateway;
  const bool is_internal = gateway.by_border && text::equal_ascii_nocase(gateway.auth_as, "Internal");
  return is_internal || has_passed(facts.route, "arc") || has_passed(facts.route, "compauth");
}

}  // namespace

std::optional<Spoof> spoof_of(const facts::Facts& facts, const policy::Side& sender, const policy::Sides& sides) {
  if (sender != policy::kOwnSide || is_explained(facts)) return std::nullopt;
  for (const std::string_view method : {"dmarc", "compauth"}) {
    if (const facts::AuthResult* result = failed(facts.route, method))
      return Spoof{.why = std::string(method) + "=fail", .result = result};
  }
  if (!is_from_outside(facts, sides) || !is_unvouched(facts)) return std::nullopt;
  const facts::Hop& border = *border_hop(facts.route);
  const bool is_operators = facts::is_operator(facts::reverse_name(border)) ||
                            facts::is_operators_address(facts::organisation_of(border.from.helo), border.from.ip);
  const bool is_filtered = !has_looked(facts.route) && is_operators;
  if (is_anonymous_to_exchange(facts.gateway) && !is_filtered) return Spoof{.why = "AuthAs=Anonymous"};
  const bool is_spoof = has_failed_spf(facts.route) || is_anonymous(facts, sides);
  return is_spoof ? std::optional(Spoof{.why = "anonymous"}) : std::nullopt;
}

}  // namespace threadline::findings
