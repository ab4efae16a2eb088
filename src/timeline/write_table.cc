// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <unordered_map>

#include "timeline/cells.h"
#include "timeline/visible.h"
#include "timeline/write.h"

namespace threadline::timeline {
namespace {

constexpr std::size_t kShown = 7;              ///< the article's columns; severity and code stand in a finding's action cell
constexpr std::size_t kColumnsForTable = 120;  ///< below, each row is a short block
constexpr std::size_t kGap = 2;
constexpr std::size_t kNarrowest = 12;
constexpr std::string_view kReset = "\x1b[0m";
constexpr std::string_view kBold = "\x1b[1m";

using Cells = std::array<std::string, kShown>;
using Widths = std::array<std::size_t, kShown>;

/// An event and what is said of it: findings and hops stand under their message.
struct Story {
  const Row* event;
  std::vector<const Row*> about;
};

std::string_view colour_of(const Row& row) {
  static const std::map<std::string_view, std::string_view> kColours{
      {"critical", "\x1b[1;31m"}, {"high", "\x1b[31m"}, {"medium", "\x1b[33m"}, {"low", "\x1b[36m"}};
  const auto found = kColours.find(row.severity);
  return found == kColours.end() ? std::string_view{} : found->second;
}

int severity_rank(const Row& row) {
  static constexpr std::array<std::string_view, 5> kOrder{"critical", "high", "medium", "low", "info"};
  return static_cast<int>(std::ranges::find(kOrder, row.severity) - kOrder.begin());
}

/// RFC 3339 in seconds of UTC would need reading; two times of one output that carry one offset compare as text.
bool is_before(const Story& one, const Story& other) {
  const Row& left = *one.event;
  const Row& right = *other.event;
  if (left.known_at != right.known_at) return left.known_at && (!right.known_at || *left.known_at < *right.known_at);
  const bool left_quoted = left.kind == "quoted";
  const bool right_quoted = right.kind == "quoted";
  if (left_quoted != right_quoted) return left_quoted;
  return left_quoted && left.time && right.time && *left.time < *right.time;
}

/// A claim stands under what it is about; one whose event is not shown (--events none) stands alone.
std::vector<Story> stories_of(const std::vector<Row>& rows) {
  std::vector<Story> stories;
  std::unordered_map<std::string_view, std::size_t> events;
  for (const Row& row : rows) {
    if (row.about) continue;
    events.emplace(row.id, stories.size());
    stories.push_back({&row, {}});
  }
  for (const Row& row : rows) {
    if (!row.about) continue;
    const auto event = events.find(*row.about);
    if (event == events.end()) {
      stories.push_back({&row, {}});
    } else {
      stories[event->second].about.push_back(&row);
    }
  }
  for (Story& story : stories) std::ranges::stable_sort(story.about, {}, [](const Row* row) { return severity_rank(*row); });
  std::ranges::stable_sort(stories, is_before);
  return stories;
}

std::string claim_of(const Row& row, Language language) {
  if (row.code.empty()) return row.action;
  return "[" + std::string(words("severity." + row.severity, language)) + "] " + row.code;
}

/// An event's comment without the sentences that stand under it anyway.
std::string own_comment(const Story& story) {
  std::string kept;
  for (const std::string& line : wrapped(story.event->comment, 0)) {
    const bool repeated = std::ranges::any_of(story.about, [&](const Row* row) { return row->comment == line; });
    if (repeated || line.empty()) continue;
    kept += (kept.empty() ? "" : "\n") + line;
  }
  return kept;
}

Cells event_cells(const Story& story, Language language) {
  auto all = cells_of(*story.event, language);
  all[6] = own_comment(story);
  if (!story.event->code.empty()) all[5] = claim_of(*story.event, language);
  Cells cells;
  for (std::size_t i = 0; i < kShown; ++i) cells[i] = visible(all[i]);
  return cells;
}

Cells claim_cells(const Row& row, Language language) {
  Cells cells;
  if (row.kind == "hop") {
    cells[0] = date_of(row, language);
    cells[1] = clock_of(row);
    cells[2] = visible(row.zone);
  }
  cells[5] = visible(claim_of(row, language));
  cells[6] = visible(row.comment);
  return cells;
}

struct Line {
  const Row* row;
  Cells cells;
};

std::vector<Line> lines_of(const std::vector<Row>& rows, Language language) {
  std::vector<Line> lines;
  for (const Story& story : stories_of(rows)) {
    lines.push_back({story.event, event_cells(story, language)});
    for (const Row* row : story.about) lines.push_back({row, claim_cells(*row, language)});
  }
  return lines;
}

std::size_t natural_width(const std::string& cell) {
  std::size_t width = 0;
  for (const std::string& line : wrapped(cell, 0)) width = std::max(width, width_of(line));
  return width;
}

Cells titles_of(Language language) {
  Cells titles;
  for (std::size_t i = 0; i < kShown; ++i) titles[i] = words(kColumns[i], language);
  return titles;
}

/// Every column as wide as its widest cell; where that is too wide, the widest of the last four give way until it fits.
Widths widths_of(const std::vector<Line>& lines, const Cells& titles, std::size_t columns) {
  Widths widths{};
  for (std::size_t i = 0; i < kShown; ++i) {
    widths[i] = natural_width(titles[i]);
    for (const Line& line : lines) widths[i] = std::max(widths[i], natural_width(line.cells[i]));
  }
  std::size_t total = kGap * (kShown - 1);
  for (const std::size_t width : widths) total += width;
  while (columns != 0 && total > columns) {
    auto* widest = std::ranges::max_element(widths.begin() + 3, widths.end());
    if (*widest <= kNarrowest) break;
    --*widest;
    --total;
  }
  return widths;
}

void append_padded(std::string& line, const std::string& cell, std::size_t width) {
  line += cell;
  line.append(width - std::min(width, width_of(cell)) + kGap, ' ');
}

void write_cells(std::ostream& out, const Cells& cells, const Widths& widths, std::string_view style) {
  std::array<std::vector<std::string>, kShown> wraps;
  std::size_t height = 1;
  for (std::size_t i = 0; i < kShown; ++i) {
    wraps[i] = wrapped(cells[i], widths[i]);
    height = std::max(height, wraps[i].size());
  }
  for (std::size_t at = 0; at < height; ++at) {
    std::string line;
    for (std::size_t i = 0; i < kShown; ++i) append_padded(line, at < wraps[i].size() ? wraps[i][at] : std::string(), widths[i]);
    line.erase(line.find_last_not_of(' ') + 1);
    out << style << line << (style.empty() ? std::string_view{} : kReset) << '\n';
  }
}

void write_columns(std::ostream& out, const std::vector<Line>& lines, Language language, std::size_t columns, bool colour) {
  const Cells titles = titles_of(language);
  const Widths widths = widths_of(lines, titles, columns);
  write_cells(out, titles, widths, colour ? kBold : std::string_view{});
  Cells rules;
  for (std::size_t i = 0; i < kShown; ++i) rules[i].assign(widths[i], '-');
  write_cells(out, rules, widths, {});
  for (const Line& line : lines) write_cells(out, line.cells, widths, colour ? colour_of(*line.row) : std::string_view{});
}

void write_indented(std::ostream& out, const std::string& text, std::size_t indent, std::size_t columns) {
  if (text.empty()) return;
  for (const std::string& line : wrapped(text, columns - indent)) out << std::string(indent, ' ') << line << '\n';
}

void write_block(std::ostream& out, const Line& line, std::size_t columns, bool colour) {
  const auto& [date, clock, zone, source, actor, action, comment] = line.cells;
  const std::string_view style = colour ? colour_of(*line.row) : std::string_view{};
  out << style;
  if (actor.empty()) {
    write_indented(out, action + ": " + comment, 4, columns);
  } else {
    write_indented(out, (date.empty() ? std::string() : date + " " + clock + " " + zone + "  ") + actor, 0, columns);
    write_indented(out, action, 2, columns);
    write_indented(out, comment, 2, columns);
    write_indented(out, "(" + source + ")", 2, columns);
  }
  if (!style.empty()) out << kReset;
}

}  // namespace

void write_table(std::ostream& out, const std::vector<Row>& rows, Language language, unsigned columns, bool colour) {
  const std::vector<Line> lines = lines_of(rows, language);
  if (columns == 0 || columns >= kColumnsForTable) return write_columns(out, lines, language, columns, colour);
  for (const Line& line : lines) write_block(out, line, std::max<std::size_t>(columns, 20), colour);
}

}  // namespace threadline::timeline
