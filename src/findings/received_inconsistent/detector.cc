// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <vector>

#include "facts/transport/organisation.h"
#include "facts/transport/received_words.h"
#include "findings/claim.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

using facts::Hop;

constexpr std::int64_t kDay = std::int64_t{24} * 3'600;
constexpr std::int64_t kSkew = kDay;               ///< clocks a zone or a daylight rule apart are ordinary; a day is not
constexpr std::int64_t kFarFromDate = 7 * kDay;    ///< queues give up after five (RFC 5321 section 4.5.4.1)
constexpr std::int64_t kUnsetClock = 631'152'000;  ///< 1990-01-01: before it only clocks that nobody set tell the time
constexpr std::int64_t kYear10000 = 253'402'300'800;

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

/// An organisation that runs its own hosts: not empty, no operator of mail for many.
bool is_one_organisation(const std::string& host) { return !facts::organisation_of(host).empty() && !facts::is_operator(host); }

bool is_of(const std::string& host, const std::string& organisation) {
  return !host.empty() && facts::organisation_of(host) == organisation;
}

/// Whether the receiver of this hop saw the peer come from outside of `organisation`: a public address, and a reverse name that
/// is another's (without one, what the peer said).
bool came_from_outside(const Hop& hop, const std::string& organisation) {
  if (hop.from.ip.empty() || facts::is_private_address(hop.from.ip)) return false;
  return !is_of(hop.from.name.empty() ? hop.from.helo : hop.from.name, organisation);
}

/// Mail that left the house and came back (own senders, lists, forwarding rules) looks like an imitation.
bool may_come_back(const Case& it) {
  return it.context.lists_people || it.facts.is_auto_forwarded || it.context.sender_side == policy::kOwnSide;
}

/// A hop below the border that the border's own organisation is said to have stamped, though the border saw the message come from
/// outside for the first time.
bool find_imitated_border(const Case& it, std::vector<Finding>& findings) {
  const facts::Route& route = it.facts.route;
  const auto border_at = static_cast<std::size_t>(route.border);
  if (route.border < 1 || border_at >= route.hops.size() || may_come_back(it)) return false;
  const Hop& border = route.hops[border_at];
  const std::string own = facts::organisation_of(border.by);
  if (!is_one_organisation(border.by) || it.ground.sides.is_shared(text::registrable_domain(border.by))) return false;
  if (!came_from_outside(border, own) || is_of(border.from.helo, own)) return false;
  for (std::size_t at = 0; at < border_at; ++at) {
    if (route.hops[at].trusted || !is_of(route.hops[at].by, own)) continue;
    findings.push_back(claim_of_pair("imitated_border", Severity::medium, route, at, border_at));
    return true;
  }
  return false;
}

/// The registrable domain of From, where it is one organisation's.
std::string senders_organisation(const Case& it) {
  if (it.facts.from.empty()) return {};
  const std::string& address = it.facts.from.front().address;
  const std::size_t at = address.rfind('@');
  if (at == std::string::npos) return {};
  const std::string domain = address.substr(at + 1);
  return is_one_organisation(domain) && !it.ground.sides.is_shared(text::registrable_domain(domain))
             ? facts::organisation_of(domain)
             : std::string();
}

/// The hop below the border says that From's own organisation sent the message on; the border saw it come from somebody whose
/// reverse name and HELO are both another's. Elsewhere real chains break too often (3.7 % of pairs on modern mail): silent.
void find_broken_link(const Case& it, std::vector<Finding>& findings) {
  const facts::Route& route = it.facts.route;
  if (route.border < 1 || it.context.lists_people || it.facts.is_auto_forwarded) return;
  const auto at = static_cast<std::size_t>(route.border);
  const Hop &border = route.hops[at], &before = route.hops[at - 1];
  const std::string sender = senders_organisation(it);
  if (border.link != facts::Link::none || sender.empty() || !is_of(before.by, sender) || !came_from_outside(border, sender))
    return;
  if (!is_one_organisation(border.from.helo) || !is_one_organisation(border.from.name)) return;
  if (is_of(border.from.helo, facts::organisation_of(border.by)) || is_of(border.from.name, facts::organisation_of(border.by)))
    return;
  findings.push_back(claim_of_pair("broken_link", Severity::low, route, at - 1, at));
}

