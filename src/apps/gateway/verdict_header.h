// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "apps/gateway/decision.h"
#include "base/severity.h"

namespace threadline::gateway {

inline constexpr std::string_view kVerdictHeader = "X-Threadline-Verdict";

/// Whether a field is ours, or pretends to be: "X-Threadline...", in any case, white space before the colon too.
[[nodiscard]] bool is_own_field(std::string_view name);

/// What the verdict header is made of: no code, no account, nothing that a reader of the mailbox learns from.
struct VerdictLine {
  Action action = Action::tag;
  std::optional<Severity> severity;
  std::string id;          ///< of the log line
  std::int64_t time = 0;   ///< seconds since 1970
  std::string message_id;  ///< as in the header: the MAC binds the line to it
};

/// "v=1; verdict=tag; severity=high; id=...; t=...; mac=...": mac is HMAC-SHA-256 (hexadecimal) with the gateway's key over what
/// stands before "; mac=", a line feed, and the Message-ID.
[[nodiscard]] std::string verdict_header(const VerdictLine& line, std::string_view key);

}  // namespace threadline::gateway
