// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/severity.h"
#include "text/zone.h"
#include "threadline/row.h"
#include "timeline/judged.h"
#include "timeline/logged.h"
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
};

/// The rows of a run in the contract's order (known_at, source, id; without a time last), numbered from 1.
/// A quoted message whose original is in evidence gives no row; one quoted by several messages gives one.
/// The own side is `own` (policy::Side); the ids rest on sha256, part, level, code and subject alone.
/// `logged`: what the logs beside the mails tell.
[[nodiscard]] std::vector<Row> rows_of(const std::vector<Judged>& judged, const std::vector<EvidenceRemark>& remarks,
                                       const RowSettings& settings, const std::vector<Logged>& logged = {});

/// The stable id of a message's row; of its quoted block (also `conversation.quoted[].id` of explain).
[[nodiscard]] std::string message_row_id(const facts::Facts& facts);
[[nodiscard]] std::string quoted_row_id(const facts::Facts& facts, std::size_t block);
/// That of a log's record.
[[nodiscard]] std::string log_row_id(const Logged& logged);

}  // namespace threadline::timeline
