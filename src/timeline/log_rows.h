// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "timeline/draft.h"
#include "timeline/logged.h"

namespace threadline::timeline {

/// A row for each record (left out with Events::none) and one for each of its findings.
[[nodiscard]] Drafts log_rows(const std::vector<Logged>& logged, const RowSettings& settings);

}  // namespace threadline::timeline
