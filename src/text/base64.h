// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace threadline::text {

/// The bytes as base64 in lines of 76 characters, each with `line_end`. Source: RFC 4648 section 4, RFC 2045 section 6.8.
[[nodiscard]] std::string encode_base64(std::string_view bytes, std::string_view line_end);

/// The bytes of a base64 text: other characters are skipped, "=" ends it (RFC 2045 section 6.8 as readers take it).
[[nodiscard]] std::string decode_base64(std::string_view text);

/// Whether it is one of the 64 characters.
[[nodiscard]] bool is_base64_character(char c);

}  // namespace threadline::text
