// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "facts/conversation/conversation.h"

namespace threadline::facts {

/// What an element's markup says of the words inside it. A claim of whoever wrote the HTML, as a ">" is.
enum class MarkKind {
  cited,          ///< a blockquote that quotes
  cited_perhaps,  ///< a blockquote without any sign: a quotation, or an editor's indentation
  cited_inside,   ///< Gmail's blockquote outside of its container: the composer's "quote" button writes the same
  container,      ///< a quoted message, with or without what introduces it
  frame,          ///< a line on its left: holds a quoted message where an introduction says so
  rest,           ///< from a header block to the end of what holds it
  attribution,    ///< its last paragraph introduces a quoted message
  headers,        ///< what follows is the header block of a quoted message
  divider,        ///< what follows may be one
  signature,      ///< its words are a signature
};

/// One element that says something, as its place in ReadText::text.
struct HtmlMark {
  MarkKind kind = MarkKind::container;
  std::size_t begin = 0, end = 0;
  bool deepens = false;  ///< its lines are quoted one level deeper than those around it
};

/// The marks of an HTML body, in the order of their begins, outer before inner; none for plain text. Linear.
/// A heuristic: a client that writes bare <div> alone is known by its words only.
[[nodiscard]] std::vector<HtmlMark> marks_of(const ReadText& body);

/// Whether such an element holds a quoted message to its end.
[[nodiscard]] bool is_holder(MarkKind kind);

}  // namespace threadline::facts
