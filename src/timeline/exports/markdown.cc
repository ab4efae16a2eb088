// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "timeline/exports/columns.h"
#include "timeline/exports/exports.h"
#include "timeline/exports/markdown_text.h"
#include "timeline/exports/synthesis.h"
#include "timeline/visible.h"

namespace threadline::timeline {
namespace {

constexpr std::string_view kMarks = "\\`*_[]<>#|~&@$^!";

/// A character that only some neighbours make markup of.
bool is_mark_here(std::string_view text, std::size_t at) {
  if (text[at] == ':') return text.substr(at + 1).starts_with("/");
  if (text[at] == '.') return at >= 3 && (text.substr(at - 3, 3) == "www" || text.substr(at - 3, 3) == "WWW");
  const bool is_at_line_start = at == 0 || text[at - 1] == '\n';
  return is_at_line_start && (text[at] == '-' || text[at] == '+' || text[at] == '=');
}

void write_heading(std::ostream& out, std::string_view title) { out << "\n## " << markdown_text(title) << "\n\n"; }

void write_record(std::ostream& out, const std::vector<std::string>& cells) {
  out << '|';
  for (const std::string& cell : cells) out << ' ' << cell << " |";
  out << '\n';
}

void write_titles(std::ostream& out, const std::vector<std::string_view>& keys, Language language) {
  std::vector<std::string> titles;
  titles.reserve(keys.size());
  for (const std::string_view key : keys) titles.push_back(markdown_text(words(key, language)));
  write_record(out, titles);
  write_record(out, std::vector<std::string>(titles.size(), "---"));
}

void write_tab(std::ostream& out, const Exhibit& exhibit, Tab tab) {
  write_heading(out, words(tab == Tab::timeline ? "tab.timeline" : "tab.actions", exhibit.language));
  std::vector<std::string_view> keys;
  for (const Column& column : columns_of(tab)) keys.push_back(column.title);
  write_titles(out, keys, exhibit.language);
  exhibit.each_row(tab, [&](const ShownRow& shown) {
    std::vector<std::string> cells;
    for (const Column& column : columns_of(tab)) {
      const std::string text = markdown_text(cell_of(column, shown, exhibit.language));
      cells.push_back(shown.struck && !text.empty() ? "<del>" + text + "</del>" : text);
    }
    write_record(out, cells);
  });
}

void write_evidence(std::ostream& out, const Exhibit& exhibit) {
  if (exhibit.evidence.empty()) return;
  write_heading(out, words("tab.evidence", exhibit.language));
  write_titles(out, {"column.file", "column.size", "column.sha256", "column.custody"}, exhibit.language);
  for (const EvidenceFile& file : exhibit.evidence)
    write_record(out, {markdown_text(file.path), std::to_string(file.size), file.sha256, markdown_text(file.custody)});
}

}  // namespace

std::string markdown_text(std::string_view text) {
  const std::string shown = visible(text);
  std::string escaped;
  for (std::size_t at = 0; at < shown.size(); ++at) {
    if (shown[at] == '\n') {
      escaped += "<br>";
      continue;
    }
    if (kMarks.find(shown[at]) != std::string_view::npos || is_mark_here(shown, at)) escaped += '\\';
    escaped += shown[at];
  }
  return escaped;
}

void export_markdown(std::ostream& out, const Exhibit& exhibit) {
  out << "# " << markdown_text(exhibit.title.empty() ? words("tab.timeline", exhibit.language) : exhibit.title) << '\n';
  for (const Section& section : sections_of(synthesis_of(exhibit), exhibit)) {
    write_heading(out, section.title);
    for (const std::string& line : section.lines) out << "- " << markdown_text(line) << '\n';
  }
  write_tab(out, exhibit, Tab::timeline);
  write_tab(out, exhibit, Tab::actions);
  write_evidence(out, exhibit);
}

}  // namespace threadline::timeline
