// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace threadline::logs {

/// The address in a field of a log, without port, brackets and zone: "192.0.2.7:4242", "[2001:db8::1]:443", "::ffff:192.0.2.7".
/// Empty for an empty field; what is no address stays as it is.
[[nodiscard]] std::string bare_ip(std::string_view text);

/// A Message-ID in comparable form: without angle brackets, white space and quotes, lower case. Empty where there is none.
[[nodiscard]] std::string mail_key(std::string_view id);

/// An account or mailbox in comparable form: lower case, without "smtp:", angle brackets and white space.
[[nodiscard]] std::string account_key(std::string_view text);

/// The mailbox of an address: account_key without a subaddress ("ann+bills@firm.example"). Source: RFC 5233; what Postfix,
/// Exchange Online and Gmail part by "+".
[[nodiscard]] std::string mailbox_key(std::string_view address);

/// The network that a login is compared by: /16 of IPv4, /32 of IPv6; empty where the text is no address.
[[nodiscard]] std::string network_of(std::string_view ip);

/// Whether the address is private, loopback or link-local: says nothing about a place.
[[nodiscard]] bool is_inner_ip(std::string_view ip);

/// The host in a URL or "host:port", lower case.
[[nodiscard]] std::string host_of(std::string_view url);

}  // namespace threadline::logs
