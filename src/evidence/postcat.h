// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evidence/evidence.h"

namespace threadline::evidence {

/// Whether the text is what Postfix' postcat prints of a queue file, with its envelope.
[[nodiscard]] bool is_postcat(std::string_view head);

/// The messages of a postcat print, each with its envelope; of several the place ("#offset") is in Item::source. Numbers in front
/// of each line (-o, -d) and record names in front of text (-v) are taken off. Marks in the message that name another queue file
/// are text of the message. A print that ends early is a note `truncated`.
/// Source: Postfix, src/postcat/postcat.c.
/// Limits: message_bytes.
[[nodiscard]] std::vector<Item> postcat_messages(std::string_view text, const Limits& limits);

}  // namespace threadline::evidence
