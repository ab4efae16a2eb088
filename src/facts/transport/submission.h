// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/transport/hop.h"

namespace threadline::facts {

/// How this hop's host took the message from a client of its own: "http", "mapi", "authenticated" (a login, by protocol or
/// comment), "local_user"; empty where it came as mail comes from anybody.
[[nodiscard]] std::string_view how_submitted(const Hop& hop);

/// How the message came into the mail system, and from where: read off the border, the first hops and the fields in which
/// services note their client (X-Originating-IP). Only `ip` is the trusted border's word; the rest is the sending side's own.
[[nodiscard]] Submission read_submission(const message::Message& message, const Route& route);

}  // namespace threadline::facts
