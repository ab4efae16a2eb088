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
#include "facts/transport/geography.h"
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
  std::optional<bool> aligned = std::nullopt;  ///< the identity is of From's registrable domain; nothing: it names none
  bool imitates_border = false;                ///< bears the border's name, but stands where only the sender writes
  std::uint32_t arc_instance = 0;              ///< i= of an ARC-Authentication-Results (RFC 8617); 0: another field
};

/// Whether the result is the border's own word about the message: trusted, and not one of an ARC set, which tells of a hop
/// before (RFC 8617 section 4.1.1).
[[nodiscard]] inline bool is_of_border(const AuthResult& result) { return result.trusted && result.arc_instance == 0; }

/// One DKIM-Signature (RFC 6376 section 3.5), and what the exported bytes say of it.
struct Dkim {
  std::string domain, selector;
  std::optional<bool> body_hash;                ///< matches
  std::string reading;                          ///< of the body, by which the hash matches: "as is", "bare LF restored", ...
  std::optional<bool> signature_valid;          ///< nothing without a key
  std::string algorithm = {};                   ///< a=, lower case
  std::string canonicalization = {};            ///< c= whole: "relaxed/simple"
  std::string identity = {};                    ///< i=, or empty
  std::vector<std::string> signed_fields = {};  ///< h=, lower case, as listed
  std::optional<std::uint64_t> body_length = std::nullopt;  ///< l=: what is behind it is not signed
  std::optional<std::int64_t> signed_at = std::nullopt;     ///< t=, seconds since 1970
  std::optional<std::int64_t> expires_at = std::nullopt;    ///< x=
  std::optional<bool> aligned = std::nullopt;               ///< d= is of From's registrable domain
  std::string problem = {};  ///< why nothing was computed: "no bh=", "unknown algorithm", "key revoked" ..., or empty
  Span span = {};

  bool operator==(const Dkim&) const = default;
};

/// One set of the Authenticated Received Chain (RFC 8617 section 4.2): who sealed what he saw, and what he found of the sets
/// before. Claims: seals are not verified (that needs DNS).
struct ArcSet {
  std::uint32_t instance = 0;             ///< i=, 1 to 50
  std::string chain;                      ///< cv= of the seal: "none", "pass", "fail"
  std::string domain, selector;           ///< of the seal
  std::string signature_domain;           ///< d= of the ARC-Message-Signature
  std::optional<std::int64_t> sealed_at;  ///< t=, seconds since 1970
  Span span = {};                         ///< of the seal, else of the signature

  bool operator==(const ArcSet&) const = default;
};

/// How and from where the message came into the mail system.
struct Submission {
  std::string ip;            ///< who handed it to the first trusted hop, as that hop saw it
  std::string client_ip;     ///< the sender's client, by the word of the service that took the message in
  std::string client_field;  ///< which field says so: "X-Originating-IP", "Received"
  std::string how;           ///< "authenticated", "http" (webmail), "mapi", "local_user" (a program on the server), or empty
  std::string user;          ///< the authenticated user, or "uid 1001"
  Origin origin = {};        ///< of the client's address, else of who handed it over; with databases of the analyst's alone
};

/// The way of the message: hops in the order it travelled (first hop first).
struct Route {
  std::vector<Hop> hops;
  std::int32_t border = -1;  ///< index in hops of the trusted border (first trusted hop, where the message came in), or -1
  Submission submission;
  std::vector<AuthResult> auth;
  std::vector<Dkim> dkim;  ///< listed and computed by check_dkim (dkim.h)
  std::vector<ArcSet> arc;
  std::vector<Hop> x_received;  ///< hops inside of one operator, as Google's; first hop first, no part of the chain
  std::vector<Note> notes;
};

/// Rebuilds the route. `trusted_relays`: the policy's host names, ".domain" suffixes, addresses or networks; when empty the
/// border is inferred from the run of last hops of the receiving organisation's own servers (and said so in trust_inferred).
/// Limits: hops, auth_results. A note no_trusted_relay: nothing of the list stands in the chain.
[[nodiscard]] Route read_route(const message::Message& message, const std::vector<std::string>& trusted_relays,
                               const Limits& limits);

}  // namespace threadline::facts
