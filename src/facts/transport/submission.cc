// SPDX-License-Identifier: Apache-2.0
#include "facts/transport/submission.h"

#include <fmt/format.h>

#include <algorithm>

#include "facts/transport/peer.h"
#include "facts/transport/received_words.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

/// Fields in which a service notes the address of the client that it took the message from. First one wins. Source: Microsoft,
/// Yahoo, GMX and United Internet, GoDaddy, Exim's SpamAssassin filter, PHP and cPanel hosts; by their own mail.
constexpr std::string_view kClientFields[] = {"X-Originating-IP",     "X-OriginatorIP", "X-Sender-IP",          "X-SenderIP",
                                              "X-Client-IP",          "X-Source-IP",    "X-Remote-IP",          "X-EN-OrigIP",
                                              "X-PHP-Originating-IP", "X-ClientAddr",   "X-SA-Exim-Connect-IP", "X-AOL-IP"};

/// Fields in which a host notes who logged in, as the last word: "server.host.example: ann@firm.example" (cPanel and Exim),
/// "server.host.example: authenticated_id: ann@firm.example" (cPanel), "ann@firm.example".
constexpr std::string_view kUserFields[] = {"X-Authenticated-Sender", "X-Authenticated-User", "X-Get-Message-Sender-Via"};

constexpr std::size_t kFirstHops = 3;  ///< a submission shows in the first hop, or behind steps inside of one host

/// Whether another host handed the message over.
bool is_from_network(const Hop& hop) {
  if (!hop.from.ip.empty()) return !hop.from.ip.starts_with("127.") && hop.from.ip != "::1";
  return hop.from != Peer{} && may_be_smtp(hop);
}

/// Whether the address handed the message over to a host, who had not been the first to take it: a relay.
bool is_relays(const Route& route, std::string_view ip) {
  const auto first = std::ranges::find_if(route.hops, is_from_network);
  return first != route.hops.end() && first->from.ip != ip &&
         std::any_of(first, route.hops.end(), [&](const Hop& hop) { return hop.from.ip == ip; });
}

/// The digits behind one of the words with which MTAs note a local user: Postfix, qmail and nullmailer, Exim.
std::string_view local_user(std::string_view raw) {
  for (const std::string_view label : {"from userid ", "invoked by uid ", "(uid "}) {
    const std::size_t found = raw.find(label);
    if (found == std::string_view::npos) continue;
    const std::string_view rest = raw.substr(found + label.size());
    const std::size_t end = rest.find_first_not_of("0123456789");
    if (end != 0) return rest.substr(0, end);
  }
  return {};
}

/// Who of the host's users handed the message over. Exim writes the name as the peer's: "from jean by srv.firm.example with
/// local" (the Exim specification, received_header_text: $sender_ident).
std::string user_of(const Hop& hop) {
  if (!hop.auth_user.empty()) return hop.auth_user;
  const std::string_view uid = local_user(hop.raw);
  if (!uid.empty()) return fmt::format("uid {}", uid);
  return hop.shape == "exim" && hop.with == "local" ? hop.from.helo : std::string();
}

void read_first_hops(const Route& route, Submission& submission) {
  bool is_relayed = false;  // from here on a step inside of a host is no submission
  for (std::size_t i = 0; i < std::min(route.hops.size(), kFirstHops); ++i) {
    const Hop& hop = route.hops[i];
    const std::string_view how = how_submitted(hop);
    is_relayed = is_relayed || (how.empty() && is_from_network(hop));
    if (how.empty() || (is_relayed && how == "local_user")) continue;
    submission.how = how;
    submission.user = user_of(hop);
    if (submission.how != "local_user" && !hop.from.ip.empty()) {
      submission.client_ip = hop.from.ip;
      submission.client_field = "Received";
    }
    return;
  }
}

void read_user_fields(const message::Message& message, Submission& submission) {
  for (const std::string_view name : kUserFields) {
    const message::HeaderField* field = message.field(name);
    if (field == nullptr || !submission.user.empty()) continue;
    const std::string_view value = text::trimmed(field->value);
    const std::size_t blank = value.find_last_of(" \t");
    submission.user = value.substr(blank == std::string_view::npos ? 0 : blank + 1);
    const bool is_local = value.find("received_protocol == local") != std::string_view::npos;
    if (submission.how.empty()) submission.how = is_local ? "local_user" : "authenticated";
  }
}

}  // namespace

std::string_view how_submitted(const Hop& hop) {
  const std::string with = text::ascii_lower(hop.with), via = text::ascii_lower(hop.via);
  constexpr std::string_view kViaHttp = "(via HTTP)";  // GMX and 1&1 say it in a comment
  if (hop.raw.find(kViaHttp) != std::string::npos) return "http";
  if (with.starts_with("http") || via.starts_with("http") || with.ends_with("http-dav")) return "http";
  if (with == "mapi") return "mapi";
  if (!hop.auth_user.empty() || is_authenticated_protocol(hop.with)) return "authenticated";
  const bool is_local = with.starts_with("local") || !local_user(hop.raw).empty();
  return is_local ? "local_user" : std::string_view{};
}

Submission read_submission(const message::Message& message, const Route& route) {
  Submission submission;
  if (route.border >= 0) submission.ip = route.hops[static_cast<std::size_t>(route.border)].from.ip;
  read_first_hops(route, submission);
  for (const std::string_view name : kClientFields) {
    const message::HeaderField* field = message.field(name);
    if (field == nullptr) continue;
    const std::string_view value = text::trimmed(field->value);
    const std::string_view ip = ip_address(value.substr(0, value.find_first_of(" ,;")));
    if (ip.empty() || is_relays(route, ip)) continue;
    submission.client_ip = ip;
    submission.client_field = name;
    break;
  }
  read_user_fields(message, submission);
  return submission;
}

}  // namespace threadline::facts
