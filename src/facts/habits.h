// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "facts/facts.h"

namespace threadline::facts {

/// How this sender made and sent the message; what new_route compares. Empty where that would tell of somebody else: lists,
/// automatic mail, messages that a rule sent on, items without a transport header. Precondition: the facts are filled.
///   client       family of X-Mailer and the like, without its version ("outlook", "thunderbird")
///   ids, boundary, fields, attribution   shapes of Message-ID and MIME boundary, order of the header, form of the quoted history
///   tenant, auth_source, operator, network   Microsoft's tenant; the host that took it in; whose host submitted it; its /24 or
///   /48 dkim         registrable domains that signed language     of the new text zone         minutes east of UTC of Date;
///   +0000 is no zone of a person (servers write it)
[[nodiscard]] std::vector<Habit> read_habits(const message::Message& message, const Facts& facts);

/// "Mozilla/5.0 (...) Thunderbird/52.7.0" -> "thunderbird": the name without version, of a table; else its first letters.
[[nodiscard]] std::string client_family(std::string_view client);

/// Punctuation as written, each run of letters and digits as "x": "----=_x_x_x.x".
[[nodiscard]] std::string shape_of_id(std::string_view id);

}  // namespace threadline::facts
