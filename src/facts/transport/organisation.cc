// SPDX-License-Identifier: Apache-2.0
#include "facts/transport/organisation.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <span>

#include "facts/transport/received_words.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

enum class Names { own, customers };
struct Operator {
  std::string_view domain, organisation;
  Names names;
};
constexpr Operator kOperators[] = {
#define THREADLINE_OPERATOR(domain, organisation, names) {domain, organisation, Names::names},
#include "facts/transport/operators.def"
#undef THREADLINE_OPERATOR
};

struct OperatorNetwork {
  std::string_view organisation, network;
};
/// Source: Microsoft 365 endpoints (Exchange Online), Google's _netblocks SPF records; 2024.
constexpr OperatorNetwork kNetworks[] = {
    {"microsoft", "40.92.0.0/15"},     {"microsoft", "40.107.0.0/16"}, {"microsoft", "52.100.0.0/14"},
    {"microsoft", "52.238.78.88/32"},  {"microsoft", "104.47.0.0/17"}, {"microsoft", "2a01:111::/32"},
    {"microsoft", "2603:1000::/24"},   {"google", "209.85.128.0/17"},  {"google", "2a00:1450:4000::/36"},
    {"google", "2607:f8b0:4000::/36"}, {"google", "2002:a00::/24"},    {"google", "74.125.0.0/16"},
};
/// Between an operator's hosts: Exchange Online's data centres; Google writes 10.0.0.0/8 as 6to4 (RFC 3056).
constexpr OperatorNetwork kInside[] = {{"microsoft", "2603:1000::/24"}, {"google", "2002:a00::/24"}};
constexpr std::string_view kPrivate[] = {"127.0.0.0/8",   "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16",
                                         "100.64.0.0/10", "::1",        "fe80::/10",     "fc00::/7"};

/// Top-level domains that exist, and that networks use for themselves all the same.
constexpr std::string_view kUsedInside[] = {"ads", "int", "prod"};

bool holds(std::span<const OperatorNetwork> networks, std::string_view organisation, std::string_view ip) {
  if (organisation.empty()) return false;
  const auto address = read_network(ip);
  return address && std::ranges::any_of(networks, [&](const OperatorNetwork& known) {
           return known.organisation == organisation && read_network(known.network)->holds(address->address);
         });
}

const Operator* operator_of(std::string_view organisation) {
  const auto* found = std::ranges::find(kOperators, organisation, &Operator::organisation);
  return found == std::end(kOperators) ? nullptr : found;
}

}  // namespace

bool is_operator(std::string_view host) { return operator_of(organisation_of(host)) != nullptr; }

bool is_white_label(std::string_view host) {
  const Operator* known = operator_of(organisation_of(host));
  return known != nullptr && known->names == Names::customers;
}

bool is_public_name(std::string_view host) {
  if (organisation_of(host).empty() || !text::has_known_suffix(host)) return false;
  while (host.ends_with('.')) host.remove_suffix(1);
  const std::string top = text::ascii_lower(host.substr(host.rfind('.') + 1));
  return std::ranges::find(kUsedInside, top) == std::end(kUsedInside);
}

std::string organisation_of(std::string_view host) {
  if (host.find('.') == std::string_view::npos || host.find_first_of("@ ") != std::string_view::npos) return {};
  if (!ip_address(host).empty()) return {};
  std::string registrable = text::registrable_domain(host);
  for (const Operator& known : kOperators) {
    if (registrable == known.domain) return std::string(known.organisation);
  }
  return registrable;
}

bool Network::holds(const std::array<std::uint8_t, 16>& other) const {
  const auto bytes = static_cast<std::size_t>(prefix / 8);
  if (!std::equal(address.begin(), address.begin() + static_cast<std::ptrdiff_t>(bytes), other.begin())) return false;
  const int rest = prefix % 8;
  return rest == 0 || ((address[bytes] ^ other[bytes]) >> (8 - rest)) == 0;
}

std::optional<Network> read_network(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::string host(text.substr(0, slash));
  Network network;
  const bool v4 = is_ipv4(host);
  if (v4) {
    network.address[10] = network.address[11] = 0xff;
    if (inet_pton(AF_INET, host.c_str(), &network.address[12]) != 1) return std::nullopt;
  } else if (inet_pton(AF_INET6, host.c_str(), network.address.data()) != 1) {
    return std::nullopt;
  }
  if (slash == std::string_view::npos) return network;
  const std::string_view digits = text.substr(slash + 1);
  int prefix = -1;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
  if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size() || prefix < 0 || prefix > (v4 ? 32 : 128))
    return std::nullopt;
  network.prefix = v4 ? prefix + 96 : prefix;
  return network;
}

bool is_private_address(std::string_view ip) {
  const auto address = read_network(ip);
  if (!address) return false;
  static const auto networks = [] {
    std::array<Network, std::size(kPrivate)> all;
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = read_network(kPrivate[i]).value();
    return all;
  }();
  return std::any_of(networks.begin(), networks.end(), [&](const Network& network) { return network.holds(address->address); });
}

bool is_operators_address(std::string_view organisation, std::string_view ip) { return holds(kNetworks, organisation, ip); }

bool is_inside_operator(std::string_view organisation, std::string_view ip) { return holds(kInside, organisation, ip); }

}  // namespace threadline::facts
