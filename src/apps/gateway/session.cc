// SPDX-License-Identifier: Apache-2.0
#include "apps/gateway/session.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace threadline::gateway {
namespace {

using Address = std::array<std::uint8_t, 16>;
constexpr std::size_t kMostInField = 255;  ///< bytes of a client's word in the Received field

/// IPv4 mapped into IPv6; the number of bits that a prefix of the written kind begins behind.
std::optional<std::pair<Address, unsigned>> read_address(std::string_view written) {
  const std::string text(written.starts_with("IPv6:") ? written.substr(5) : written);
  Address address{};
  if (inet_pton(AF_INET6, text.c_str(), address.data()) == 1) return std::pair(address, 0U);
  in_addr four{};
  if (inet_pton(AF_INET, text.c_str(), &four) != 1) return std::nullopt;
  address[10] = address[11] = 0xFF;
  std::memcpy(address.data() + 12, &four, sizeof four);
  return std::pair(address, 96U);
}

bool shares_prefix(const Address& left, const Address& right, unsigned bits) {
  const unsigned whole = bits / 8;
  if (!std::equal(left.begin(), left.begin() + whole, right.begin())) return false;
  if (bits % 8 == 0) return true;
  const auto mask = static_cast<std::uint8_t>(0xFFU << (8 - bits % 8));
  return (left[whole] & mask) == (right[whole] & mask);
}

struct Private {
  std::string_view network;
  unsigned prefix;  ///< of the address as mapped
};
/// RFC 1918, 6598, 3927, 4193, 4291.
constexpr Private kPrivate[] = {{"10.0.0.0", 104},    {"172.16.0.0", 108}, {"192.168.0.0", 112}, {"100.64.0.0", 106},
                                {"169.254.0.0", 112}, {"fc00::", 7},       {"fe80::", 10}};
constexpr Private kLoopback[] = {{"127.0.0.0", 104}, {"::1", 128}};

bool is_in(std::string_view ip, std::span<const Private> networks) {
  const auto address = read_address(ip);
  if (!address) return false;
  return std::ranges::any_of(networks, [&](const Private& one) {
    const auto network = read_address(one.network);
    return network && shares_prefix(network->first, address->first, one.prefix);
  });
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

bool Session::is_local() const { return client_ip.empty() || is_in(client_ip, kLoopback); }

Result<Networks> Networks::read(const std::vector<std::string>& written) {
  Networks networks;
  for (std::size_t index = 0; index < written.size(); ++index) {
    const std::string_view text = written[index];
    const std::size_t slash = std::min(text.find('/'), text.size());
    const auto address = read_address(text.substr(0, slash));
    unsigned bits = address ? 128 - address->second : 0;
    const unsigned most = bits;
    const std::string_view prefix = slash < text.size() ? text.substr(slash + 1) : std::string_view{};
    const auto [end, problem] = std::from_chars(prefix.data(), prefix.data() + prefix.size(), bits);
    const bool is_number = slash == text.size() || (problem == std::errc{} && end == prefix.data() + prefix.size());
    if (!address || !is_number || bits > most)
      return tl::unexpected(Error{"/gateway/outbound_networks/" + std::to_string(index) + ": not a network: " + written[index],
                                  {},
                                  "192.0.2.0/24, 2001:db8::/32 or one address"});
    networks.all_.push_back({address->first, address->second + bits});
  }
  return networks;
}

bool Networks::holds(std::string_view ip) const {
  const auto address = read_address(ip);
  return address && std::ranges::any_of(all_, [&](const Network& network) {
           return shares_prefix(network.address, address->first, network.prefix);
         });
}

std::optional<findings::Direction> direction_of(const Session& session, const policy::Gateway& policy, const Networks& outbound) {
  if (!session.user.empty() && policy.authenticated_is_outbound) return findings::Direction::outbound;
  if (outbound.holds(session.client_ip)) return findings::Direction::outbound;
  if (session.is_local()) return std::nullopt;
  if (outbound.is_empty() && is_in(session.client_ip, kPrivate)) return std::nullopt;
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