/// A hop at or below the border that came to another organisation's host from a host of From's own organisation, by name, over a
/// private address: between two organisations lies the internet. NAT and containers hide names, they do not lend them.
void find_private_address(const Case& it, std::vector<Finding>& findings) {
  const facts::Route& route = it.facts.route;
  const std::string sender = senders_organisation(it);
  if (sender.empty() || it.context.sender_side == policy::kOwnSide) return;
  for (std::size_t at = 0; at < route.hops.size(); ++at) {
    const Hop& hop = route.hops[at];
    if (hop.from.ip.empty() || !facts::is_private_address(hop.from.ip) || !is_of(hop.from.name, sender)) continue;
    if (!is_one_organisation(hop.by) || is_of(hop.by, sender)) continue;
    const std::string& address = it.facts.from.front().address;
    findings.push_back(
        claim_of("private_address", Severity::low, hop.id, {hop_words(hop), header_words(it.facts, "From", address)}));
    findings.back().evidence.set("hops", Value::List{static_cast<std::int64_t>(at)});
    findings.back().evidence.set("name", hop.from.name);
    findings.back().evidence.set("at", hop.by);
    findings.back().evidence.set("address", hop.from.ip);
    return;
  }
}

/// A hop's time behind that of the hop before it, by more than skew; not where the hops around one host fit each other: then that
/// clock in the middle of the chain is slow, or fast.
void find_time_backwards(const Case& it, std::vector<Finding>& findings) {
  const facts::Route& route = it.facts.route;
  std::vector<std::size_t> timed;
  for (std::size_t at = 0; at < route.hops.size(); ++at) {
    if (route.hops[at].time) timed.push_back(at);
  }
  const auto seconds_between = [&](std::size_t earlier, std::size_t later) {
    return route.hops[timed[later]].time->at.seconds - route.hops[timed[earlier]].time->at.seconds;
  };
  for (std::size_t i = 1; i < timed.size(); ++i) {
    if (seconds_between(i - 1, i) >= -kSkew) continue;
    if (i + 1 < timed.size() && seconds_between(i - 1, i + 1) >= -kSkew) continue;
    if (i >= 2 && seconds_between(i - 2, i) >= -kSkew) continue;
    findings.push_back(claim_of_pair("time_backwards", Severity::low, route, timed[i - 1], timed[i]));
    findings.back().evidence.set("seconds", seconds_between(i - 1, i));
    return;
  }
}

/// Whether the later time is the other one with another year: a clock set to a wrong year, a mailer's year error, another
/// calendar's year (Buddhist: 543 ahead). Only ahead: a year back is also what backdating would write.
bool is_wrong_year_ahead(std::int64_t later, std::int64_t seconds) {
  using namespace std::chrono;
  if (later <= seconds || later >= kYear10000 || seconds < 0) return false;
  const sys_seconds told{std::chrono::seconds{later}}, seen{std::chrono::seconds{seconds}};
  const sys_days day = floor<days>(told);
  const year_month_day written{day};
  const year seen_year = year_month_day{floor<days>(seen)}.year();
  for (const year candidate : {seen_year - years{1}, seen_year, seen_year + years{1}}) {
    if (candidate >= written.year()) continue;
    const sys_seconds moved = sys_days{candidate / written.month() / written.day()} + (told - day);
    if (abs(moved - seen) <= std::chrono::seconds{kSkew}) return true;
  }
  return false;
}

/// Whether a hop explains the Date: some clock of the way was off, or the Date's year alone is.
bool explains(const Hop& hop, std::int64_t date) {
  if (!hop.time) return false;
  return std::abs(date - hop.time->at.seconds) <= kFarFromDate || is_wrong_year_ahead(date, hop.time->at.seconds);
}

void find_far_date(const Case& it, std::vector<Finding>& findings) {
  const facts::Facts& facts = it.facts;
  if (!facts.dates.header || it.context.lists_people || facts.is_auto_forwarded) return;
  const auto first = std::ranges::find_if(facts.route.hops, [](const Hop& hop) { return hop.time.has_value(); });
  if (first == facts.route.hops.end()) return;
  const std::int64_t date = facts.dates.header->at.seconds;
  if (date < kUnsetClock || std::ranges::any_of(facts.route.hops, [&](const Hop& hop) { return explains(hop, date); })) return;
  Finding finding = claim_of("date_far_from_first_hop", Severity::low, facts.dates.header->text,
                             {header_words(facts, "Date", facts.dates.header->text), hop_words(*first)});
  finding.evidence.set("seconds", std::abs(date - first->time->at.seconds));
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
