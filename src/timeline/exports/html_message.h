// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "timeline/exports/markup.h"
#include "timeline/shown.h"

namespace threadline::timeline {

/// A message with findings, and what is said of it.
struct Told {
  ShownRow message;
  std::vector<ShownRow> findings;
};

/// What a page must know of a row that a conversation names.
struct NamedRow {
  std::uint64_t number = 0;
  std::string moment, action;
  enum class Doubt { none, doubtful, false_one } doubt = Doubt::none;
};
using NamedRows = std::unordered_map<std::string, NamedRow>;  ///< by id of the row

/// Ids of the rows that the message's conversation names.
[[nodiscard]] std::vector<std::string> named_in(const ShownRow& message);

/// What a standing finding makes of its message: `false_one` where somebody takes another's place, `doubtful` for any other
/// finding of high or more. Heuristic: as the actors of docs/cli.md.
[[nodiscard]] NamedRow::Doubt doubt_of(const ShownRow& finding);

/// A message with its findings, their evidence, accounts before and after side by side, the conversation with the false message
/// marked, the route and what servers said of it.
void write_message(Markup& page, const Told& told, const NamedRows& rows);

}  // namespace threadline::timeline
