// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdlib>

#include "facts/transport/organisation.h"
#include "findings/claim.h"
#include "findings/context_steps.h"
#include "findings/hop_pairs.h"
#include "findings/hop_times.h"
#include "text/domain.h"

namespace threadline::findings {
namespace {

using facts::Hop;

Because hop_words(const Hop& hop) { return {"Received:" + std::string(hop.raw.starts_with(' ') ? "" : " ") + hop.raw, hop.span}; }

Finding claim_of(std::string_view reason, Severity severity, const std::string& subject, std::vector<Because> because) {
  Finding finding{.code = "received_inconsistent",
                  .severity = severity,
                  .confidence = severity == Severity::medium ? 0.7 : 0.5,
                  .subject = std::string(reason) + " " + subject,
                  .evidence = {},
                  .because = std::move(because),
                  .attack = {},
                  .disputes = {}};
  finding.evidence.set("reason", reason);
  return finding;
}

/// The pair by its places in the route (first hop 0), and the words that do not fit: who stamped the one, who came to the other.
Finding claim_of_pair(std::string_view reason, Severity severity, const facts::Route& route, std::size_t earlier,
                      std::size_t later) {
  const Hop &before = route.hops[earlier], &hop = route.hops[later];
  Finding finding = claim_of(reason, severity, before.id.empty() ? hop.id : before.id, {hop_words(before), hop_words(hop)});
  finding.evidence.set("hops", Value::List{static_cast<std::int64_t>(earlier), static_cast<std::int64_t>(later)});
  finding.evidence.set("by", before.by);
  finding.evidence.set("from", hop.from.name.empty() ? hop.from.helo : hop.from.name);
  finding.evidence.set("address", hop.from.ip);
  return finding;
}

/// Mail that left the house and came back by ways that it does not show looks like an imitation. A forwarding rule shows its way
/// (imitated_border); its header fields alone, which anybody can write, excuse nothing.
bool may_come_back(const Case& it) { return it.context.sender_side == policy::kOwnSide; }

/// A hop below the border that the border's own organisation is said to have stamped, though the border saw the message come from
/// outside for the first time.
bool find_imitated_border(const Case& it, std::vector<Finding>& findings) {
  if (may_come_back(it)) return false;
  const facts::Route& route = it.facts.route;
  const std::ptrdiff_t at = imitated_border(route, it.ground.sides);
  if (at < 0) return false;
  const auto border = static_cast<std::size_t>(route.border);
  findings.push_back(claim_of_pair("imitated_border", Severity::medium, route, static_cast<std::size_t>(at), border));
  return true;
}

/// The pair nearest to the border that shares nothing. Lists and newsletters are sent by hosts of any name.
void find_broken_link(const Case& it, std::vector<Finding>& findings) {
  const facts::Route& route = it.facts.route;
  if (it.context.has_list_fields || it.facts.is_auto_forwarded) return;
  for (std::size_t at = route.hops.size(); at-- > 1;) {
    if (!is_broken_link(route, at)) continue;
    findings.push_back(claim_of_pair("broken_link", Severity::low, route, at - 1, at));
    return;
  }
}

/// The registrable domain of From, where it is one organisation's.
std::string senders_organisation(const Case& it) {
  if (it.facts.from.empty()) return {};
  const std::string domain = text::domain_of_address(it.facts.from.front().address);
  const bool is_shared = it.ground.sides.is_shared(text::registrable_domain(domain));
  return is_one_organisation(domain) && !is_shared ? facts::organisation_of(domain) : std::string();
}

/// A private address between two organisations, with the hop before it or, where it is the first, with From.
void find_private_address(const Case& it, std::vector<Finding>& findings) {
  const facts::Route& route = it.facts.route;
  if (it.context.sender_side == policy::kOwnSide) return;
  const std::string sender = senders_organisation(it);
  for (std::size_t at = route.hops.size(); at-- > 0;) {
    if (!is_private_across(route, at, sender)) continue;
    const Hop& hop = route.hops[at];
    const Because other = at > 0 ? hop_words(route.hops[at - 1]) : address_words(it.facts, "from", sender_address(it.facts));
    Finding finding = claim_of("private_address", Severity::low, hop.id, {other, hop_words(hop)});
    finding.evidence.set("hops", Value::List{static_cast<std::int64_t>(at)});
    finding.evidence.set("name", hop.from.name.empty() ? hop.from.helo : hop.from.name);
    finding.evidence.set("at", hop.by);
    finding.evidence.set("address", hop.from.ip);
    findings.push_back(std::move(finding));
    return;
  }
}

void find_time_backwards(const Case& it, std::vector<Finding>& findings) {
  const auto pair = time_backwards(it.facts.route);
  if (!pair) return;
  findings.push_back(claim_of_pair("time_backwards", Severity::low, it.facts.route, pair->earlier, pair->later));
  findings.back().evidence.set("seconds", pair->seconds);
}

/// Lists hold mail back for moderators, forwarding rules send old mail on, newsletters are dated with the hour they are planned
/// for.
void find_far_date(const Case& it, std::vector<Finding>& findings) {
  const facts::Facts& facts = it.facts;
  if (!facts.dates.header || it.context.has_list_fields || facts.is_auto_forwarded) return;
  const auto far = date_far_from_first_hop(facts.route, *facts.dates.header);
  if (!far) return;
  const auto first = std::ranges::find_if(facts.route.hops, [](const Hop& hop) { return hop.time.has_value(); });
  Finding finding = claim_of("date_far_from_first_hop", Severity::low, facts.dates.header->text,
                             {header_words(facts, "Date", facts.dates.header->text), hop_words(*first)});
  finding.evidence.set("seconds", std::abs(*far)).set("ahead", *far > 0);
  findings.push_back(std::move(finding));
}

}  // namespace

Result<Check> prepare_received_inconsistent(const Ground&) {
  return [](const Case& it) {
    std::vector<Finding> findings;
    if (!find_imitated_border(it, findings)) find_broken_link(it, findings);
    find_private_address(it, findings);
    find_time_backwards(it, findings);
    find_far_date(it, findings);
    return findings;
  };
}

}  // namespace threadline::findings
