// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "facts/conversation/conversation.h"
#include "facts/conversation/html_structure.h"
#include "facts/conversation/quote_words.h"

namespace threadline::facts {

/// One line of a body as read by a person. Small, because a body may be millions of them; no text part reaches 4 GiB
/// (Limits::text_bytes, Limits::message_bytes).
struct Line {
  const std::vector<LabelUse>* label = nullptr;  ///< what the line's label may mean; nullptr: it has none
  std::uint32_t begin = 0;                       ///< in ReadText::text, quote marks included
  std::uint32_t body = 0;                        ///< behind the quote marks
  std::uint32_t end = 0;                         ///< before the line end
  std::uint32_t next = 0;                        ///< where the next line begins
  std::uint32_t depth = 0;                       ///< "> " marks plus enclosing elements that quote
  bool blank = false;                            ///< nothing but white space and quote marks
  bool is_signature = false;                     ///< markup says that it belongs to a signature
  bool is_ruled = false;                         ///< markup draws a line right before its words (<hr>, a border above)
  std::uint32_t holder_end = 0;                  ///< of the innermost element that holds a quoted message; else of the text
  std::uint32_t container_end = 0;               ///< the same, blockquotes left out
  std::uint32_t opened_end = 0;                  ///< of the outermost of these that begin right before its words; 0: none
  std::uint32_t value = 0;                       ///< behind the label's colon
};

/// A place in a body's text as a line keeps it.
[[nodiscard]] constexpr std::uint32_t place_of(std::size_t at) { return static_cast<std::uint32_t>(at); }

/// The lines of a body, how deeply each is quoted and what holds it; at most `most`, the last with all that is left. Linear in
/// text and marks.
[[nodiscard]] std::vector<Line> lines_of(const ReadText& body, const std::vector<HtmlMark>& marks, std::size_t most);

/// The line without quote marks and without white space at its ends.
[[nodiscard]] std::string_view words_of(const ReadText& body, const Line& line);

}  // namespace threadline::facts
