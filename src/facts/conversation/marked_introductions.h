// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "facts/conversation/html_structure.h"
#include "facts/conversation/introduction.h"
#include "facts/conversation/lines.h"

namespace threadline::facts {

/// Adds the introductions that markup alone shows, in their order: a gmail_attr or moz-cite-prefix in a language without table,
/// a block of labels behind Outlook's line. Only what is certain is read from them: an address, a date.
void add_marked_introductions(const ReadText& body, const std::vector<Line>& lines, const std::vector<HtmlMark>& marks,
                              int carrier_offset_minutes, std::vector<Introduction>& introductions);

/// Decides which marks deepen the lines in them, now that the introductions are known; true where that changed:
/// a container that nothing introduces is a quoted message of its own, unless it holds all words of the body; a blockquote
/// without sign above the first introduction is the writer's.
[[nodiscard]] bool settle(const std::vector<Line>& lines, const std::vector<Introduction>& introductions,
                          std::vector<HtmlMark>& marks);

}  // namespace threadline::facts
