// SPDX-License-Identifier: Apache-2.0
#include "timeline/row_json.h"
#include "timeline/write.h"

namespace threadline::timeline {

void write_jsonl(std::ostream& out, const std::vector<Row>& rows) {
  for (const Row& row : rows) write_jsonl_row(out, row);
}

void write_jsonl_row(std::ostream& out, const Row& row) { out << row_text(row) << '\n'; }

}  // namespace threadline::timeline
