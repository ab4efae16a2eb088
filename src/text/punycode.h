// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace threadline::text {

/// What an A-label ("xn--...") encodes, though IDNA refuses its letters: the UTF-8 that a mail client without such checks would
/// show. Nothing for what is no A-label, breaks off, or encodes no letters. Source: RFC 3492 section 6.2. Limits: 253 octets.
[[nodiscard]] std::optional<std::string> punycode_decoded(std::string_view label);

}  // namespace threadline::text
