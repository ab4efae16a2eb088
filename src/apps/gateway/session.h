// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "findings/context.h"
#include "policy/networks.h"
#include "policy/policy.h"

namespace threadline::gateway {

/// What a mail server's session says of one message (libmilter's macros and callbacks). As the client sent it.
struct Session {
  std::string client_ip;    ///< empty: none, a program on the server itself
  std::string client_name;  ///< as the server resolved it
  std::string helo;
  std::string user;    ///< authenticated
  std::string tls;     ///< version, or empty
  std::string server;  ///< the server's own name
  std::string queue_id;
  std::string sender;                   ///< envelope, without angle brackets
  std::vector<std::string> recipients;  ///< the same

  [[nodiscard]] bool is_local() const;  ///< from the server itself: no client, or a loopback address
};

/// Outbound: an authenticated user (unless the policy says otherwise), or a client in the policy's networks. Nothing, so that the
/// sender's side tells: a program on the server itself; where the policy has no networks, a client with a private address.
/// Inbound: everybody else, whoever he says he is.
[[nodiscard]] std::optional<findings::Direction> direction_of(const Session& session, const policy::Gateway& policy,
                                                              const policy::Networks& outbound);

/// The Received field that the server will write (a milter does not see it), with CRLF. `date`: RFC 5322.
[[nodiscard]] std::string received_field(const Session& session, std::string_view date);

/// "<a@b.example>" as "a@b.example".
[[nodiscard]] std::string without_brackets(std::string_view written);

}  // namespace threadline::gateway
