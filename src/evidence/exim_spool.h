// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "evidence/evidence.h"

namespace threadline::evidence {

/// Whether the bytes begin as the header file of a message in Exim's spool ("1abCde-000000-AB-H" is its first line).
[[nodiscard]] bool is_exim_header(std::string_view head);
/// Whether the bytes begin as the data file ("1abCde-000000-AB-D").
[[nodiscard]] bool is_exim_data(std::string_view head);

/// The message of a header file and its data file, with the envelope; headers that Exim marks as deleted are left out.
/// Without a data file there is a note `truncated`, as where the header file ends early.
/// Source: The Exim specification, chapter "Format of spool files".
/// Limits: message_bytes, addresses (recipients).
[[nodiscard]] Item exim_message(std::string_view header_file, std::optional<std::string_view> data_file, const Limits& limits);

/// What a data file alone holds: the body behind an empty header, and a note `truncated`.
[[nodiscard]] Item exim_body(std::string_view data_file, const Limits& limits);

}  // namespace threadline::evidence
