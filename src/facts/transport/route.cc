// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <utility>

#include "facts/transport/authentication.h"
#include "facts/transport/hop.h"
#include "facts/transport/organisation.h"
#include "facts/transport/peer.h"
#include "facts/transport/received_words.h"
#include "facts/transport/submission.h"
#include "text/charset.h"
#include "text/fold.h"
#include "text/mail_date.h"

namespace threadline::facts {
namespace {

bool same_host(std::string_view left, std::string_view right) {
  if (!left.empty() && left.back() == '.') left.remove_suffix(1);
  if (!right.empty() && right.back() == '.') right.remove_suffix(1);
  return !left.empty() && text::equal_ascii_nocase(left, right);
}

bool is_address_of(std::string_view ip, const Hop& hop) { return !ip.empty() && (ip == hop.ip_by || ip == ip_address(hop.by)); }

/// How `hop` connects to the hop `before` it. `none` only where both name a public organisation: internal names, private and
/// loopback addresses say nothing. A hop without a peer is a step of its own host.
Link link_between(const Hop& before, const Hop& hop) {
  if (before.by.empty()) return Link::unknown;
  const std::string by = organisation_of(before.by);
  if (hop.from == Peer{}) {
    if (same_host(before.by, hop.by)) return Link::name;
    return !by.empty() && by == organisation_of(hop.by) ? Link::organisation : Link::unknown;
  }
  if (same_host(before.by, hop.from.helo) || same_host(before.by, hop.from.name)) return Link::name;
  if (is_address_of(hop.from.ip, before) || is_address_of(ip_address(hop.from.helo), before)) return Link::address;
  const std::string helo = organisation_of(hop.from.helo), name = organisation_of(hop.from.name);
  if (!by.empty() && (by == helo || by == name)) return Link::organisation;
  const bool is_named = is_public_name(hop.from.helo) || is_public_name(hop.from.name);
  const bool comparable = is_public_name(before.by) && is_named && !is_private_address(hop.from.ip);
  return comparable ? Link::none : Link::unknown;
}

/// A host's name without the dot of the root.
std::string host_name(std::string_view written) {
  if (written.size() > 1 && written.ends_with('.')) written.remove_suffix(1);
  return text::ascii_lower(written);
}

/// Which hosts and addresses are the receiver's own: by the policy, or the organisation that stamped the last hop. A list without
/// names leaves the hosts to be inferred; its addresses are relays.
class Receiver {
 public:
  explicit Receiver(const std::vector<std::string>& relays) {
    for (const std::string& relay : relays) {
      if (auto network = read_network(relay))
        networks_.push_back(*network);
      else
        add_name(host_name(relay));
    }
    inferred_ = names_.empty();
  }

  /// Whether nothing in the chain is of the policy's list.
  [[nodiscard]] bool is_inferred() const { return inferred_ && !met_relay_; }

  /// Whether this hop was stamped by the receiver, asked from the last hop down: `after` is the hop above it, which came from
  /// inside, or nullptr. Inferred: the first organisation that is asked for is the receiver's. By a list: its hosts; behind one
  /// of them also a name that no one outside can have ("localhost", a filter on the same host), and the other names of an
  /// operator's own hosts.
  [[nodiscard]] bool stamped(const Hop& hop, const Hop* after) {
    const bool is_relays = after != nullptr && is_relays_address(after->from.ip);
    met_relay_ = met_relay_ || is_relays || is_relays_address(hop.ip_by) || is_relays_address(hop.from.ip);
    if (is_relays && inferred_) begin(hop);
    if (is_relays) return true;
    if (hop.by.empty()) return hop.from == Peer{};  // "(qmail 1 invoked from network)": a step inside of one host
    if (!inferred_) {
      const bool is_inside = after != nullptr || came_from_inside(hop);
      return is_listed(hop) || (is_inside && (!is_public_name(hop.by) || operators_.contains(organisation_of(hop.by))));
    }
    const std::string organisation = organisation_of(hop.by);
    if (organisation.empty()) return true;
    if (organisation_.empty() || begins_anew(hop, after)) begin(hop);
    return organisation == organisation_;
  }

  /// Whether a hop that the receiver stamped came from one of the receiver's own hosts. HELO is the peer's own claim (RFC 5321
  /// section 4.1.1.1): it counts only where the receiver noted no address and the hop came by no SMTP.
  [[nodiscard]] bool came_from_inside(const Hop& hop) const {
    const Peer& from = hop.from;
    if (from == Peer{} || is_fetched(hop)) return true;
    if (!from.ip.empty() && is_private_address(from.ip)) return true;
    if (is_own_address(from.ip) || is_inside_operators(from.ip)) return true;
    if (!from.name.empty()) return networks_decide() ? false : is_own_host(reverse_name(hop));
    return from.ip.empty() && !may_be_smtp(hop) && (is_own_host(from.helo) || from.helo.find('.') == std::string::npos);
  }

 private:
  /// Infers whose hosts they are from here on.
  void begin(const Hop& hop) {
    organisation_ = organisation_of(hop.by);
    is_inner_ = !is_public_name(hop.by);
  }

