// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdlib>

#include "findings/claim.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

constexpr std::int64_t kDay = 24 * 3'600;
constexpr std::int64_t kSkew = kDay;  ///< clocks a zone or a daylight rule apart are ordinary; a day is not
constexpr std::int64_t kFarFromDate = 7 * kDay;

Because hop_words(const facts::Hop& hop) {
  return {"Received:" + std::string(hop.raw.starts_with(' ') ? "" : " ") + hop.raw, hop.span};
}

Finding claim_of(std::string_view reason, Severity severity, std::string subject, std::vector<Because> because) {
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

/// A hop below the border that bears the border's own name, though another organisation's hop lies between: the border would
/// have seen it coming. Mail that left the house and came back (own senders, lists, forwarding rules) looks the same: silent.
void find_imitated_border(const Case& it, std::vector<Finding>& findings) {
  const facts::Route& route = it.facts.route;
  const auto border_at = static_cast<std::size_t>(route.border);
  if (route.border < 2 || border_at >= route.hops.size()) return;
  if (it.context.lists_people || it.facts.is_auto_forwarded || it.context.sender_side == policy::kOwnSide) return;
  const facts::Hop& border = route.hops[border_at];
  const std::string own = text::registrable_domain(border.by);
  if (own.empty() || own.find('.') == std::string::npos || it.ground.sides.is_shared(own)) return;
  const auto is_of_border = [&](const std::string& host) { return !host.empty() && text::registrable_domain(host) == own; };
  for (std::size_t at = 0; at + 1 < border_at; ++at) {
    const facts::Hop& hop = route.hops[at];
    if (hop.trusted || !text::equal_ascii_nocase(hop.by, border.by)) continue;
    const bool left_again =
        std::ranges::none_of(route.hops.begin() + static_cast<std::ptrdiff_t>(at) + 1, route.hops.begin() + route.border,
                             [&](const facts::Hop& between) { return is_of_border(between.by); });
    if (!left_again || is_of_border(border.from.name) || is_of_border(border.from.helo)) continue;
    findings.push_back(claim_of("imitated_border", Severity::medium, hop.id, {hop_words(hop), hop_words(border)}));
    return;
  }
}

void find_time_backwards(const Case& it, std::vector<Finding>& findings) {
  const facts::Hop* before = nullptr;
  for (const facts::Hop& hop : it.facts.route.hops) {
    if (!hop.time) continue;
    if (before != nullptr && before->time->at.seconds - hop.time->at.seconds > kSkew) {
      findings.push_back(claim_of("time_backwards", Severity::low, hop.id, {hop_words(*before), hop_words(hop)}));
      return;
    }
    before = &hop;
  }
}

void find_far_date(const Case& it, std::vector<Finding>& findings) {
  const facts::Facts& facts = it.facts;
  if (!facts.dates.header || it.context.lists_people || facts.is_auto_forwarded) return;
  const auto first = std::ranges::find_if(facts.route.hops, [](const facts::Hop& hop) { return hop.time.has_value(); });
  if (first == facts.route.hops.end()) return;
  const std::int64_t apart = std::abs(facts.dates.header->at.seconds - first->time->at.seconds);
  if (apart <= kFarFromDate) return;
  Finding finding = claim_of("date_far_from_first_hop", Severity::low, facts.dates.header->text,
                             {header_words("Date", facts.dates.header->text), hop_words(*first)});
  finding.evidence.set("seconds", apart);
  findings.push_back(std::move(finding));
}

}  // namespace

Result<Check> prepare_received_inconsistent(const Ground&) {
  return [](const Case& it) {
    std::vector<Finding> findings;
    find_imitated_border(it, findings);
    find_time_backwards(it, findings);
    find_far_date(it, findings);
    return findings;
  };
}

}  // namespace threadline::findings
