// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "facts/transport/hop.h"

namespace threadline::facts {

/// The results of one Authentication-Results value (RFC 8601 section 2.2; Microsoft's without authserv-id: `by` is empty). A
/// version other than 1 gives none (section 2.5). Linear in its input.
[[nodiscard]] std::vector<AuthResult> read_authentication_results(std::string_view value);
/// Those of an ARC-Authentication-Results value ("i=2; mx.firm.example; ...", RFC 8617 section 4.1.1), with their instance.
[[nodiscard]] std::vector<AuthResult> read_arc_results(std::string_view value);
/// The result of a Received-SPF value (RFC 7208 section 9.1).
[[nodiscard]] std::vector<AuthResult> read_received_spf(std::string_view value);

/// Whether two domains share their registrable domain: relaxed alignment (RFC 7489 section 3.1).
[[nodiscard]] bool are_aligned(std::string_view domain, std::string_view from_domain);
/// The domain that a result speaks for: header.d, header.i of DKIM; smtp.mailfrom (smtp.helo where
/// there is none), envelope-from of SPF; header.from of DMARC. Lower case; empty: it names none.
[[nodiscard]] std::string identity_of(const AuthResult& result);
/// Whether a DKIM or SPF result vouches for a name of From's registrable domain. Nothing: it names no domain.
[[nodiscard]] std::optional<bool> is_aligned(const AuthResult& result, std::string_view from_domain);

/// All results of a message. Trusted are those that stand above the Received field of the border (index `border_field` in
/// message.headers, or npos: none is trusted): the border or a host behind it put them there. Gmail and milters behind Postfix
/// write them just below it: in the block of authentication fields directly under the border's own field the first one that bears
/// the very name of the border's host is trusted, where no Received-SPF or Authentication-Results stands above. An arc=pass there
/// only at an operator's border (Gmail takes out what others wrote in its name, RFC 8601 section 5). Of others in the block, by
/// any name of the border's organisation, only failures: a sender may forge a pass there, and has no use for a fail. What else
/// bears the border's name below it imitates it: a note auth_imitated. An ARC set's results are what an intermediary claims;
/// trusted only where they and a seal of their instance (cv= other than fail) stand above the border. Limits: auth_results.
void read_authentication(const message::Message& message, std::size_t border_field, std::string_view border_by,
                         const Limits& limits, Route& route);

}  // namespace threadline::facts
