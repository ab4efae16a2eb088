// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "facts/facts.h"
#include "policy/sides.h"

namespace threadline::findings {

/// Why a message that says it comes from the own side does not.
struct Spoof {
  std::string why;                            ///< "dmarc=fail", "compauth=fail", "AuthAs=Anonymous", "anonymous"
  const facts::AuthResult* result = nullptr;  ///< of the trusted border; nullptr where none failed
};

/// Whether a message with that sender's side is a spoof of the own side: the trusted border says that dmarc or compauth failed,
/// or it came in anonymously from outside (without a login, from a public address that is no own host's by name; Exchange's
/// AuthAs Anonymous) and nothing that passed vouches for the domain. Nothing where a chain of custody that the border accepted
/// (RFC 8617) or a login that Exchange knows of explains it.
[[nodiscard]] std::optional<Spoof> spoof_of(const facts::Facts& facts, const policy::Side& sender, const policy::Sides& sides);

}  // namespace threadline::findings
