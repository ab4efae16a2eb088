// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/instant.h"
#include "threadline/row.h"
#include "timeline/identity.h"
#include "timeline/judged.h"
#include "timeline/rows.h"

namespace threadline::timeline {

/// A row before it has its place and its number.
struct Draft {
  Row row;
  std::optional<Instant> known_at;  ///< what the order rests on
  Identity identity;                ///< what row.id is made from
};
using Drafts = std::vector<Draft>;

/// What a row takes of memory, as a guess.
[[nodiscard]] std::uint64_t bytes_of(const Row& row);

/// A draft with its id, and the fields that every row about one message shares: source, sha256, message_id, known_at.
[[nodiscard]] Draft draft_about(const facts::Facts& facts, Identity identity, const RowSettings& settings);

/// What a row of a finding says of it.
void say_finding(Row& row, const findings::Finding& finding, Language language);

}  // namespace threadline::timeline
