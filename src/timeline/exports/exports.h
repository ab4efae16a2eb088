// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "base/result.h"
#include "timeline/csv_record.h"
#include "timeline/shown.h"

/// Renderings of an exhibit. Each is a function of it: the same exhibit gives the same bytes. Rows stream through: csv, jsonl,
/// timesketch and iris in the order for programs, the others in that for people.
namespace threadline::timeline {

/// What an export did not write.
struct LeftOut {
  std::uint64_t undated = 0;  ///< rows without a time, where the format demands one
};

/// The columns of the spreadsheet, then verdict, struck and number.
void export_csv(std::ostream& out, const Exhibit& exhibit, Tab tab, const CsvForm& form);
/// One object a line: docs/row.schema.json with `qualified`, `struck`, `not_found`, `regraded`, `notes`, `payment`; `row` is the
/// position among them, `number` the row's own in its case.
void export_jsonl(std::ostream& out, const Exhibit& exhibit, const std::vector<Tab>& tabs);
/// The same for who answers with a row of the case: `row` is that number.
void show_jsonl(std::ostream& out, const Exhibit& exhibit, const std::vector<Tab>& tabs);
/// Timesketch: message, datetime, timestamp_desc first. Source: https://timesketch.org/guides/user/import-from-json-csv/
/// Row by row, for rows that are not all in memory; the titles are written at once.
class TimesketchLines {
 public:
  TimesketchLines(std::ostream& out, Language language, bool as_jsonl);
  void add(const ShownRow& shown);
  [[nodiscard]] const LeftOut& left_out() const { return left_; }

 private:
  std::ostream& out_;
  Language language_;
  bool as_jsonl_;
  LeftOut left_;
};
[[nodiscard]] LeftOut export_timesketch(std::ostream& out, const Exhibit& exhibit, const std::vector<Tab>& tabs, bool as_jsonl);
/// DFIR-IRIS: an array of what POST case/timeline/events/add takes. Source: docs.dfir-iris.org, API reference 2.0
[[nodiscard]] LeftOut export_iris(std::ostream& out, const Exhibit& exhibit, const std::vector<Tab>& tabs);
/// Synthesis, both tabs, evidence. Nothing of the evidence is markup, link or HTML in it.
void export_markdown(std::ostream& out, const Exhibit& exhibit);
/// One page: no script, no remote reference; to read and to print.
void export_html(std::ostream& out, const Exhibit& exhibit);

/// For a terminal: number, time, actor, action, then the comment below.
void write_listing(std::ostream& out, const Exhibit& exhibit, Tab tab);

/// For management, the bank, the police: facts with their row numbers, what cannot wait first. Mails marked personal appear with
/// headers only unless `include_private`.
void write_report(std::ostream& out, const Exhibit& exhibit, bool include_private);

/// Bounds of the format. Source: Excel specifications and limits.
struct WorkbookForm {
  std::uint32_t cell_units = 32'767;     ///< UTF-16 units of one cell; what is beyond goes on in the row below
  std::uint32_t sheet_rows = 1'048'576;  ///< what is beyond goes on in the next sheet
  std::string temporary_folder = "/tmp";
};

/// What splitting came to.
struct Workbook {
  std::uint64_t split_cells = 0, more_sheets = 0;
};

/// The workbook: synthesis, the two tabs of the article, evidence. Memory does not grow with the rows.
/// Errors: the file cannot be written.
[[nodiscard]] Result<Workbook> write_workbook(const std::string& path, const Exhibit& exhibit, const WorkbookForm& form);

}  // namespace threadline::timeline
