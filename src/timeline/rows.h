// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/severity.h"
#include "text/zone.h"
#include "threadline/row.h"
#include "timeline/judged.h"
#include "timeline/judged_list.h"
#include "timeline/logged.h"
#include "timeline/row_cut.h"
#include "timeline/words.h"

namespace threadline::timeline {

enum class Events { all, none, hops };

/// How rows are shown; the rows' identities do not depend on it.
struct RowSettings {
  Language language = Language::en;
  std::optional<text::Zone> zone;        ///< --tz or the policy's; none: each message's own offset
  std::optional<Severity> min_severity;  ///< findings below are left out
  Events events = Events::all;
  std::string source_label;
  RowCut cut = {};  ///< the rows of one shard alone; they are numbered from 1
};

/// How much of the rows is kept in memory while they are put in order.
struct SortSettings {
  std::uint64_t memory_bytes = ~std::uint64_t{0};  ///< beyond, sorted runs of rows go to a file
  std::string folder = "/tmp";                     ///< of that file, which has no name there
};

/// The rows of a run in the contract's order (known_at, source, id; without a time last), numbered from 1.
/// A quoted message whose original is in evidence gives no row; one quoted by several messages gives one.
/// The own side is `own` (policy::Side); the ids rest on sha256, part, level, code and subject alone.
/// `logged`: what the logs beside the mails tell.
[[nodiscard]] std::vector<Row> rows_of(const std::vector<Judged>& judged, const std::vector<EvidenceRemark>& remarks,
                                       const RowSettings& settings, const std::vector<Logged>& logged = {});

/// The same rows of a run of any size, one after another. `take` answers false to stop. `on_message` is called after each message
/// was drafted; it answers false to stop. Answers whether all were given.
/// Threads: with `threads`, so many draft rows, and `take` is called by one of its own.
/// Errors: rows that do not fit into memory cannot be written to a file, or read again.
struct RowTaking {
  SortSettings sort;
  std::function<bool(Row&&)> take;
  std::function<bool(std::size_t done)> on_message = {};
  unsigned threads = 0;
};
[[nodiscard]] Result<bool> each_row(const JudgedList& judged, const std::vector<EvidenceRemark>& remarks,
                                    const std::vector<Logged>& logged, const RowSettings& settings, const RowTaking& taking);

/// The same, all in memory.
[[nodiscard]] Result<std::vector<Row>> all_rows(const JudgedList& judged, const std::vector<EvidenceRemark>& remarks,
                                                const std::vector<Logged>& logged, const RowSettings& settings,
                                                unsigned threads = 0);

/// The row of one finding of that message, without its number.
[[nodiscard]] Row finding_row(const Judged& judged, const findings::Finding& finding, const RowSettings& settings);

/// The stable id of a message's row; of its quoted block (also `conversation.quoted[].id` of explain).
[[nodiscard]] std::string message_row_id(const facts::Facts& facts);
[[nodiscard]] std::string quoted_row_id(const facts::Facts& facts, std::size_t block);
/// That of a log's record.
[[nodiscard]] std::string log_row_id(const Logged& logged);

}  // namespace threadline::timeline
