// SPDX-License-Identifier: Apache-2.0
// Any bytes as HTML, and as text/enriched and text/richtext: the text is UTF-8, runs and ranges lie inside, verbatim runs are the
// source's bytes, elements nest.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "text/charset.h"
#include "text/enriched.h"
#include "text/html.h"

namespace {

using threadline::text::HtmlText;

void require(bool is_true) {
  if (!is_true) std::abort();
}

void check_runs(const HtmlText& html, std::string_view source, bool is_utf8) {
  for (std::size_t i = 0; i < html.runs.size(); ++i) {
    const auto& run = html.runs[i];
    const std::uint64_t end = i + 1 < html.runs.size() ? html.runs[i + 1].text_begin : html.text.size();
    require(run.text_begin <= end && end <= html.text.size() && run.source_begin <= source.size());
    if (!run.verbatim) continue;
    const std::string_view text = std::string_view(html.text).substr(run.text_begin, end - run.text_begin);
    require(run.source_begin + text.size() <= source.size());
    require(!is_utf8 || source.substr(run.source_begin, text.size()) == text);
  }
}

void check_elements(const HtmlText& html, std::string_view source) {
  for (std::size_t i = 0; i < html.elements.size(); ++i) {
    const auto& element = html.elements[i];
    require(element.text_begin <= element.text_end && element.text_end <= html.text.size());
    require(element.source_begin <= element.source_end && element.source_end <= source.size());
    require(element.parent >= -1 && element.parent < static_cast<std::int32_t>(i));
  }
  for (const auto& range : html.hidden) require(range.begin < range.end && range.end <= html.text.size());
  for (const auto& range : html.reversed) require(range.begin < range.end && range.end <= html.text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view source(reinterpret_cast<const char*>(data), size);
  const HtmlText html = threadline::text::read_html(
      source,
      {.html_attributes = 8, .html_depth = 32, .html_unmatched_ends = 16, .html_style_rules = 8, .html_style_matches = 64});
  require(threadline::text::is_valid_utf8(html.text));
  check_runs(html, source, threadline::text::is_valid_utf8(source));
  check_elements(html, source);
  using threadline::text::Enrichment;
  for (const auto enrichment : {Enrichment::enriched, Enrichment::richtext}) {
    const HtmlText enriched = threadline::text::read_enriched(source, enrichment, {.html_depth = 32});
    check_runs(enriched, source, true);
    check_elements(enriched, source);
  }
  return 0;
}
