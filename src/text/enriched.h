// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/limits.h"
#include "text/html.h"

namespace threadline::text {

/// text/enriched (RFC 1896), or its forerunner text/richtext (RFC 1341 section 7.1.3).
enum class Enrichment { enriched, richtext };

/// Enriched text as a person reads it, with the way back to the source: commands, parameters and comments are left out, "<<" (or
/// "<lt>") is "<", a lone line end is a blank, of several one is left out (in richtext <nl> alone ends a line). What <excerpt>
/// holds is a `blockquote` of type `cite` among the elements, on lines of its own. What has no form of a command is text, as
/// is what stands behind a <param> that never closes. Never fails; linear.
/// Limits: html_depth (excerpts in excerpts; deeper ones are text of the outer one).
[[nodiscard]] HtmlText read_enriched(std::string_view source, Enrichment enrichment, const Limits& limits);

}  // namespace threadline::text
