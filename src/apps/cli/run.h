// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "apps/cli/options.h"
#include "apps/cli/progress.h"
#include "base/result.h"
#include "pipeline/analysis.h"
#include "pipeline/judgement.h"

namespace threadline::apps {

/// Analyses the paths of the command line, with progress on standard error. All is in memory then.
/// Errors: as pipeline::analyse.
[[nodiscard]] Result<pipeline::Run> analysed(const EvidenceOptions& options, pipeline::RunSettings settings);
/// The same for a run of any size.
[[nodiscard]] Result<std::unique_ptr<pipeline::Judgement>> judged(const EvidenceOptions& options, pipeline::RunSettings settings,
                                                                  Progress& progress);

/// Of all that the facts of a message depend on beside it: version, options, and the content of the files that they name.
/// Errors: such a file cannot be read.
[[nodiscard]] Result<std::string> fingerprint_of(const EvidenceOptions& options);

/// How a run ended.
struct Ending {
  bool unreadable = false, interrupted = false;
  bool is_whole = true;  ///< false: interrupted while it judged or wrote, so that there are no rows
};

/// Whether the output file stays as it was: the run was interrupted, and a file is written whole or not at all.
[[nodiscard]] bool is_output_left(const Ending& ending, const EvidenceOptions& options);

/// Says on standard error what the rows cannot say about the run; answers the exit status that it gives (0, 3, 130).
[[nodiscard]] int closing_status(const Ending& ending, const EvidenceOptions& options);

}  // namespace threadline::apps
