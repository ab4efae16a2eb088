// SPDX-License-Identifier: Apache-2.0
#include "timeline/exports/columns.h"
#include "timeline/exports/exports.h"
#include "timeline/row_json.h"

namespace threadline::timeline {
namespace {

std::vector<std::string> titles_of(Tab tab, Language language) {
  std::vector<std::string> titles;
  for (const Column& column : columns_of(tab)) titles.emplace_back(words(column.title, language));
  titles.emplace_back(words("column.verdict", language));
  titles.emplace_back(words("column.struck", language));
  return titles;
}

std::vector<std::string> cells_of(const ShownRow& shown, Tab tab, Language language) {
  std::vector<std::string> cells;
  for (const Column& column : columns_of(tab)) cells.push_back(cell_of(column, shown, language));
  const std::string verdict = shown.qualified ? shown.qualified->as : "";
  cells.emplace_back(known_words("verdict." + verdict, language).value_or(verdict));
  cells.push_back(shown.struck ? shown.struck->text : "");
  return cells;
}

}  // namespace

void export_csv(std::ostream& out, const Exhibit& exhibit, Tab tab, const CsvForm& form) {
  if (form.has_mark) out << kByteOrderMark;
  out << csv_record(titles_of(tab, exhibit.language), form.separator);
  exhibit.each_row_for_programs(
      {tab}, [&](const ShownRow& shown) { out << csv_record(cells_of(shown, tab, exhibit.language), form.separator); });
}

void export_jsonl(std::ostream& out, const Exhibit& exhibit, const std::vector<Tab>& tabs) {
  std::uint64_t position = 0;
  exhibit.each_row_for_programs(tabs, [&](const ShownRow& shown) {
    Json json = row_json(shown);
    json["row"] = ++position;
    json["number"] = shown.row.row;
    out << dumped(json) << '\n';
  });
}

void show_jsonl(std::ostream& out, const Exhibit& exhibit, const std::vector<Tab>& tabs) {
  exhibit.each_row_for_programs(tabs, [&](const ShownRow& shown) { out << dumped(row_json(shown)) << '\n'; });
}

}  // namespace threadline::timeline
