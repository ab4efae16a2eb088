// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "timeline/cells.h"
#include "timeline/write.h"

namespace threadline::timeline {

void write_csv(std::ostream& out, const std::vector<Row>& rows, Language language, const CsvForm& form) {
  if (form.has_mark) out << kByteOrderMark;
  std::array<std::string, kColumns.size()> titles;
  std::ranges::transform(kColumns, titles.begin(), [&](std::string_view key) { return std::string(words(key, language)); });
  out << csv_record(titles, form.separator);
  for (const Row& row : rows) out << csv_record(cells_of(row, language), form.separator);
}

}  // namespace threadline::timeline
