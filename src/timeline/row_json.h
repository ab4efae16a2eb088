// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "threadline/row.h"
#include "timeline/json.h"
#include "timeline/shown.h"

// Included by .cc files of this folder alone: nlohmann_json is no part of any interface (DESIGN).
namespace threadline::timeline {

/// The row as docs/row.schema.json has it, on one line.
[[nodiscard]] std::string row_text(const Row& row);
[[nodiscard]] Json row_json(const Row& row);
/// The same with `qualified`, `struck`, `not_found`, `regraded`, `notes` and `payment` where there are any.
[[nodiscard]] Json row_json(const ShownRow& shown);
/// The row that such an object tells; members that are missing or mistyped are as in an empty row.
[[nodiscard]] Row row_of(const nlohmann::json& json);

}  // namespace threadline::timeline
