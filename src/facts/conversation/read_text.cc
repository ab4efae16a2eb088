// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "facts/conversation/conversation.h"

namespace threadline::facts {

std::string_view name_of(QuoteForm form) {
  switch (form) {
    case QuoteForm::header_block: return "header_block";
    case QuoteForm::attribution: return "attribution";
    case QuoteForm::forward: return "forward";
    case QuoteForm::attached: return "attached";
  }
  return "header_block";
}

Span ReadText::span_of(std::uint64_t begin, std::uint64_t end) const {
  const std::uint64_t from = text::source_offset(runs, begin);
  if (end <= begin) return {part, from, 0};
  const std::uint64_t last = text::source_offset(runs, end - 1) + 1;
  return {part, from, last > from ? last - from : 0};
}

ReadText read_text(const message::Text& part, const Limits& limits) {
  ReadText read;
  read.part = part.part;
  read.html = part.html;
  if (!part.html) {
    read.text = part.content;
    return read;
  }
  text::HtmlText html = text::read_html(part.content, limits);
  read.text = std::move(html.text);
  read.runs = std::move(html.runs);
  read.hidden = std::move(html.hidden);
  read.reversed = std::move(html.reversed);
  read.elements = std::move(html.elements);
  return read;
}

}  // namespace threadline::facts
