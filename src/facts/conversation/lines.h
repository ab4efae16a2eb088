// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "facts/conversation/conversation.h"
#include "facts/conversation/quote_words.h"

namespace threadline::facts {

/// One line of a body as read by a person.
struct Line {
  std::size_t begin = 0;                         ///< in ReadText::text, quote marks included
  std::size_t body = 0;                          ///< behind the quote marks
  std::size_t end = 0;                           ///< before the line end
  std::size_t next = 0;                          ///< where the next line begins
  std::uint32_t depth = 0;                       ///< "> " marks plus enclosing quoting blockquotes
  bool blank = false;                            ///< nothing but white space and quote marks
  const std::vector<LabelUse>* label = nullptr;  ///< what the line's label may mean; nullptr: it has none
  std::size_t value = 0;                         ///< behind the label's colon
};

/// The lines of a body and how deeply each is quoted. Linear in text and elements.
[[nodiscard]] std::vector<Line> lines_of(const ReadText& body);

/// The line without quote marks and without white space at its ends.
[[nodiscard]] std::string_view words_of(const ReadText& body, const Line& line);

/// Where the quoting container that holds a place ends (gmail_quote, moz-forward-container, yahoo_quoted ...); the text's end
/// without one.
[[nodiscard]] std::size_t container_end(const ReadText& body, std::size_t at);

}  // namespace threadline::facts
