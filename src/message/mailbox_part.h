// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace threadline::message {

/// Whether bytes begin as an mbox does: a "From " line with a date, and a message behind it.
[[nodiscard]] bool is_mailbox(std::string_view bytes);

/// The messages of an mbox, one more than `most` where there are more: what stands behind "From " lines with a date that follow
/// an empty line and come before a header field, "From " in bodies unquoted (RFC 4155).
[[nodiscard]] std::vector<std::string> messages_of_mailbox(std::string_view bytes, std::size_t most);

}  // namespace threadline::message
