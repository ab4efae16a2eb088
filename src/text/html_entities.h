// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace threadline::text {

/// A character reference at `at` (where an "&" stands): its text is appended to `to`, its length in the source returned; 0 where
/// it is none. Source: WHATWG HTML, section 13.2.5.72 on, with the names of HTML 4 and the invisible ones of HTML 5.
[[nodiscard]] std::size_t read_entity(std::string_view source, std::size_t at, bool is_attribute, std::string& to);

/// An attribute's value with its character references decoded, trimmed.
[[nodiscard]] std::string attribute_text(std::string_view value);

}  // namespace threadline::text
