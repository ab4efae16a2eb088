// SPDX-License-Identifier: Apache-2.0
#include "logs/json_record.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "logs/names.h"
#include "text/fold.h"

namespace threadline::logs {
namespace {

constexpr std::size_t kDepth = 3;  ///< levels of a record whose members may be columns

using Members = std::vector<std::pair<std::string, std::string>>;

bool has(const JsonObject& object, std::string_view name) {
  Element ignored;
  return object.at_key(name).get(ignored) == simdjson::SUCCESS;
}

void flatten(const JsonObject& object, const std::string& prefix, std::size_t depth, InnerJson& inner, Members& to,
             const Limits& limits) {
  for (const auto& [key, value] : object) {
    if (to.size() >= limits.log_columns) return;
    const std::string name = prefix + text::ascii_lower(key);
    JsonObject nested;
    const bool is_text = value.is_string();
    // A text inside a text would end what the first one gave.
    const bool opened = (depth == 0 && is_text ? inner.of(value) : value).get(nested) == simdjson::SUCCESS;
    if (opened && has(nested, "DateTime") && has(nested, "value")) {
      to.emplace_back(name, member_text(nested, "value"));  // how Windows PowerShell writes a date
    } else if (opened && depth < kDepth) {
      flatten(nested, name == "properties" ? "" : name + ".", depth + 1, inner, to, limits);
    } else {
      to.emplace_back(name, text_of(value));
    }
  }
}

std::optional<Event> table_record(const JsonObject& record, InnerJson& inner, const Limits& limits, const ClockSettings& clock) {
  Members flat;
  flatten(record, "", 0, inner, flat, limits);
  std::vector<std::string> names;
  names.reserve(flat.size());
  for (const auto& [name, value] : flat) names.push_back(name);
  const auto format = format_of_columns(names);
  if (!format || *format == Format::m365_audit || *format == Format::entra_audit) return std::nullopt;
  FieldsByRank fields(*format);
  for (const auto& [name, value] : flat) fields.set(name, value);
  return event_of(*format, fields.values, clock);
}

/// "a@firm.example;b@firm.example": a list as text_of joins it.
void add_recipients(Event& event, std::string_view text) {
  while (!text.empty()) {
    const auto end = std::min(text.find(';'), text.size());
    event.recipients.push_back(account_key(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

/// One line a message of threadline's own gateway (docs/gateway.md); its other lines say what it did.
Event gateway_event(const JsonObject& record) {
  Event event;
  event.format = Format::gateway;
  event.time = read_clock(member_text(record, "time"), {});
  event.queue_id = member_text(record, "queue_id");
  event.outcome = member_text(record, "verdict");
  event.operation = event.outcome;
  event.reason = member_text(record, "codes") + member_text(record, "what");
  event.identity = member_text(record, "id");
  event.actor = account_key(member_text(record, "user"));
  event.ip = bare_ip(member_text(record, "client"));
  event.subject = member_text(record, "subject");
  event.sender = account_key(member_text(record, "sender"));
  add_recipients(event, member_text(record, "recipients"));
  if (auto id = member_text(record, "message_id"); !id.empty()) event.mails.push_back({std::move(id), event.subject});
  event.act = event.outcome == "hold"       ? Act::mail_held
              : event.outcome == "reject"   ? Act::mail_rejected
              : event.outcome == "tempfail" ? Act::mail_deferred
              : event.outcome.empty()       ? Act::other
                                            : Act::mail_accepted;
  return event;
}

/// A date, or the value of one as Windows PowerShell writes it.
std::string date_text(const JsonObject& record, std::string_view name) {
  JsonObject date;
  return record.at_key(name).get(date) == simdjson::SUCCESS ? member_text(date, "value") : member_text(record, name);
}

std::optional<Event> from_audit_data(const JsonObject& record, Element data, InnerJson& inner, const Limits& limits,
                                     const ClockSettings& clock) {
  JsonObject object;
  // The text is read by a parser of its own: what it holds may hold texts again.
  if (data.get(object) == simdjson::SUCCESS) return audit_event(object, inner, limits);
  std::string_view text;
  simdjson::dom::parser parser(limits.log_record_bytes);
  if (data.get(text) == simdjson::SUCCESS) {
    if (auto event = audit_data_event(text, parser, inner, limits)) return event;
  }
  Fields fields{};
  const std::string when = date_text(record, "CreationDate");
  const std::string operation = member_text(record, "Operations") + member_text(record, "Operation");
  const std::string user = member_text(record, "UserIds") + member_text(record, "UserId");
  const std::string identity = member_text(record, "Identity");
  fields[static_cast<std::size_t>(Field::time)] = when;
  fields[static_cast<std::size_t>(Field::action)] = operation;
  fields[static_cast<std::size_t>(Field::actor)] = user;
  fields[static_cast<std::size_t>(Field::identity)] = identity;
  return audit_row_event(fields, clock);
}

}  // namespace

std::optional<Event> json_event(const JsonObject& record, InnerJson& inner, const Limits& limits, const ClockSettings& clock) {
  Element data;
  if (record.at_key("AuditData").get(data) == simdjson::SUCCESS) return from_audit_data(record, data, inner, limits, clock);
  if (has(record, "Operation") &&
      (has(record, "CreationTime") || has(record, "Workload") || has(record, "OfficeWorkload") || has(record, "RecordType")))
    return audit_event(record, inner, limits);
  if (has(record, "initiatedBy") || has(record, "InitiatedBy")) return directory_event(record, inner, limits);
  if (JsonObject properties; record.at_key("properties").get(properties) == simdjson::SUCCESS && has(properties, "initiatedBy"))
    return directory_event(properties, inner, limits);
  if (has(record, "events") && has(record, "actor") && has(record, "id")) return google_event(record, limits);
  if (has(record, "event") && (has(record, "verdict") || has(record, "what"))) return gateway_event(record);
  return table_record(record, inner, limits, clock);
}

std::optional<Event> audit_data_event(std::string_view text, simdjson::dom::parser& parser, InnerJson& inner,
                                      const Limits& limits) {
  Element element;
  JsonObject object;
  if (text.empty() || parser.parse(text.data(), text.size(), true).get(element) != simdjson::SUCCESS ||
      element.get(object) != simdjson::SUCCESS)
    return std::nullopt;
  return audit_event(object, inner, limits);
}

std::string json_text(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string record_text(const std::vector<std::string>& columns, const std::vector<std::string>& cells) {
  std::string text = "{";
  for (std::size_t i = 0; i < columns.size() && i < cells.size(); ++i) {
    if (cells[i].empty()) continue;
    if (text.size() > 1) text += ',';
    text += json_text(audit_member_named(columns[i])) + ':' + json_text(cells[i]);
  }
  return text + '}';
}

Event directory_row_event(const std::vector<std::string>& columns, const std::vector<std::string>& cells, const Fields& fields,
                          const ClockSettings& clock, const Limits& limits) {
  Event event = event_of(Format::entra_audit, fields, clock);
  event.actor = account_key(event.actor);
  for (std::size_t i = 0; i < columns.size() && i < cells.size(); ++i) {
    constexpr std::string_view kName = "name";
    const std::string_view column = columns[i];
    if (column.find("modifiedproperty") == std::string_view::npos || !column.ends_with(kName) || cells[i].empty()) continue;
    if (event.parameters.size() >= limits.log_parameters) {
      event.notes.push_back({"limit", "log_parameters", {}});
      break;
    }
    const std::string value = std::string(column.substr(0, column.size() - kName.size())) + "newvalue";
    const auto found = std::ranges::find(columns, value);
    const auto at = static_cast<std::size_t>(found - columns.begin());
    event.parameters.emplace_back(cells[i], at < cells.size() ? cells[at] : std::string());
  }
  const std::string target = event.target;
  settle_operation(event);
  if (event.target.empty()) event.target = target;
  return event;
}

Event audit_row_event(const Fields& fields, const ClockSettings& clock) {
  Event event = event_of(Format::m365_audit, fields, clock);
  settle_operation(event);
  event.notes.push_back({"log_audit_data", "", {}});
  return event;
}

}  // namespace threadline::logs
