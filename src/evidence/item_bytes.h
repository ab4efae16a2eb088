// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "evidence/evidence.h"

namespace threadline::evidence {

/// Adds bytes to a message that is put together; what passes Limits::message_bytes is left out, with one note.
void append_bytes(Item& item, std::string_view bytes, const Limits& limits);

/// The instant as RFC 3339 in UTC. Empty where it is not between 1970 and 9999. Units: seconds since 1970.
[[nodiscard]] std::string instant_text(std::uint64_t seconds);

}  // namespace threadline::evidence
