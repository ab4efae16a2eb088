// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "facts/conversation/lines.h"

namespace threadline::facts {

/// Corrects the depth of lines of plain text where ">" does not say it: other quote marks ("| ", "AB> "), ">" that marks no quote
/// (">>> X 5/4/2018 10:37 >>>", ">>> visit us <<<", the end of "<address>" on a line of its own) and lost marks
/// (mend_lost_marks). Limits: each line is looked at a bounded number of times.
void correct_quote_marks(const ReadText& body, std::vector<Line>& lines);

/// Gives lines that lost their quote marks the depth of the line before: the rest of a line that a program wrapped after quoting,
/// the rest of a link, and in a quoted forward the unmarked lines that Markdown counts to the paragraph.
/// A heuristic: an answer of a few words right below a full line that ends no sentence, without a blank line, reads as its rest.
/// Source: CommonMark 0.31 section 5.1 (laziness); RFC 3676 section 4.1 (what happens to quoted lines without it).
void mend_lost_marks(const ReadText& body, std::vector<Line>& lines);

/// ">>> X 5/4/2018 10:37 >>>", as GroupWise writes before a quoted message that it does not mark.
[[nodiscard]] bool is_chevroned(std::string_view words);

}  // namespace threadline::facts
