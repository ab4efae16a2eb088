// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace threadline::text {

/// "%C3%A9" -> its bytes; a "%" that begins no pair of digits stays. Source: RFC 3986 section 2.1.
[[nodiscard]] std::string percent_decoded(std::string_view text);

}  // namespace threadline::text
