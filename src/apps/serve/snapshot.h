// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "pipeline/analysis.h"
#include "timeline/explain.h"
#include "timeline/shown.h"

namespace threadline::apps::serve {

using timeline::Language;
using timeline::ShownRow;
using timeline::Tab;

/// One of the two languages' copies.
[[nodiscard]] constexpr std::size_t at(Language language) { return language == Language::fr ? 0 : 1; }

/// The rows of a tab in one language, and what a search for text looks in.
struct Listed {
  std::vector<ShownRow> rows;
  std::vector<std::string> searched;  ///< folded, parallel to rows
};

/// What the page shows at one moment: never changed once it is made, so that requests read it while the next one is made.
struct Snapshot {
  std::uint64_t version = 0;
  bool is_provisional = false;               ///< evidence is still being read: rows have no number yet
  std::string title;                         ///< of the case
  std::string zone;                          ///< IANA name in which rows show time, or empty
  std::string head;                          ///< of the journal
  std::array<std::string, 2> fault;          ///< where the journal's chain is broken, in words, by language; empty: it is whole
  std::array<Listed, 2> timeline, actions;   ///< by language
  std::array<std::string, 2> verdict;        ///< JSON, by language (verdict.h)
  std::shared_ptr<const pipeline::Run> run;  ///< of the evidence of this session, or nullptr
  timeline::Family family;
  std::unordered_map<std::string, const timeline::Judged*> messages;  ///< of `run`, by the id of their row
  std::vector<std::string> own_domains;
};

/// Which rows are asked for. Empty members ask for nothing.
struct RowFilter {
  std::string text, severity, actor, code, from, to;  ///< severity: that one or more; from, to: days or times, as in rows
  std::string zone;                                   ///< IANA name in which days are meant; empty: as rows show them
  bool only_findings = false;
  std::uint64_t offset = 0, limit = 200;
};

/// {"total", "of", "offset", "rows": [...], "provisional", "version"}: rows as docs/row.schema.json without `evidence`.
/// Limits: answer_rows.
[[nodiscard]] std::string rows_json(const Snapshot& snapshot, Tab tab, Language language, const RowFilter& filter);

/// The row of that id with its evidence and its place; "{}" where there is none.
[[nodiscard]] std::string row_json_of(const Snapshot& snapshot, Language language, const std::string& id);

/// {"actors": [{"value", "count"}], "codes": [...], "severities": [...]}: what filters can be set to, the most frequent first.
[[nodiscard]] std::string facets_json(const Snapshot& snapshot, Language language);

/// Rows of an exhibit as a tab in one language. Rows of `hidden` ids are left out.
[[nodiscard]] Listed listed(const timeline::Exhibit& exhibit, Tab tab, const std::unordered_set<std::string>& hidden);

/// Adds the rows that `to` has not (by id), in the order of a case; they have no number.
void add_unnumbered(Listed& to, std::vector<Row> rows);

/// Adds a row with a number at its place in time; marks the row of that number where the list has it.
void add_row(Listed& to, ShownRow shown);
void mark_row(Listed& list, std::uint64_t number, const timeline::Remark& remark,
              const std::function<void(ShownRow&, timeline::Remark)>& mark);

/// The rows of both tabs as an exhibit, for verdict and exports. `snapshot` must outlive it.
[[nodiscard]] timeline::Exhibit exhibit_of(const Snapshot& snapshot, Language language);

}  // namespace threadline::apps::serve
