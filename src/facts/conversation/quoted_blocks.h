// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "facts/conversation/conversation.h"
#include "facts/conversation/introduction.h"
#include "facts/conversation/lines.h"

namespace threadline::facts {

/// Puts each line of a body into the quoted message, or the new text, whose words it is.
/// Limits: quoted_levels, quoted_blocks.
[[nodiscard]] Conversation blocks_of(const ReadText& body, const std::vector<Line>& lines,
                                     std::vector<Introduction> introductions, const Limits& limits);

}  // namespace threadline::facts
