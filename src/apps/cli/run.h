// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "apps/cli/options.h"
#include "base/result.h"
#include "pipeline/analysis.h"

namespace threadline::apps {

/// Analyses the paths of the command line, with progress on standard error where that is a terminal.
/// Errors: as pipeline::analyse.
[[nodiscard]] Result<pipeline::Run> analysed(const EvidenceOptions& options, pipeline::RunSettings settings);

/// Whether the output file stays as it was: the run was interrupted, and a file is written whole or not at all.
[[nodiscard]] bool is_output_left(const pipeline::Run& run, const EvidenceOptions& options);

/// Says on standard error what the rows cannot say about the run; answers the exit status that it gives (0, 3, 130).
[[nodiscard]] int closing_status(const pipeline::Run& run, const EvidenceOptions& options);

}  // namespace threadline::apps
