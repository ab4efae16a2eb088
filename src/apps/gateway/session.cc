// SPDX-License-Identifier: Apache-2.0
#include "apps/gateway/session.h"

#include <algorithm>

namespace threadline::gateway {
namespace {

constexpr std::size_t kMostInField = 255;  ///< bytes of a client's word in the Received field

/// RFC 1918, 6598, 3927, 4193, 4291.
bool is_private(std::string_view ip) {
  static const auto networks = policy::Networks::read(
      {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "fc00::/7", "fe80::/10"});
  return networks && networks->holds(ip);
}

bool is_loopback(std::string_view ip) {
  static const auto networks = policy::Networks::read({"127.0.0.0/8", "::1"});
  return networks && networks->holds(ip);
}

/// What a client said, fit for a header field: no line ends, no comments, no more than a name's length.
std::string fit(std::string_view said) {
  std::string text(said.substr(0, kMostInField));
  for (char& c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte >= 0x7F || std::string_view("()<>;\\\"").find(c) != std::string_view::npos) c = '?';
  }
  return text;
}

}  // namespace

bool Session::is_local() const { return client_ip.empty() || is_loopback(client_ip); }

std::optional<findings::Direction> direction_of(const Session& session, const policy::Gateway& policy,
                                                const policy::Networks& outbound) {
  if (!session.user.empty() && policy.authenticated_is_outbound) return findings::Direction::outbound;
  if (outbound.holds(session.client_ip)) return findings::Direction::outbound;
  if (session.is_local()) return std::nullopt;
  if (outbound.is_empty() && is_private(session.client_ip)) return std::nullopt;
  return findings::Direction::inbound;
}

std::string received_field(const Session& session, std::string_view date) {
  std::string field = "Received: ";
  if (!session.is_local()) {
    const bool is_six = session.client_ip.find(':') != std::string::npos;
    field += "from " + (session.helo.empty() ? std::string("unknown") : fit(session.helo)) + " (" +
             (session.client_name.empty() ? std::string("unknown") : fit(session.client_name)) + " [" + (is_six ? "IPv6:" : "") +
             fit(session.client_ip) + "])\r\n\t";
    if (!session.user.empty()) field += "(Authenticated sender: " + fit(session.user) + ")\r\n\t";
  }
  field += "by " + (session.server.empty() ? std::string("localhost") : fit(session.server)) + " (Postfix)";
  if (!session.is_local())
    field += std::string(" with ESMTP") + (session.tls.empty() ? "" : "S") + (session.user.empty() ? "" : "A");
  field += " id " + (session.queue_id.empty() ? std::string("unknown") : fit(session.queue_id));
  if (session.recipients.size() == 1) field += "\r\n\tfor <" + fit(session.recipients.front()) + ">";
  return field + "; " + std::string(date) + "\r\n";
}

std::string without_brackets(std::string_view written) {
  if (written.starts_with('<')) written.remove_prefix(1);
  if (written.ends_with('>')) written.remove_suffix(1);
  return std::string(written);
}

}  // namespace threadline::gateway
