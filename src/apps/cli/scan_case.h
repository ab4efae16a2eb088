// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "apps/cli/options.h"
#include "timeline/journal/import.h"
#include "timeline/rows.h"

namespace threadline::apps {

/// What `scan --case` keeps of the command line and of the evidence as received.
struct CaseImport {
  std::string folder, by;
  std::vector<timeline::EvidenceFile> evidence;
  timeline::journal::Custody custody;
};

/// Adds what the run judged to the case; says on standard error how many rows are new, and the head.
/// Errors: as timeline::journal::import_rows.
[[nodiscard]] Result<void> import_run(const pipeline::Run& run, const CaseImport& brought, const EvidenceOptions& options,
                                      const timeline::RowSettings& settings);

}  // namespace threadline::apps
