// SPDX-License-Identifier: Apache-2.0
#include "logs/audit.h"
#include "logs/names.h"
#include "text/fold.h"

namespace threadline::logs {
namespace {

/// The first of these members that the object has, any letter case of the first letter.
std::string first_text(const JsonObject& object, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    Element found;
    if (object.at_key_case_insensitive(name).get(found) != simdjson::SUCCESS) continue;
    if (auto text = text_of(found); !text.empty()) return text;
  }
  return {};
}

bool open_object(const JsonObject& object, std::string_view name, InnerJson& inner, JsonObject& found) {
  Element element;
  return object.at_key_case_insensitive(name).get(element) == simdjson::SUCCESS &&
         inner.of(element).get(found) == simdjson::SUCCESS;
}

/// "\"Mail.Read\"" -> "Mail.Read": the log writes values as JSON texts.
std::string unquoted(std::string text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') return text.substr(1, text.size() - 2);
  return text;
}

void take_initiator(Event& event, const JsonObject& record, InnerJson& inner) {
  JsonObject by;
  if (!open_object(record, "initiatedBy", inner, by)) return;
  JsonObject user;
  if (by.at_key("user").get(user) == simdjson::SUCCESS) {
    event.actor = account_key(first_text(user, {"userPrincipalName", "displayName", "id"}));
    event.ip = bare_ip(first_text(user, {"ipAddress"}));
    return;
  }
  JsonObject app;
  if (by.at_key("app").get(app) != simdjson::SUCCESS) return;
  event.actor = first_text(app, {"displayName", "appId"});
  event.by_system = true;
}

void take_changes(Event& event, const JsonObject& target, const Limits& limits) {
  simdjson::dom::array changes;
  if (target.at_key_case_insensitive("modifiedProperties").get(changes) != simdjson::SUCCESS) return;
  for (const Element change : changes) {
    JsonObject object;
    if (change.get(object) != simdjson::SUCCESS || event.parameters.size() >= limits.log_parameters) continue;
    event.parameters.emplace_back(first_text(object, {"displayName"}), unquoted(first_text(object, {"newValue"})));
  }
}

void take_targets(Event& event, const JsonObject& record, InnerJson& inner, const Limits& limits) {
  Element element;
  simdjson::dom::array targets;
  if (record.at_key_case_insensitive("targetResources").get(element) != simdjson::SUCCESS ||
      inner.of(element).get(targets) != simdjson::SUCCESS)
    return;
  for (const Element target : targets) {
    JsonObject object;
    if (target.get(object) != simdjson::SUCCESS) continue;
    if (event.target.empty()) event.target = first_text(object, {"userPrincipalName", "displayName", "id"});
    take_changes(event, object, limits);
  }
}

}  // namespace

Event directory_event(const JsonObject& record, InnerJson& inner, const Limits& limits) {
  Event event;
  event.format = Format::entra_audit;
  event.operation = first_text(record, {"activityDisplayName", "operationName"});
  const std::string when = first_text(record, {"activityDateTime", "TimeGenerated", "time"});
  event.time = read_clock(when, {});
  if (!event.time) event.notes.push_back({"log_time", when, {}});
  event.identity = first_text(record, {"id"});
  event.outcome = first_text(record, {"result", "resultType"});
  event.reason = first_text(record, {"resultReason"});
  take_initiator(event, record, inner);
  take_targets(event, record, inner, limits);
  const std::string target = event.target;
  settle_operation(event);
  if (event.target.empty()) event.target = target;
  return event;
}

}  // namespace threadline::logs
