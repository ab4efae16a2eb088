// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "timeline/draft.h"

namespace threadline::timeline {

/// One row for each message that is known from quoted history only, whoever quotes it. Two quoted copies are one message when the
/// author and the minute are the same; where a copy's zone is only assumed, also when whole hours and the same words tell so.
/// The row's identity, and when it was known, are those of the first copy (in the order of judgement).
[[nodiscard]] Drafts quoted_rows(const std::vector<Judged>& judged, const RowSettings& settings);

}  // namespace threadline::timeline
