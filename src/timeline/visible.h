// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace threadline::timeline {

/// The text with control, bidi and other invisible characters shown as "\u{202E}", never obeyed. "\n" is kept: it ends a line
/// of a cell; every other character that moves the cursor or the reading order is shown.
/// Source: UAX 9 (bidi controls), UAX 44 (Cc, Cf), UTS 39 section 5 (default ignorable).
[[nodiscard]] std::string visible(std::string_view text);

/// The text on one line: every run of line ends, tabs and spaces is one space, ends trimmed; at most `code_points`, then an
/// ellipsis. What a subject or a name becomes before it stands in a sentence.
[[nodiscard]] std::string one_line(std::string_view text, std::size_t code_points);

/// How many columns of a terminal the text takes: wide characters two, combining ones none (UAX 11).
[[nodiscard]] std::size_t width_of(std::string_view text);

/// The text in lines of at most `columns` (0: as long as they are), broken at spaces where there is one. At least one line.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t columns);

}  // namespace threadline::timeline
