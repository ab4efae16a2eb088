// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "timeline/shown.h"

namespace threadline::apps::serve {

/// A stretch of a name, and whether the other name has it too; one without text is where the other name has more.
struct Stretch {
  std::string text;
  bool is_same = true;
};

/// Both names cut where they differ (by code points; the longest common subsequence).
struct MarkedNames {
  std::vector<Stretch> first, second;
};
[[nodiscard]] MarkedNames marked(std::string_view first, std::string_view second);

/// The first panel as a JSON object: {"level", "sentence", "advice", "row", "accounts", "domains", "stranger", "points", "todo",
/// "counts"}. It rests on the findings of the rows alone and claims no more than they do; rows that a person struck or called
/// legitimate do not speak. Shapes: docs/openapi.json.
[[nodiscard]] std::string verdict_json(const timeline::Exhibit& exhibit);

}  // namespace threadline::apps::serve
