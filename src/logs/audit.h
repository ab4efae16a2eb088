// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <simdjson.h>

#include "base/limits.h"
#include "logs/clock.h"
#include "logs/event.h"

// Included by .cc files of this folder alone: simdjson is no part of any interface (DESIGN).
namespace threadline::logs {

using Element = simdjson::dom::element;
using JsonObject = simdjson::dom::object;

/// Reads JSON texts that stand inside strings of a record (Sentinel, AuditData). Not for two texts at once.
class InnerJson {
 public:
  explicit InnerJson(const Limits& limits) : parser_(limits.log_record_bytes) {
    [[maybe_unused]] const auto problem = parser_.allocate(0, limits.log_depth);
  }
  /// The element itself, or what its text holds as JSON. Valid until the next text is read.
  [[nodiscard]] Element of(Element element);

 private:
  simdjson::dom::parser parser_;
};

/// The text of the element: a string as it is, numbers and booleans as JSON writes them, lists joined with ";". Empty for null.
[[nodiscard]] std::string text_of(Element element);
[[nodiscard]] std::string member_text(const JsonObject& object, std::string_view name);

/// What a record of the unified audit log says (the AuditData object, or Sentinel's OfficeActivity).
[[nodiscard]] Event audit_event(const JsonObject& record, InnerJson& inner, const Limits& limits);

/// The name of the member whose lower-case name this is ("clientip" -> "ClientIP"), or the name itself.
[[nodiscard]] std::string audit_member_named(std::string_view lower_name);

/// What a record of the Entra audit log says (Graph directoryAudit, Sentinel's AuditLogs).
[[nodiscard]] Event directory_event(const JsonObject& record, InnerJson& inner, const Limits& limits);

/// What an activity of Google Workspace says (Admin SDK, Reports API). Its first event of google_events.def tells the act; the
/// names of all stand in its operation.
[[nodiscard]] Event google_event(const JsonObject& record, const Limits& limits);

/// Sets what an event does from its operation and parameters: a Set-Mailbox that forwards, removes forwarding, or is noise.
void settle_operation(Event& event);

}  // namespace threadline::logs
