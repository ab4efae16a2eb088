// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "logs/audit.h"
#include "logs/table.h"

// Included by .cc files of this folder alone: simdjson is no part of any interface (DESIGN).
namespace threadline::logs {

/// What a JSON record says, by its shape: unified audit, Sentinel, Graph sign-in or directory audit, gateway, or a table's row as
/// JSON. Nothing where the object is none of these.
[[nodiscard]] std::optional<Event> json_event(const JsonObject& record, InnerJson& inner, const Limits& limits,
                                              const ClockSettings& clock);

/// What the text of AuditData says. Nothing where it is no JSON object.
[[nodiscard]] std::optional<Event> audit_data_event(std::string_view text, simdjson::dom::parser& parser, InnerJson& inner,
                                                    const Limits& limits);

/// The text as JSON writes it, with its quotes.
[[nodiscard]] std::string json_text(std::string_view text);

/// A table's row as the text of a JSON record: columns (column_name) that are members of an audit record get the member's name.
[[nodiscard]] std::string record_text(const std::vector<std::string>& columns, const std::vector<std::string>& cells);

/// A row of the Entra portal's audit log: its changes stand in columns of their own ("Target1ModifiedProperty1Name" ...).
/// Limits: log_parameters.
[[nodiscard]] Event directory_row_event(const std::vector<std::string>& columns, const std::vector<std::string>& cells,
                                        const Fields& fields, const ClockSettings& clock, const Limits& limits);

/// A row of Search-UnifiedAuditLog whose AuditData is empty or broken: what the other columns say.
[[nodiscard]] Event audit_row_event(const Fields& fields, const ClockSettings& clock);

}  // namespace threadline::logs