  void add_name(std::string name) {
    const std::string_view host = std::string_view(name).substr(name.starts_with('.') ? 1 : 0);
    if (is_operator(host) && !is_white_label(host)) operators_.insert(organisation_of(host));
    names_.push_back(std::move(name));
  }

  /// A list of addresses alone: where the message came in, they say.
  [[nodiscard]] bool networks_decide() const { return inferred_ && !networks_.empty(); }

  /// Whether the receiver has a second name below this hop's: behind names that only its network knows (ex1.firm.local) its
  /// public one, and the mailbox's host behind the program that emptied it.
  [[nodiscard]] bool begins_anew(const Hop& hop, const Hop* after) const {
    if (after == nullptr) return false;
    const bool is_named_inside = !is_public_name(after->from.helo) && !is_public_name(after->from.name);
    const bool is_inner_peer = is_named_inside && is_inner_ && !is_operator(hop.by) && is_peer_of(hop, *after);
    return is_fetched(*after) || is_inner_peer;
  }

  /// Whether the hop was stamped by the host that the next one took the message from: by the first label of its name or by its
  /// address, and at a time close to it. What the peer says of itself is all there is behind a translated address, so that
  /// nothing may be dated back by it.
  [[nodiscard]] static bool is_peer_of(const Hop& hop, const Hop& after) {
    constexpr std::int64_t kQueued = 3'600;
    const auto label = [](std::string_view host) { return text::ascii_lower(host.substr(0, host.find('.'))); };
    const std::string_view said = after.from.name.empty() ? after.from.helo : after.from.name;
    const bool is_address = !hop.ip_by.empty() && (hop.ip_by == after.from.ip || hop.ip_by == after.ip_by);
    if (label(said) != label(hop.by) && !is_address) return false;
    if (!hop.time || !after.time) return !hop.time;
    return std::abs(after.time->at.seconds - hop.time->at.seconds) <= kQueued;
  }

  [[nodiscard]] bool is_listed(const Hop& hop) const {
    const std::string_view by = ip_address(hop.by);
    return is_own_host(hop.by) || is_own_address(hop.ip_by) || is_own_address(by) || is_inside_operators(by);
  }

  [[nodiscard]] bool is_inside_operators(std::string_view ip) const {
    return std::ranges::any_of(operators_, [&](const std::string& name) { return is_inside_operator(name, ip); });
  }

  [[nodiscard]] bool is_own_host(std::string_view host) const {
    if (host.empty()) return false;
    if (inferred_) return !organisation_.empty() && organisation_of(host) == organisation_;
    const std::string name = host_name(host);
    return std::any_of(names_.begin(), names_.end(), [&](const std::string& own) {
      return own.starts_with('.') ? name.ends_with(own) || name == own.substr(1) : name == own;
    });
  }

  [[nodiscard]] bool is_relays_address(std::string_view ip) const {
    const auto address = ip.empty() ? std::nullopt : read_network(ip);
    return address &&
           std::any_of(networks_.begin(), networks_.end(), [&](const Network& own) { return own.holds(address->address); });
  }

  [[nodiscard]] bool is_own_address(std::string_view ip) const {
    if (ip.empty() || is_relays_address(ip)) return !ip.empty();
    if (networks_decide()) return is_inside_operator(organisation_, ip);
    return inferred_ && is_operators_address(organisation_, ip);
  }

