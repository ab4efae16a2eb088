// SPDX-License-Identifier: Apache-2.0
#include "findings/hop_pairs.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "facts/transport/organisation.h"
#include "facts/transport/peer.h"
#include "facts/transport/received_words.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

using facts::Hop;

constexpr std::size_t kBrand = 4;      ///< letters that make a shared label more than chance
constexpr std::size_t kHostLabel = 8;  ///< characters of a host's own label, a digit among them, that make it its own

/// "firm" of "mail.firm.co.uk".
std::string_view brand_of(std::string_view registrable) { return registrable.substr(0, registrable.find('.')); }

/// A word of `left` between its hyphens that `right` has too: "groupe-durand", "durand-immo".
bool share_word(std::string_view left, std::string_view right) {
  for (std::size_t begin = 0; begin <= left.size();) {
    const std::size_t end = std::min(left.find('-', begin), left.size());
    const std::string_view word = left.substr(begin, end - begin);
    if (word.size() > kBrand && ("-" + std::string(right) + "-").find("-" + std::string(word) + "-") != std::string::npos)
      return true;
    begin = end + 1;
  }
  return false;
}

/// One brand under two suffixes, or one that holds the other, or a word of it: firm.com and firm.net, firm.com and
/// firm-group.com.
bool share_brand(const std::string& left, const std::string& right) {
  const std::string one = text::registrable_domain(left), other = text::registrable_domain(right);
  const std::string_view a = brand_of(one), b = brand_of(other);
  if (a.size() < kBrand || b.size() < kBrand) return false;
  return a.find(b) != std::string_view::npos || b.find(a) != std::string_view::npos || share_word(a, b);
}

/// A host that kept its own label when its domain was renamed: "exbox04.old.example", "exbox04.new.example".
bool share_host_label(const std::string& left, const std::string& right) {
  const std::string label = text::ascii_lower(left.substr(0, left.find('.')));
  const bool is_own = label.size() >= kHostLabel && std::ranges::any_of(label, [](char c) { return c >= '0' && c <= '9'; });
  return is_own && label == text::ascii_lower(right.substr(0, right.find('.')));
}

bool are_kin(const std::string& left, const std::string& right) {
  if (left.empty() || right.empty()) return false;
  return is_of(left, facts::organisation_of(right)) || share_brand(left, right) || share_host_label(left, right);
}

/// Two public addresses of one network: /24, /48.
bool are_neighbours(std::string_view left, std::string_view right) {
  if (left.empty() || right.empty() || facts::is_private_address(left)) return false;
  const std::string network = std::string(left) + (left.find(':') == std::string_view::npos ? "/24" : "/48");
  const auto around = facts::read_network(network);
  const auto address = facts::read_network(right);
  return around && address && around->holds(address->address);
}

/// The public names by which the receiver knew the peer: what it said, what its address resolves to.
std::array<std::string, 2> names_of(const Hop& hop) {
  const auto known = [](const std::string& name) { return facts::is_public_name(name) ? name : std::string(); };
  return {known(hop.from.helo), known(hop.from.name)};
}

bool any_kin(const Hop& hop, const std::string& host) {
  return std::ranges::any_of(names_of(hop), [&](const std::string& name) { return are_kin(name, host); });
}

bool any_white_label(const Hop& hop) {
  return std::ranges::any_of(names_of(hop), [](const std::string& name) { return facts::is_white_label(name); });
}

bool is_below_or_at_border(const facts::Route& route, std::size_t at) {
  return route.border < 0 || at <= static_cast<std::size_t>(route.border);
}

/// Microsoft and Google note the client's own address at their edge, and say so of their networks.
bool notes_the_client(const std::string& host) {
  const std::string organisation = facts::organisation_of(host);
  return organisation == "microsoft" || organisation == "google";
}

/// Whether the hop names nothing that the one before it does.
bool shares_nothing(const Hop& before, const Hop& hop) {
  if (!facts::is_public_name(before.by) || facts::is_white_label(before.by) || any_white_label(hop)) return false;
  if (any_kin(hop, before.by)) return false;
  return std::ranges::none_of(names_of(hop), [&](const std::string& name) { return any_kin(before, name); });
}

/// By which name the private peer is another organisation's, or empty.
std::string foreign_name(const Hop& hop) {
  for (const std::string& name : names_of(hop)) {
    if (are_kin(name, hop.by)) return {};
  }
  if (facts::is_public_name(hop.from.name)) return hop.from.name;
  const bool counts = hop.from.name.empty() && notes_the_client(hop.by) && !hop.from.ip.starts_with("127.");
  return counts && facts::is_public_name(hop.from.helo) ? hop.from.helo : std::string();
}

