// SPDX-License-Identifier: Apache-2.0
#include "findings/spoofed_sender.h"

#include <algorithm>

#include "facts/transport/organisation.h"
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

/// Handed over to the border by another organisation's host, over a public address, without a login.
bool is_from_outside(const facts::Route& route, const policy::Sides& sides) {
  const facts::Hop* border = border_hop(route);
  if (border == nullptr || border->from.ip.empty() || !facts::how_submitted(*border).empty()) return false;
  if (facts::is_private_address(border->from.ip)) return false;
  const bool is_named = !border->from.name.empty();
  if (!is_named && has_failed_spf(route)) return true;  // what it says of itself, the SPF denies
  return sides.side_of_domain(is_named ? border->from.name : border->from.helo) != policy::kOwnSide;
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

/// Nobody logged in, and nothing vouches. Where the border looked at SPF and the rest, that is its word. Where it notes none at
/// all, an operator's host (Microsoft, a bulk sender) may be the own side's own service, and mail that left the house may have
/// been sent back: those cannot be told apart, and stay silent.
bool is_anonymous(const facts::Facts& facts, const policy::Sides& sides) {
  const facts::Hop* border = border_hop(facts.route);
  if (!is_for_own(facts, sides)) return false;
  if (has_looked(facts.route)) return true;
  const bool is_service = facts::is_operator(border->from.name) || facts::is_operator(border->from.helo);
  return is_own_border(*border, sides) && !is_service && !left_and_came_back(facts.route, sides);
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
  const bool is_spoof = has_failed_spf(facts.route) || is_anonymous(facts, sides);
  return is_spoof ? std::optional(Spoof{.why = "anonymous"}) : std::nullopt;
}

}  // namespace threadline::findings
