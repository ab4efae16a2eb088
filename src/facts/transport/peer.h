// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "facts/transport/hop.h"

/// What may be believed of whoever handed a message over, given what its receiver noted.
namespace threadline::facts {

/// The name that the peer's address resolves to, as the receiver noted it. Empty where it noted none, or found that the name does
/// not lead back to the address (Sendmail's "may be forged").
[[nodiscard]] std::string_view reverse_name(const Hop& hop);

/// Whose host the peer is by the receiver's word: the reverse name; what the peer said of itself (HELO) only where nothing says
/// that the receiver looked for one (Exchange and Domino never do). A receiver that looked and notes none found none: then HELO
/// is anybody's word (RFC 5321 section 4.1.1.1), and the answer is empty.
[[nodiscard]] std::string_view peer_name(const Hop& hop);

/// Whether a mailbox was emptied by its owner's own login (POP, IMAP: fetchmail, getmail): no peer handed the message over.
[[nodiscard]] bool is_fetched(const Hop& hop);

/// An address that one of the trusted hosts has itself: mail that left by the own public address and came in by it.
[[nodiscard]] bool is_trusted_hosts(const Route& route, std::string_view ip);

/// Whether the hop came by SMTP, as mail comes from anybody; not so LMTP, a pipe, a queue, another network's gateway. A hop that
/// says no protocol may have.
[[nodiscard]] bool may_be_smtp(const Hop& hop);

}  // namespace threadline::facts
