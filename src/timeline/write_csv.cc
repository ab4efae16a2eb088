// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "timeline/cells.h"
#include "timeline/write.h"

namespace threadline::timeline {

void write_csv_titles(std::ostream& out, Language language, const CsvForm& form) {
  if (form.has_mark) out << kByteOrderMark;
  std::array<std::string, kColumns.size()> titles;
  std::ranges::transform(kColumns, titles.begin(), [&](std::string_view key) { return std::string(words(key, language)); });
  out << csv_record(titles, form.separator);
}

void write_csv_row(std::ostream& out, const Row& row, Language language, const CsvForm& form) {
  out << csv_record(cells_of(row, language), form.separator);
}

void write_csv(std::ostream& out, const std::vector<Row>& rows, Language language, const CsvForm& form) {
  write_csv_titles(out, language, form);
  for (const Row& row : rows) write_csv_row(out, row, language, form);
}

}  // namespace threadline::timeline
