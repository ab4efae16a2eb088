// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace threadline::text {

/// Whether the line separates messages of an mbox: "From ", something, a time and a year (RFC 4155, appendix A; tolerant of
/// zones).
[[nodiscard]] bool is_from_line(std::string_view line);

}  // namespace threadline::text
