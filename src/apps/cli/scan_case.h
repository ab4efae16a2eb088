// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "apps/cli/options.h"
#include "pipeline/judgement.h"
#include "timeline/journal/import.h"
#include "timeline/rows.h"

namespace threadline::apps {

/// What `scan --case` keeps of the command line and of the evidence as received.
struct CaseImport {
  std::string folder;
  timeline::journal::Stamp stamp;  ///< who; when is asked when it is written
  std::vector<timeline::EvidenceFile> evidence;
  timeline::journal::Custody custody;
  std::optional<std::uint64_t> context;  ///< messages that the case's memory knows; without it, nothing
};

/// Asks before an hour of analysis whether its rows can be written. Errors: as timeline::journal::Appender::open.
[[nodiscard]] Result<void> is_case_writable(const CaseImport& brought);

/// Adds what the run judged to the case; says on standard error how many rows are new, and the head.
/// Errors: as timeline::journal::import_rows; the judgement cannot be read.
[[nodiscard]] Result<void> import_run(const pipeline::Judgement& judgement, const CaseImport& brought,
                                      const EvidenceOptions& options, const timeline::RowSettings& settings);

}  // namespace threadline::apps