  std::vector<std::string> names_;
  std::vector<Network> networks_;
  std::set<std::string> operators_;  ///< whose own hosts the list names
  std::string organisation_;         ///< the inferred one
  bool is_inner_ = false;            ///< by a name that only its network knows
  bool inferred_ = false;
  bool met_relay_ = false;  ///< an address of the list stands in the chain
};

/// Who stamped a hop, or what it says where it does not.
std::string stamper_of(const Hop& hop) {
  constexpr std::size_t kMost = 80;
  return hop.by.empty() ? std::string(text::trimmed(std::string_view(hop.raw).substr(0, kMost))) : hop.by;
}

/// Says how the border was found, or that the policy's list knows nothing of this chain.
void note_border(const std::vector<std::string>& relays, bool is_inferred, Route& route) {
  if (route.hops.empty()) return;
  if (!relays.empty() && (route.border < 0 || is_inferred)) {
    const Hop& last = route.hops.back();
    route.notes.push_back({"no_trusted_relay", stamper_of(last), last.span});
  }
  if (route.border < 0 || !is_inferred) return;
  const Hop& border = route.hops[static_cast<std::size_t>(route.border)];
  route.notes.push_back({"trust_inferred", stamper_of(border), border.span});
}

/// Marks the run of trusted hops from the last one down to where the message came in.
void find_border(const std::vector<std::string>& relays, Route& route) {
  Receiver receiver(relays);
  const Hop* after = nullptr;
  for (std::size_t i = route.hops.size(); i-- > 0;) {
    Hop& hop = route.hops[i];
    if (!receiver.stamped(hop, after)) break;
    hop.trusted = true;
    route.border = static_cast<std::int32_t>(i);
    if (!receiver.came_from_inside(hop)) break;
    after = &hop;
  }
  for (Hop& hop : route.hops) hop.trust_inferred = hop.trusted && receiver.is_inferred();
  note_border(relays, receiver.is_inferred(), route);
}

void connect(std::vector<Hop>& hops) {
  std::size_t stamped = 0;  // the last hop that says who stamped it: "(qmail 1 invoked by alias)" is a step of that host
  for (std::size_t i = 1; i < hops.size(); ++i) {
    if (!hops[i - 1].by.empty()) stamped = i - 1;
    if (!hops[i].by.empty() || hops[i].from != Peer{}) hops[i].link = link_between(hops[stamped], hops[i]);
    if (hops[i].time && hops[i - 1].time) hops[i].delay_seconds = hops[i].time->at.seconds - hops[i - 1].time->at.seconds;
  }
}

/// "BST", "IST", "CST" are several zones' names: said once for each name.
void note_zone(const Stamp& stamp, const Span& span, std::vector<Note>& notes) {
  if (stamp.basis != ZoneBasis::named) return;
  const auto zone = text::named_zone(stamp.zone_name);
  const bool is_said =
      std::ranges::any_of(notes, [&](const Note& note) { return note.code == "zone_ambiguous" && note.text == stamp.zone_name; });
  if (zone && zone->ambiguous && !is_said) notes.push_back({"zone_ambiguous", stamp.zone_name, span});
}

/// The date of a field that is over its limit: it stands behind the last ";", near the end.
std::optional<Stamp> date_at_end(std::string_view value) {
  constexpr std::size_t kLongest = 200;
  const std::size_t semicolon = value.rfind(';');
  if (semicolon == std::string_view::npos || value.size() - semicolon > kLongest) return std::nullopt;
  return text::read_mail_date(value.substr(semicolon + 1));
}

/// NUL is in no header (RFC 5322 section 4 gives it up); 8-bit octets are UTF-8 (RFC 6532) or nobody's.
void note_octets(const message::HeaderField& field, std::string_view title, const Span& span, std::vector<Note>& notes) {
  if (field.raw.find('\0') != std::string::npos) notes.push_back({"malformed_header", std::string(title) + ": NUL", span});
  if (!text::is_valid_utf8(field.raw))
    notes.push_back({"malformed_header", std::string(title) + ": octets that are no UTF-8", span});
}

Hop hop_of(const message::HeaderField& field, std::string_view title, const Limits& limits, Route& route) {
  const Span span{"header", field.offset, field.raw_offset - field.offset + field.raw.size()};
  const std::string_view value = field.value;
  note_octets(field, title, span, route.notes);
  if (value.size() > limits.received_bytes) route.notes.push_back({"limit", "received_bytes", span});
  Hop hop = read_received(value.substr(0, limits.received_bytes));
  if (!hop.time && value.size() > limits.received_bytes) hop.time = date_at_end(value);
  if (!hop.time && hop.by.empty() && hop.shape.empty()) route.notes.push_back({"malformed_header", std::string(title), span});
  if (!hop.time && !hop.by.empty()) route.notes.push_back({"malformed_date", std::string(title), span});
  if (hop.time) note_zone(*hop.time, span, route.notes);
  hop.span = span;
  return hop;
}

/// X-Received: how an operator's own hosts handed the message on, in the form of Received; trusted no more than the header is.
void read_x_received(const message::Message& message, const Limits& limits, Route& route) {
  for (const message::HeaderField& field : message.headers) {
    if (!text::equal_ascii_nocase(field.name, "X-Received")) continue;
    if (route.x_received.size() == limits.hops) {
      route.notes.push_back({"limit", "hops", {"header", field.offset, 0}});
      break;
    }
    route.x_received.push_back(hop_of(field, "X-Received", limits, route));
  }
  std::reverse(route.x_received.begin(), route.x_received.end());
  connect(route.x_received);
}

}  // namespace

Route read_route(const message::Message& message, const std::vector<std::string>& trusted_relays, const Limits& limits) {
  Route route;
  std::vector<std::size_t> fields;
  for (std::size_t i = 0; i < message.headers.size(); ++i) {
    if (!text::equal_ascii_nocase(message.headers[i].name, "Received")) continue;
    if (fields.size() == limits.hops) {
      route.notes.push_back({"limit", "hops", {"header", message.headers[i].offset, 0}});
      break;
    }
    fields.push_back(i);
    route.hops.push_back(hop_of(message.headers[i], "Received", limits, route));
  }
  std::reverse(route.hops.begin(), route.hops.end());
  connect(route.hops);
  find_border(trusted_relays, route);
  route.submission = read_submission(message, route);
  const bool has_border = route.border >= 0;
  const std::size_t border = has_border ? static_cast<std::size_t>(route.border) : 0;
  const std::size_t border_field = has_border ? fields[fields.size() - 1 - border] : std::string_view::npos;
  read_authentication(message, border_field, has_border ? std::string_view(route.hops[border].by) : std::string_view{}, limits,
                      route);
  read_x_received(message, limits, route);
  return route;
}

}  // namespace threadline::facts
