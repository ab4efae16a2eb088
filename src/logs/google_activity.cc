// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "logs/audit.h"
#include "logs/names.h"

namespace threadline::logs {
namespace {

struct GoogleEvent {
  std::string_view name;
  Act act;
};

constexpr auto kEvents = std::to_array<GoogleEvent>({
#define THREADLINE_GOOGLE_EVENT(name, act) {name, Act::act},
#include "logs/google_events.def"
#undef THREADLINE_GOOGLE_EVENT
});

std::string text_in(const JsonObject& record, std::string_view object_name, std::string_view name) {
  JsonObject object;
  return record.at_key(object_name).get(object) == simdjson::SUCCESS ? member_text(object, name) : std::string();
}

/// {"name": "scope", "multiValue": [...]}: the value stands in a member named by its type.
std::string value_in(const JsonObject& parameter) {
  for (const std::string_view name : {"value", "multiValue", "boolValue", "intValue", "multiIntValue"}) {
    if (auto text = member_text(parameter, name); !text.empty()) return text;
  }
  return {};
}

void take_parameters(Event& event, const JsonObject& from, const Limits& limits) {
  simdjson::dom::array parameters;
  if (from.at_key("parameters").get(parameters) != simdjson::SUCCESS) return;
  for (const Element one : parameters) {
    JsonObject parameter;
    if (one.get(parameter) != simdjson::SUCCESS) continue;
    if (event.parameters.size() >= limits.log_parameters) {
      event.notes.push_back({"limit", "log_parameters", {}});
      return;
    }
    event.parameters.emplace_back(member_text(parameter, "name"), value_in(parameter));
  }
}

/// What the parameters say of its act.
void settle(Event& event) {
  const auto value = [&](std::string_view name) {
    const std::string* found = parameter_of(event, name);
    return found == nullptr ? std::string() : *found;
  };
  if (const std::string affected = account_key(value("affected_email_address")); !affected.empty()) event.actor = affected;
  if (event.act == Act::forwarding_set) event.target = account_key(value("email_forwarding_destination_address"));
  if (event.act == Act::consent_granted) event.target = value("app_name");
  if (event.act == Act::login_failed) event.reason = value("login_failure_type");
  if (event.act == Act::login && value("is_suspicious") == "true") event.reason = "is_suspicious";
}

}  // namespace

Event google_event(const JsonObject& record, const Limits& limits) {
  Event event;
  event.format = Format::google_audit;
  const std::string when = text_in(record, "id", "time");
  event.time = read_clock(when, {});
  if (!event.time) event.notes.push_back({"log_time", when, {}});
  event.identity = text_in(record, "id", "uniqueQualifier");
  if (!event.identity.empty()) event.identity += " " + text_in(record, "id", "applicationName") + " " + when;
  event.actor = account_key(text_in(record, "actor", "email"));
  event.ip = bare_ip(member_text(record, "ipAddress"));
  event.country = text_in(record, "networkInfo", "regionCode");
  simdjson::dom::array events;
  if (record.at_key("events").get(events) != simdjson::SUCCESS) return event;
  for (const Element one : events) {
    JsonObject object;
    if (one.get(object) != simdjson::SUCCESS) continue;
    const std::string name = member_text(object, "name");
    const auto known = std::ranges::find(kEvents, name, &GoogleEvent::name);
    event.operation += (event.operation.empty() ? "" : ", ") + name;
    if (event.act == Act::other && known != kEvents.end()) event.act = known->act;
    take_parameters(event, object, limits);
  }
  settle(event);
  return event;
}

}  // namespace threadline::logs
