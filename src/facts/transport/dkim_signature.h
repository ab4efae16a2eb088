// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/signature.h"
#include "facts/transport/hop.h"

namespace threadline::facts {

/// How header or body are put before they are hashed (RFC 6376 section 3.4).
enum class Canonical { simple, relaxed };

/// A DKIM-Signature as it can be computed with.
struct DkimSignature {
  Dkim told;  ///< what it says; `problem` where it cannot be computed with
  Canonical header = Canonical::simple, body = Canonical::simple;
  DigestKind digest = DigestKind::sha256;
  KeyKind key = KeyKind::rsa;
  std::string body_hash, signature;  ///< bh= and b=, decoded
};

/// Reads the value of a DKIM-Signature field, folded or not (RFC 6376 section 3.5). What the standard requires and is missing
/// stands in `told.problem`. Linear in its input.
[[nodiscard]] DkimSignature read_dkim_signature(std::string_view value);

/// The value with the contents of b= removed, as it was when it was signed (RFC 6376 section 3.7).
[[nodiscard]] std::string without_signature(std::string_view value);

}  // namespace threadline::facts
