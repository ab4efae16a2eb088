// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/signature.h"
#include "facts/transport/dkim_signature.h"

namespace threadline::facts {

/// The hash of a body in canonical form (RFC 6376 sections 3.4.3, 3.4.4, 3.7), of its first `length` bytes when given.
/// Nothing: the canonical form is shorter than `length`. Linear; lines end with CR LF alone.
[[nodiscard]] std::optional<std::string> body_hash(std::string_view body, Canonical form, DigestKind digest,
                                                   std::optional<std::uint64_t> length);

/// Whether the canonical form of the body goes on behind its first `length` bytes.
[[nodiscard]] bool is_longer_than(std::string_view body, Canonical form, std::uint64_t length);

}  // namespace threadline::facts
