// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "threadline/row.h"
#include "timeline/words.h"

namespace threadline::timeline {

/// The columns of the spreadsheet (cli.md, Rows), as keys of words.def.
inline constexpr std::array<std::string_view, 12> kColumns{
    "column.date",    "column.time",     "column.zone", "column.source",     "column.actor",  "column.action",
    "column.comment", "column.severity", "column.code", "column.message_id", "column.sha256", "column.id"};

/// The row's cells in that order, as they are in the evidence: not yet made visible, not yet quoted.
[[nodiscard]] std::array<std::string, kColumns.size()> cells_of(const Row& row, Language language);

/// "05/04/2018" in French, "2018-04-05" in English; empty without a time.
[[nodiscard]] std::string date_of(const Row& row, Language language);
/// "10:37"
[[nodiscard]] std::string clock_of(const Row& row);

}  // namespace threadline::timeline
