// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "facts/transport/hop.h"

namespace threadline::facts {

/// What a comment says of the peer: "rdns. [192.0.2.1]:25 \"EHLO x\"", "HELO x", "port=1 helo=x", "192.0.2.1".
struct PeerComment {
  std::string_view helo, name, ip;

  [[nodiscard]] bool is_empty() const { return helo.empty() && name.empty() && ip.empty(); }
};
[[nodiscard]] PeerComment read_peer_comment(std::string_view comment);

/// Fills what a comment says of the session wherever it stands: TLS version, cipher, envelope sender, authenticated user.
/// What is already there stays.
void read_session_comment(std::string_view comment, Hop& hop);

/// "TLS1_2", "TLSv1.2", "TLS 1.2" as "TLS1.2"; "TLSv1" as "TLS1.0"; "SSLv3" as "SSL3"; anything else as written.
[[nodiscard]] std::string tls_version(std::string_view written);

/// The family of MTA whose form the value has, or empty. Heuristic: it looks for the words of each family.
[[nodiscard]] std::string_view received_shape(std::string_view value);

}  // namespace threadline::facts
