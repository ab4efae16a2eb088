// SPDX-License-Identifier: Apache-2.0
#include "policy/networks.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>
#include <utility>

namespace threadline::policy {
namespace {

using Address = std::array<std::uint8_t, 16>;

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

}  // namespace

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

}  // namespace threadline::policy
