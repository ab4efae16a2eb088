// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/note.h"

namespace threadline::text {

/// A stretch of text that was copied from one place of the source: text[text_begin..) came from source[source_begin..).
/// Within a run both sides advance byte by byte when `verbatim`; else (an entity, collapsed space) the run maps to its begin.
struct Run {
  std::uint64_t text_begin = 0;
  std::uint64_t source_begin = 0;
  bool verbatim = true;

  bool operator==(const Run&) const = default;
};

/// The source offset of a text offset (runs sorted by text_begin). An empty run list is the identity.
[[nodiscard]] std::uint64_t source_offset(const std::vector<Run>& runs, std::uint64_t text_offset);

/// Why a reader does not see a stretch of text.
enum class Hiding { none, display_none, zero_size, same_colour, off_screen };

/// One element that carries structure (purely inline formatting without attributes is left out), in document order of its
/// start tag. Ranges are half-open in HtmlText::text.
struct Element {
  std::string tag;             ///< lower case
  std::string id, cls, style;  ///< attribute values, style lower case without spaces
  std::string type;            ///< type attribute (blockquote type=cite)
  std::string href;            ///< of a
  std::string name;            ///< name attribute, or data-marker (Zimbra)
  std::uint64_t text_begin = 0, text_end = 0;
  std::uint64_t source_begin = 0, source_end = 0;
  std::int32_t parent = -1;  ///< index of the enclosing element in `elements`, or -1
};

/// A stretch of text that a person does not see.
struct HiddenRange {
  std::uint64_t begin = 0, end = 0;
  Hiding why = Hiding::none;
};

/// A stretch of text whose characters are shown from right to left, line by line (<bdo>, unicode-bidi).
struct ReversedRange {
  std::uint64_t begin = 0, end = 0;
};

/// HTML as a person reads it: block elements, <br> and table rows end lines, table cells are separated by a tab, white space is
/// collapsed outside <pre>, entities are decoded, script, style, head (but title) and comments are left out; NBSP is kept
/// (U+00A0). Alternative texts of pictures and values of fields stand in it where they have eight digits.
struct HtmlText {
  std::string text;  ///< UTF-8
  std::vector<Run> runs;
  std::vector<Element> elements;
  std::vector<HiddenRange> hidden;
  std::vector<ReversedRange> reversed;
  std::vector<Note> notes;  ///< limits reached
};

/// Reads HTML source (UTF-8). Never fails; linear in its input (DESIGN rule 12).
/// Limits: html_attributes, html_depth, html_elements, html_unmatched_ends, html_style_rules, html_style_matches.
[[nodiscard]] HtmlText read_html(std::string_view source, const Limits& limits);

/// "2.9.14".
[[nodiscard]] std::string libxml2_version();

}  // namespace threadline::text
