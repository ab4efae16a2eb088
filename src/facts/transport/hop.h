// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/instant.h"
#include "base/limits.h"
#include "base/note.h"
#include "base/span.h"
#include "message/message.h"

namespace threadline::facts {

/// Who handed the message over, three different claims: what it said (HELO), what its address resolves to, its address.
struct Peer {
  std::string helo;  ///< EHLO/HELO argument
  std::string name;  ///< reverse name as the receiver noted it
  std::string ip;    ///< address as the receiver saw it, without brackets, "IPv6:" or port

  bool operator==(const Peer&) const = default;
};

/// How a hop connects to the one before it.
enum class Link { unknown, name, address, organisation, none };
[[nodiscard]] std::string_view name_of(Link link);  ///< "unknown" stands as null in explain.md

/// One Received field (RFC 5321 section 4.4). What is not there is empty, never guessed.
struct Hop {
  Peer from;
  std::string by, ip_by, via, with, tls, cipher, id, for_whom, envelope_from, auth_user;
  std::optional<Stamp> time;
  std::optional<std::int64_t> delay_seconds;  ///< since the hop before it; may be negative
  Link link = Link::unknown;
  std::string shape;     ///< the MTA family whose form it has ("postfix", "o365"), or empty
  bool trusted = false;  ///< at or inside the trusted border
  bool trust_inferred = false;
  std::string raw;  ///< unfolded
  Span span;        ///< of the field in the header
};

/// The fields of one Received value (without the field name). Comment-aware; the first keyword wins; the last top-level ";"
/// starts the date; a hop without from or by is still a hop. Limits: received_bytes.
[[nodiscard]] Hop read_received(std::string_view value);

/// One result of an Authentication-Results field (RFC 8601) or of a vendor's equivalent (compauth).
struct AuthResult {
  std::string by;                                               ///< authserv-id
  std::string method;                                           ///< "dkim", "spf", "dmarc", "compauth", "arc"
  std::string result;                                           ///< "pass", "fail", "none", ...
  std::vector<std::pair<std::string, std::string>> properties;  ///< "header.d" -> "firm.example"; "reason" too
  bool trusted = false;                                         ///< stamped by the trusted border
  Span span;
};

struct Dkim {
  std::string domain, selector;
  std::optional<bool> body_hash;  ///< matches
  std::string reading;            ///< "as is", "bare LF restored", ...
  std::optional<bool> signature_valid;
};

/// How and from where the message came into the mail system.
struct Submission {
  std::string ip;            ///< who handed it to the first trusted hop, as that hop saw it
  std::string client_ip;     ///< the sender's client, by the word of the service that took the message in
  std::string client_field;  ///< which field says so: "X-Originating-IP", "Received"
  std::string how;           ///< "authenticated", "http" (webmail), "mapi", "local_user" (a program on the server), or empty
  std::string user;          ///< the authenticated user, or "uid 1001"
};

/// The way of the message: hops in the order it travelled (first hop first).
struct Route {
  std::vector<Hop> hops;
  std::int32_t border = -1;  ///< index in hops of the trusted border (first trusted hop, where the message came in), or -1
  Submission submission;
  std::vector<AuthResult> auth;
  std::vector<Dkim> dkim;
  std::vector<Note> notes;
};

/// Rebuilds the route. `trusted_relays`: the policy's host names, ".domain" suffixes, addresses or networks; when empty the
/// border is inferred from the run of last hops of the receiving organisation's own servers (and said so in trust_inferred).
/// Limits: hops, auth_results.
[[nodiscard]] Route read_route(const message::Message& message, const std::vector<std::string>& trusted_relays,
                               const Limits& limits);

}  // namespace threadline::facts
