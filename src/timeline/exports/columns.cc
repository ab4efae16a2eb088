// SPDX-License-Identifier: Apache-2.0
#include "timeline/exports/columns.h"

#include <array>
#include <functional>
#include <map>

#include "timeline/cells.h"

namespace threadline::timeline {
namespace {

using Kind = Column::Kind;

constexpr std::array kTimeline{Column{"column.date", 11, Kind::date},
                               Column{"column.time", 7, Kind::clock},
                               Column{"column.zone", 9},
                               Column{"column.source", 34},
                               Column{"column.actor", 28},
                               Column{"column.action", 38},
                               Column{"column.comment", 64},
                               Column{"column.severity", 10, Kind::severity},
                               Column{"column.code", 24, Kind::digest},
                               Column{"column.message_id", 30, Kind::digest},
                               Column{"column.sha256", 20, Kind::digest},
                               Column{"column.id", 34, Kind::digest},
                               Column{"column.original_time", 32, Kind::digest},
                               Column{"column.number", 7, Kind::number}};

constexpr std::array kActions{Column{"column.date", 11, Kind::date},
                              Column{"column.time", 7, Kind::clock},
                              Column{"column.actor", 24},
                              Column{"column.action", 70},
                              Column{"column.zone", 9},
                              Column{"column.comment", 70},
                              Column{"column.number", 7, Kind::number}};

using Cell = std::function<std::string(const ShownRow&, Language)>;

const std::map<std::string_view, Cell>& cells() {
  static const std::map<std::string_view, Cell> kCells{
      {"column.date", [](const ShownRow& shown, Language language) { return date_of(shown.row, language); }},
      {"column.time", [](const ShownRow& shown, Language) { return clock_of(shown.row); }},
      {"column.zone", [](const ShownRow& shown, Language) { return shown.row.zone; }},
      {"column.source", [](const ShownRow& shown,
                           Language) { return shown.row.source_label.empty() ? shown.row.source : shown.row.source_label; }},
      {"column.actor", [](const ShownRow& shown, Language) { return shown.row.actor; }},
      {"column.action", [](const ShownRow& shown, Language) { return shown.row.action; }},
      {"column.comment", [](const ShownRow& shown, Language language) { return comment_with_remarks(shown, language); }},
      {"column.severity", [](const ShownRow& shown, Language) { return shown.row.severity; }},  // filters name it, as the code
      {"column.code", [](const ShownRow& shown, Language) { return shown.row.code; }},
      {"column.message_id", [](const ShownRow& shown, Language) { return shown.row.message_id.value_or(""); }},
      {"column.sha256", [](const ShownRow& shown, Language) { return shown.row.sha256; }},
      {"column.original_time", [](const ShownRow& shown, Language) { return shown.row.time_text; }},
      {"column.number", [](const ShownRow& shown, Language) { return std::to_string(shown.row.row); }},
      {"column.id", [](const ShownRow& shown, Language) { return shown.row.id; }}};
  return kCells;
}

}  // namespace

std::span<const Column> columns_of(Tab tab) {
  if (tab == Tab::timeline) return kTimeline;
  return kActions;
}

std::string cell_of(const Column& column, const ShownRow& shown, Language language) {
  return cells().at(column.title)(shown, language);
}

}  // namespace threadline::timeline