/// The border's own hosts, as a way that leaves them and comes back shows them. Where an operator is the border, whose hosts are
/// also others', the own side's alone.
class Own {
 public:
  Own(const Hop& border, const policy::Sides& sides)
      : organisation_(facts::is_operator(border.by) ? std::string() : facts::organisation_of(border.by)),
        sides_(&sides),
        is_own_side_(organisation_.empty() || is_on_own_side(border.by)) {}

  [[nodiscard]] bool has(const std::string& host) const {
    return is_of(host, organisation_) || (is_own_side_ && !host.empty() && is_on_own_side(host));
  }
  /// Whether the receiver of this hop saw the peer come from outside: a public address, and no own name that may be believed.
  [[nodiscard]] bool saw_stranger(const Hop& hop) const {
    if (hop.from.ip.empty() || facts::is_private_address(hop.from.ip) || facts::is_fetched(hop)) return false;
    return !has(std::string(facts::peer_name(hop)));
  }
  /// Whether another's host says that it had the message from here.
  [[nodiscard]] bool handed_over(const Hop& hop) const {
    if (facts::is_private_address(hop.from.ip) || has(hop.by)) return false;
    return has(hop.from.name.empty() ? hop.from.helo : hop.from.name);
  }

 private:
  [[nodiscard]] bool is_on_own_side(const std::string& host) const {
    return facts::is_public_name(host) && sides_->side_of_domain(host) == policy::kOwnSide;
  }

  std::string organisation_;
  const policy::Sides* sides_;
  bool is_own_side_;
};

/// Whether the hops after `last_own` lead out and back to the border without a gap.
bool is_round_trip(const facts::Route& route, std::size_t last_own, std::size_t border, const Own& own) {
  if (last_own + 1 >= border || !own.handed_over(route.hops[last_own + 1])) return false;
  for (std::size_t at = last_own + 2; at <= border; ++at) {
    const bool is_gap = route.hops[at].link == facts::Link::none;
    if (is_gap || (at == border && route.hops[at].link == facts::Link::unknown)) return false;
  }
  return true;
}

/// The last hop of each stay at own hosts below the border.
std::vector<std::size_t> ends_of_stays(const facts::Route& route, std::size_t border, const Own& own) {
  std::vector<std::size_t> ends;
  for (std::size_t at = 0; at < border; ++at) {
    const bool goes_on = at + 1 < border && own.has(route.hops[at + 1].by);
    if (!route.hops[at].trusted && own.has(route.hops[at].by) && !goes_on) ends.push_back(at);
  }
  return ends;
}

/// One row of an operator's edge: FT031.mail.protection.outlook.com, FT011.mail.protection.outlook.com.
bool are_of_one_row(std::string_view left, std::string_view right) {
  const std::size_t a = left.find('.'), b = right.find('.');
  if (a == std::string_view::npos || b == std::string_view::npos || !facts::is_operator(left)) return false;
  const std::string_view row = left.substr(a + 1);
  return row.find('.') != row.rfind('.') && text::equal_ascii_nocase(row, right.substr(b + 1));
}

/// The same, where no customer's machine bears the operator's name.
bool are_sisters(std::string_view left, std::string_view right) {
  return are_of_one_row(left, right) && !facts::is_white_label(left);
}

/// The border's very host is said to have stamped the hop right before, though it then saw the message come from another's host:
/// an operator's edge has many machines, and none of them hands a message to itself by way of a stranger. (Nor to a stranger at
/// all without a host of the operator's in between, that stamps: a sister host's stamp counts where the two hops share nothing.)
bool is_stamped_twice(const facts::Route& route, std::size_t border) {
  const Hop &before = route.hops[border - 1], &hop = route.hops[border];
  return !before.trusted && text::equal_ascii_nocase(before.by, hop.by) && !are_kin(std::string(facts::peer_name(hop)), hop.by) &&
         facts::is_public_name(hop.from.helo.empty() ? hop.from.name : hop.from.helo);
}

