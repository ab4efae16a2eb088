// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "facts/transport/hop.h"

namespace threadline::facts {

/// The results of one Authentication-Results value (RFC 8601 section 2.2; Microsoft's without authserv-id: `by` is empty).
[[nodiscard]] std::vector<AuthResult> read_authentication_results(std::string_view value);
/// The result of a Received-SPF value (RFC 7208 section 9.1).
[[nodiscard]] std::vector<AuthResult> read_received_spf(std::string_view value);
/// Domain and selector of a DKIM-Signature value (RFC 6376 section 3.5); nothing is verified.
[[nodiscard]] Dkim read_dkim_signature(std::string_view value);

/// All results of a message. Trusted are those that stand above the Received field of the border (index `border_field` in
/// message.headers, or npos: none is trusted): the border or a host behind it put them there. Gmail writes them just below it:
/// the first one in the block of authentication fields directly under the border's own field is trusted when it bears the
/// border's organisation and nothing above does. Limits: auth_results.
void read_authentication(const message::Message& message, std::size_t border_field, std::string_view border_by,
                         const Limits& limits, Route& route);

}  // namespace threadline::facts
