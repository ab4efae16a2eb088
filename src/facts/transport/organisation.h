// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace threadline::facts {

/// Whose host it is: its registrable domain, or one word for an operator with several ("microsoft"). Empty for an address and
/// for a name without a dot.
[[nodiscard]] std::string organisation_of(std::string_view host);

/// Whether the host belongs to an operator of mail for many organisations: that two hosts are both its own says nothing of whose
/// message it is.
[[nodiscard]] bool is_operator(std::string_view host);
/// Whether the operator's machines often bear their customers' names: hosts and bulk senders (operators.def).
[[nodiscard]] bool is_white_label(std::string_view host);
/// Whether the name can be looked up by everybody: below a top-level domain that exists. ".local", ".lan", ".corp" are names that
/// a network gives itself.
[[nodiscard]] bool is_public_name(std::string_view host);

/// A network of IPv4 (mapped into IPv6) or IPv6.
struct Network {
  std::array<std::uint8_t, 16> address{};
  int prefix = 128;

  [[nodiscard]] bool holds(const std::array<std::uint8_t, 16>& other) const;
};
/// "192.0.2.1", "192.0.2.0/24", "2001:db8::/32". Nothing for anything else.
[[nodiscard]] std::optional<Network> read_network(std::string_view text);

/// Loopback, link-local, private (RFC 1918, 4193, 6598): an address that only the receiver's own network can show.
[[nodiscard]] bool is_private_address(std::string_view ip);
/// Whether an operator's published networks hold this address (microsoft, google).
[[nodiscard]] bool is_operators_address(std::string_view organisation, std::string_view ip);
/// Whether only the operator's own hosts have this address among themselves: no customer's mail leaves from it.
[[nodiscard]] bool is_inside_operator(std::string_view organisation, std::string_view ip);

}  // namespace threadline::facts
