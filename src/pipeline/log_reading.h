// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "pipeline/analysis.h"

namespace threadline::pipeline {

/// How evidence is read in a run.
[[nodiscard]] evidence::Settings evidence_settings(const RunSettings& settings);

/// How the mails are read: logs among the files are passed over and their paths kept (each once, without what stands behind "!").
[[nodiscard]] evidence::Settings settings_for_mails(const RunSettings& settings, std::vector<std::string>& log_paths);

/// Reads the logs in these files, in workers, for what is wanted. Memory does not grow with the logs: what names nothing of the
/// case is counted. Logs of mail queues are read twice: first for the queue ids of the case's mails, then for their lines.
/// Errors: workers that cannot be started.
[[nodiscard]] Result<GatheredLogs> gather_logs(const std::vector<std::string>& paths, const RunSettings& settings,
                                               const logs::Wanted& wanted);

/// The same now that the mails tell what to look for (settings.gather_logs, or here), with what is concluded; adds rows and
/// remarks to the run. Errors: as gather_logs.
[[nodiscard]] Result<void> read_logs(const std::vector<std::string>& paths, const RunSettings& settings,
                                     const policy::Policy& policy, Run& run);

}  // namespace threadline::pipeline
