// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "logs/reader.h"
#include "timeline/judged.h"

namespace threadline::pipeline {

/// What reading the logs came to, before any conclusion.
struct GatheredLogs {
  std::vector<logs::Event> kept;
  std::vector<logs::Activity> activities;
  std::vector<timeline::EvidenceRemark> remarks;
  bool unreadable = false;  ///< a piece was lost
  bool interrupted = false;
};

/// Reads the logs in these files for what the mails make them be read for. Errors: nobody could read them.
using LogGathering = std::function<Result<GatheredLogs>(const std::vector<std::string>& paths, const logs::Wanted& wanted)>;

}  // namespace threadline::pipeline
