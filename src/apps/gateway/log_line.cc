// SPDX-License-Identifier: Apache-2.0
#include "apps/gateway/log_line.h"

#include <unistd.h>

#include <nlohmann/json.hpp>

#include "base/instant.h"

namespace threadline::gateway {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kRecipients = 10;  ///< of one message that are named

void write_line(const Json& json) {
  const std::string line = json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
}

Json opening(std::time_t time, std::string_view event) {
  return {{"time", rfc3339_utc({static_cast<std::int64_t>(time), 0})}, {"event", event}};
}

void put(Json& json, const char* key, const std::string& value) {
  if (!value.empty()) json[key] = value;
}

Json json_of(const LogEntry& entry) {
  const Session& session = entry.session;
  const Decision& decision = entry.answer.decision;
  Json json = opening(entry.time, "message");
  json["queue_id"] = session.queue_id;
  json["message_id"] = entry.answer.message_id;
  json["direction"] = findings::name_of(entry.answer.direction);
  json["verdict"] = name_of(decision.action);
  if (decision.would != decision.action) json["would"] = name_of(decision.would);
  if (decision.failure != Failure::none) json["failure"] = name_of(decision.failure);
  put(json, "code", decision.code);
  Json codes = Json::array();
  for (const auto& [code, severity] : entry.answer.codes) codes.push_back(code + ":" + severity);
  json["codes"] = std::move(codes);
  json["ms"] = static_cast<double>(entry.microseconds) / 1'000;
  json["id"] = entry.id;
  put(json, "client", session.client_ip);
  put(json, "user", session.user);
  json["sender"] = session.sender;
  Json recipients = Json::array();
  for (const std::string& recipient : session.recipients) {
    if (recipients.size() < kRecipients) recipients.push_back(recipient);
  }
  json["recipients"] = std::move(recipients);
  json["bytes"] = entry.size;
  put(json, "reason", entry.answer.reason);
  return json;
}

}  // namespace

std::string log_text(const LogEntry& entry) { return json_of(entry).dump(-1, ' ', false, Json::error_handler_t::replace); }

void log_message(const LogEntry& entry) { write_line(json_of(entry)); }

void log_event(std::string_view event, std::string_view what) {
  Json json = opening(std::time(nullptr), event);
  json["what"] = what;
  write_line(json);
}

}  // namespace threadline::gateway
