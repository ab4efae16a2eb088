// SPDX-License-Identifier: Apache-2.0
#include "apps/gateway/held_mail.h"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

namespace threadline::gateway {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t kDay = 86'400;

std::string text_at(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::int64_t number_at(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

/// The object that a line holds, whatever stands before it.
Json object_in(const std::string& line) {
  const std::size_t at = line.find('{');
  return at == std::string::npos ? Json()
                                 : Json::parse(line.begin() + static_cast<std::ptrdiff_t>(at), line.end(), nullptr, false);
}

/// "2026-11-29T00:00:00Z" in seconds since 1970; 0 where it is none.
std::int64_t seconds_of_time(const std::string& time) {
  std::tm civil{};
  if (strptime(time.c_str(), "%Y-%m-%dT%H:%M:%SZ", &civil) == nullptr) return 0;
  return timegm(&civil);
}

HeldMail held_of(const Json& entry) {
  HeldMail held;
  held.queue_id = text_at(entry, "queue_id");
  held.sender = text_at(entry, "sender");
  held.arrived = number_at(entry, "arrival_time");
  held.bytes = static_cast<std::uint64_t>(std::max<std::int64_t>(number_at(entry, "message_size"), 0));
  for (const Json& recipient : entry.value("recipients", Json::array())) {
    if (recipient.is_object()) held.recipients.push_back(text_at(recipient, "address"));
  }
  return held;
}

void take_reason(const Json& line, HeldMail& held) {
  held.direction = text_at(line, "direction");
  held.code = text_at(line, "code");
  held.reason = text_at(line, "reason");
  held.id = text_at(line, "id");
  held.message_id = text_at(line, "message_id");
}

}  // namespace

Queue read_queue(std::istream& lines) {
  Queue queue;
  std::uint64_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const Json entry = object_in(line);
    const bool is_entry = entry.is_object() && !text_at(entry, "queue_name").empty() && !text_at(entry, "queue_id").empty();
    if (!is_entry && queue.unread++ == 0) queue.first_unread = number;
    if (is_entry && text_at(entry, "queue_name") == "hold") queue.held.push_back(held_of(entry));
  }
  return queue;
}

void take_reasons(std::istream& log, std::vector<HeldMail>& held) {
  std::map<std::string, HeldMail*> by_id;
  for (HeldMail& one : held) by_id[one.queue_id] = &one;
  for (std::string text; std::getline(log, text);) {
    const Json line = object_in(text);
    if (!line.is_object() || text_at(line, "event") != "message" || text_at(line, "verdict") != "hold") continue;
    const auto found = by_id.find(text_at(line, "queue_id"));
    if (found == by_id.end() || seconds_of_time(text_at(line, "time")) + kDay < found->second->arrived) continue;
    take_reason(line, *found->second);
  }
}

std::optional<std::int64_t> seconds_of(std::string_view duration) {
  constexpr std::pair<char, std::int64_t> kUnits[] = {{'s', 1}, {'m', 60}, {'h', 3'600}, {'d', kDay}};
  std::uint32_t count = 0;
  const auto [end, problem] = std::from_chars(duration.data(), duration.data() + duration.size(), count);
  if (problem != std::errc{} || end + 1 != duration.data() + duration.size()) return std::nullopt;
  for (const auto& [unit, seconds] : kUnits) {
    if (*end == unit) return count * seconds;
  }
  return std::nullopt;
}

std::string age_text(std::int64_t seconds) {
  const std::int64_t minutes = std::max<std::int64_t>(seconds, 0) / 60, hours = minutes / 60, days = hours / 24;
  if (days > 0) return fmt::format("{}d {}h", days, hours % 24);
  return hours > 0 ? fmt::format("{}h {:02}m", hours, minutes % 60) : fmt::format("{}m", minutes);
}

std::string to_json(const HeldMail& held, std::int64_t now) {
  const Json json{
      {"queue_id", held.queue_id},     {"arrived", held.arrived}, {"age_seconds", now - held.arrived}, {"sender", held.sender},
      {"recipients", held.recipients}, {"bytes", held.bytes},     {"direction", held.direction},       {"code", held.code},
      {"reason", held.reason},         {"id", held.id},           {"message_id", held.message_id}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace threadline::gateway
