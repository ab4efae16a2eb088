// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "timeline/draft.h"

namespace threadline::timeline {

/// Rows about the evidence of one message: what could not be read, what is malformed, which limits were reached, duplicates.
/// One row a code (findings.md, "Evidence").
[[nodiscard]] Drafts evidence_rows(const Judged& judged, const RowSettings& settings);

/// The row of something that belongs to no message.
[[nodiscard]] Draft evidence_row(const EvidenceRemark& remark, const RowSettings& settings);

/// All notes about a message and its judgement, each once.
[[nodiscard]] std::vector<Note> notes_of(const Judged& judged);

}  // namespace threadline::timeline
