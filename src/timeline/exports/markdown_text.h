// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace threadline::timeline {

/// Text that Markdown shows as it is: no markup, no HTML, no link (not even one that is found by itself). Lines end in <br>.
/// Source: CommonMark 0.30, 2.4 backslash escapes; GFM 6.9 autolinks (extension).
[[nodiscard]] std::string markdown_text(std::string_view text);

}  // namespace threadline::timeline
