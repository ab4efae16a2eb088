// SPDX-License-Identifier: Apache-2.0
#include "facts/transport/organisation.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "facts/transport/received_words.h"
#include "text/domain.h"

namespace threadline::facts {
namespace {

struct Operator {
  std::string_view domain, organisation;
};
/// Operators whose mail servers stand under several registrable domains. Source: their own published host names.
constexpr Operator kOperators[] = {
    {"outlook.com", "microsoft"},
    {"office365.com", "microsoft"},
    {"hotmail.com", "microsoft"},
    {"microsoft.com", "microsoft"},
    {"exchangelabs.com", "microsoft"},
    {"google.com", "google"},
    {"1e100.net", "google"},
    {"gmail.com", "google"},
    {"googlemail.com", "google"},
    {"yahoo.com", "yahoo"},
    {"yahoodns.net", "yahoo"},
    {"yahoo.net", "yahoo"},
    {"aol.com", "yahoo"},
    {"apple.com", "apple"},
    {"icloud.com", "apple"},
    {"me.com", "apple"},
    {"mac.com", "apple"},
    {"pphosted.com", "proofpoint"},
    {"ppe-hosted.com", "proofpoint"},
    {"proofpoint.com", "proofpoint"},
    {"mimecast.com", "mimecast"},
    {"mimecast.co.za", "mimecast"},
    {"amazonses.com", "amazon"},
    {"amazonaws.com", "amazon"},
    {"orange.fr", "orange"},
    {"wanadoo.fr", "orange"},
    {"free.fr", "free"},
    {"proxad.net", "free"},
    {"ovh.net", "ovh"},
    {"ovh.com", "ovh"},
    {"zoho.com", "zoho"},
    {"zohomail.com", "zoho"},
    {"gmx.net", "gmx"},
    {"gmx.com", "gmx"},
    {"qq.com", "tencent"},
    {"kundenserver.de", "ionos"},
    {"ionos.com", "ionos"},
    {"ionos.fr", "ionos"},
    {"1and1.com", "ionos"},
    {"perfora.net", "ionos"},
    {"strato.de", "strato"},
    {"rzone.de", "strato"},
    {"gmx.de", "gmx"},
    {"web.de", "gmx"},
    {"sfr.fr", "sfr"},
    {"sfr.net", "sfr"},
    {"neuf.fr", "sfr"},
    {"bluehost.com", "newfold"},
    {"unifiedlayer.com", "newfold"},
    {"hostgator.com", "newfold"},
    {"websitewelcome.com", "newfold"},
    {"sendgrid.net", "sendgrid"},
    {"sendgrid.com", "sendgrid"},
    {"mandrillapp.com", "mailchimp"},
    {"mcsv.net", "mailchimp"},
    {"rsgsv.net", "mailchimp"},
    {"mailchimp.com", "mailchimp"},
    {"mailgun.org", "mailgun"},
    {"mailgun.net", "mailgun"},
    {"messagelabs.com", "symantec"},
    {"hostedemail.com", "tucows"},
    {"secureserver.net", "godaddy"},
    {"barracudanetworks.com", "barracuda"},
    {"barracuda.com", "barracuda"},
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
constexpr std::string_view kPrivate[] = {"127.0.0.0/8",   "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16",
                                         "100.64.0.0/10", "::1",        "fe80::/10",     "fc00::/7"};

}  // namespace

bool is_operator(std::string_view host) {
  const std::string organisation = organisation_of(host);
  return std::any_of(std::begin(kOperators), std::end(kOperators),
                     [&](const Operator& known) { return organisation == known.organisation; });
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

bool is_operators_address(std::string_view organisation, std::string_view ip) {
  const auto address = read_network(ip);
  if (!address) return false;
  return std::any_of(std::begin(kNetworks), std::end(kNetworks), [&](const OperatorNetwork& known) {
    return known.organisation == organisation && read_network(known.network)->holds(address->address);
  });
}

}  // namespace threadline::facts
