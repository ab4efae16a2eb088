// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "threadline/row.h"
#include "timeline/csv_record.h"
#include "timeline/words.h"

namespace threadline::timeline {

/// One JSON object a line (docs/row.schema.json).
void write_jsonl(std::ostream& out, const std::vector<Row>& rows);
/// The spreadsheet's columns (cli.md, Rows); RFC 4180, UTF-8 with BOM; formula cells neutralised, control and bidi characters
/// shown.
void write_csv(std::ostream& out, const std::vector<Row>& rows, Language language, const CsvForm& form = {});
/// The same piece by piece: the first line of csv, then a row at a time.
void write_jsonl_row(std::ostream& out, const Row& row);
void write_csv_titles(std::ostream& out, Language language, const CsvForm& form);
void write_csv_row(std::ostream& out, const Row& row, Language language, const CsvForm& form);
/// For a terminal of that many columns; `colour`: ANSI colours by severity.
void write_table(std::ostream& out, const std::vector<Row>& rows, Language language, unsigned columns, bool colour);

}  // namespace threadline::timeline
