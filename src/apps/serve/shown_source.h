// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/limits.h"

namespace threadline::apps::serve {

/// What a person is shown of a message's source, as a JSON object: {"header", "raw", "parts": [{"part", "type", "text",
/// "attached"}], "html", "left_out": {"elements", "links"}, "is_cut"}. `header` and `parts` are what the spans of explain.md
/// count in; `raw` are the bytes as they are (not UTF-8: shown as U+FFFD); `html` is the body rewritten by the allow-list
/// (text/allowed_html.h), or null. `sha256`: the message's own, or that of a message attached to it. An empty object where there
/// is none of that name. Limits: view_bytes of each. Precondition: called in a confined process.
[[nodiscard]] std::string shown_source(std::string_view bytes, const std::string& sha256, const Limits& limits);

}  // namespace threadline::apps::serve
