// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>
#include <utility>

#include "facts/conversation/conversation.h"
#include "facts/conversation/plain_paragraphs.h"
#include "text/enriched.h"

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

namespace {

/// Behind the source of the last character before `end`: a character reference ends where the source goes on, if that is near.
std::uint64_t source_end(const std::vector<text::Run>& runs, std::uint64_t end) {
  constexpr std::uint64_t kLongestReference = 34;  // "&CounterClockwiseContourIntegral;" (HTML, named character references)
  const std::uint64_t last = text::source_offset(runs, end - 1);
  const auto next = std::ranges::upper_bound(runs, end - 1, {}, &text::Run::text_begin);
  if (next == runs.begin() || next == runs.end() || std::prev(next)->verbatim || next->text_begin != end) return last + 1;
  const bool is_near = next->source_begin > last && next->source_begin - last <= kLongestReference;
  return is_near ? next->source_begin : last + 1;
}

Span span_in(const std::string& part, const std::vector<text::Run>& runs, std::uint64_t begin, std::uint64_t end) {
  const std::uint64_t from = text::source_offset(runs, begin);
  if (end <= begin) return {part, from, 0};
  const std::uint64_t last = source_end(runs, end);
  return {part, from, last > from ? last - from : 0};
}

}  // namespace

Span ReadText::span_of(std::uint64_t begin, std::uint64_t end) const {
  const auto next = std::ranges::upper_bound(later, begin, {}, &LaterPart::begin);
  if (next != later.end()) end = std::min(end, next->begin - 1);  // without the line end before it
  if (next == later.begin()) return span_in(part, runs, begin, end);
  const LaterPart& in = *std::prev(next);
  return span_in(in.part, in.runs, begin - in.begin, std::max(begin, end) - in.begin);
}

bool ReadText::holds_part(std::string_view name) const {
  return part == name || std::ranges::any_of(later, [&](const LaterPart& one) { return one.part == name; });
}

void ReadText::append(ReadText more) {
  if (!text.ends_with('\n')) text += '\n';
  const std::uint64_t by = text.size();
  const auto first_element = static_cast<std::int32_t>(elements.size());
  text += more.text;
  html = html || more.html;
  flowed = flowed && more.flowed;
  for (text::HiddenRange& range : more.hidden) hidden.push_back({range.begin + by, range.end + by, range.why});
  for (text::ReversedRange& range : more.reversed) reversed.push_back({range.begin + by, range.end + by});
  for (text::Element& element : more.elements) {
    element.text_begin += by;
    element.text_end += by;
    if (element.parent >= 0) element.parent += first_element;
    elements.push_back(std::move(element));
  }
  later.push_back({by, std::move(more.part), std::move(more.runs)});
  notes.insert(notes.end(), more.notes.begin(), more.notes.end());
}

namespace {

text::HtmlText read_markup(const message::Text& part, const Limits& limits) {
  switch (part.writing) {
    case message::Writing::enriched: return text::read_enriched(part.content, text::Enrichment::enriched, limits);
    case message::Writing::richtext: return text::read_enriched(part.content, text::Enrichment::richtext, limits);
    default: return text::read_html(part.content, limits);
  }
}

bool is_markup(const message::Text& part) {
  return part.html || part.writing == message::Writing::enriched || part.writing == message::Writing::richtext;
}

}  // namespace

ReadText read_text(const message::Text& part, const Limits& limits) {
  ReadText read;
  if (is_markup(part)) {
    text::HtmlText html = read_markup(part, limits);
    read.text = std::move(html.text);
    read.runs = std::move(html.runs);
    read.hidden = std::move(html.hidden);
    read.reversed = std::move(html.reversed);
    read.elements = std::move(html.elements);
    read.notes = std::move(html.notes);
    for (Note& note : read.notes) note.span.part = part.part;
  } else if (part.writing != message::Writing::lines || !part.files.empty()) {
    read = read_paragraphs(part);
  } else {
    read.text = part.content;
  }
  read.part = part.part;
  read.html = is_markup(part);
  return read;
}

}  // namespace threadline::facts