/// Whether hop `at`, said to be of the operator's edge that is the border, was followed by one whom no host of the operator's
/// handed the message: an edge keeps what it takes, or another host of the operator's stamps it and hands it on. Fetched mail may
/// be sent on by anybody's program; not by the hosts that are said to have brought it.
bool is_left_unseen(const facts::Route& route, std::size_t at, std::size_t border) {
  const Hop &edge = route.hops[at], &next = route.hops[at + 1];
  const std::string& by = route.hops[border].by;
  const bool is_edge = text::equal_ascii_nocase(edge.by, by) || are_of_one_row(edge.by, by);
  if (edge.trusted || !is_edge || facts::is_fetched(next) || any_kin(next, by)) return false;
  const bool came_from_inside = facts::is_private_address(next.from.ip) && !facts::is_public_name(next.from.helo);
  return is_broken_link(route, at + 1) || (came_from_inside && is_one_organisation(next.by) && any_kin(edge, next.by));
}

}  // namespace

bool is_one_organisation(const std::string& host) { return !facts::organisation_of(host).empty() && !facts::is_operator(host); }

bool is_of(const std::string& host, const std::string& organisation) {
  return !host.empty() && !organisation.empty() && facts::organisation_of(host) == organisation;
}

bool is_broken_link(const facts::Route& route, std::size_t at) {
  if (at == 0 || at >= route.hops.size() || !is_below_or_at_border(route, at)) return false;
  const Hop &before = route.hops[at - 1], &hop = route.hops[at];
  if (hop.link != facts::Link::none || hop.from.ip.empty() || facts::is_fetched(hop)) return false;
  if (!facts::is_public_name(before.by) || !facts::is_public_name(hop.from.helo.empty() ? hop.from.name : hop.from.helo))
    return false;
  if (facts::is_white_label(before.by) || any_white_label(hop)) return false;
  if (any_kin(hop, before.by) || any_kin(hop, hop.by)) return false;
  for (const std::string& name : names_of(hop)) {
    if (any_kin(before, name)) return false;  // the filter's answer
  }
  return !are_neighbours(before.ip_by, hop.from.ip) && hop.from.ip != before.from.ip;
}

bool is_private_across(const facts::Route& route, std::size_t at, const std::string& from) {
  const Hop& hop = route.hops[at];
  if (!is_below_or_at_border(route, at) || hop.from.ip.empty() || !facts::is_private_address(hop.from.ip)) return false;
  if (!facts::is_public_name(hop.by)) return false;
  const std::string name = foreign_name(hop);
  if (name.empty()) return false;
  const bool came_by_it = at > 0 && are_kin(route.hops[at - 1].by, name);
  const bool is_loopback = hop.from.ip.starts_with("127.") || hop.from.ip == "::1";
  if (is_loopback && !came_by_it) return false;
  const bool is_edge = route.border >= 0 && at == static_cast<std::size_t>(route.border);
  const bool is_operators = facts::is_operator(hop.by) && !facts::is_white_label(hop.by);
  const bool is_gap = at > 0 && facts::is_public_name(hop.from.name) && shares_nothing(route.hops[at - 1], hop);
  return are_kin(name, from) || are_kin(hop.by, from) || (is_edge && (came_by_it || is_gap)) || is_operators;
}

std::ptrdiff_t imitated_border(const facts::Route& route, const policy::Sides& sides) {
  const auto border = static_cast<std::size_t>(route.border);
  if (route.border < 1 || border >= route.hops.size() || facts::organisation_of(route.hops[border].by).empty()) return -1;
  const Own own(route.hops[border], sides);
  const bool is_shared = sides.is_shared(text::registrable_domain(route.hops[border].by));
  if ((is_shared && !facts::is_operator(route.hops[border].by)) || !own.saw_stranger(route.hops[border])) return -1;
  if (facts::is_trusted_hosts(route, route.hops[border].from.ip)) return -1;
  const bool is_sisters = are_sisters(route.hops[border - 1].by, route.hops[border].by) && !route.hops[border - 1].trusted;
  if (is_stamped_twice(route, border) || (is_sisters && is_broken_link(route, border)))
    return static_cast<std::ptrdiff_t>(border - 1);
  for (std::size_t at = 0; facts::is_operator(route.hops[border].by) && at + 1 < border; ++at) {
    if (is_left_unseen(route, at, border)) return static_cast<std::ptrdiff_t>(at);
  }
  for (const std::size_t at : ends_of_stays(route, border, own)) {
    if (!is_round_trip(route, at, border, own)) return static_cast<std::ptrdiff_t>(at);
  }
  return -1;
}

bool left_and_came_back(const facts::Route& route, const policy::Sides& sides) {
  const auto border = static_cast<std::size_t>(route.border);
  if (route.border < 1 || border >= route.hops.size()) return false;
  const Own own(route.hops[border], sides);
  return std::ranges::any_of(ends_of_stays(route, border, own),
                             [&](std::size_t at) { return is_round_trip(route, at, border, own); });
}

}  // namespace threadline::findings
