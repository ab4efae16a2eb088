// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/limits.h"

namespace threadline::text {

/// What a rewriting left out of a mail's HTML, so that a page can say so.
struct LeftOutHtml {
  std::uint64_t elements = 0;  ///< scripts, frames, forms, pictures, style sheets ...
  std::uint64_t links = 0;     ///< whose target is shown as a title instead
  bool is_cut = false;         ///< a limit was reached; the rest is left out
};

struct AllowedHtml {
  std::string
      html;  ///< a fragment: elements, attributes and style declarations of the allow-lists, all else as text or not at all
  LeftOutHtml left_out;
};

/// HTML source (UTF-8) written anew with what formats text and nothing else: no script, link, frame, object, picture, form, style
/// sheet, url(), address of anything. A link is its text with the target as title; a picture is its alternative text in brackets.
/// Nothing of the source is copied as markup. Linear.
/// Limits: html_attributes, html_depth, view_bytes (of what is written).
[[nodiscard]] AllowedHtml allowed_html(std::string_view source, const Limits& limits);

/// The declarations of a style attribute (entities decoded) that only format: known properties, values without functions other
/// than rgb() and hsl(), without backslashes. Empty where none is.
[[nodiscard]] std::string allowed_style(std::string_view style);

}  // namespace threadline::text
