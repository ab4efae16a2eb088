// SPDX-License-Identifier: Apache-2.0
#include "apps/gateway/exchange.h"

#include <cstring>
#include <nlohmann/json.hpp>

#include "pipeline/worker.h"

namespace threadline::gateway {
namespace {

using nlohmann::json;

struct Head {
  std::int64_t arrived = 0;
  std::int64_t session = -1;  ///< Direction, or -1
};

template <class Name>
Name name_at(const json& j, const char* key) {
  return static_cast<Name>(j.at(key).get<int>());
}

}  // namespace

std::string encode(const Question& question) {
  const Head head{question.arrived, question.session ? static_cast<std::int64_t>(*question.session) : -1};
  return std::string(reinterpret_cast<const char*>(&head), sizeof head) + pipeline::encode_item(question.item);
}

std::optional<Question> decode_question(std::string_view bytes) {
  Head head;
  if (bytes.size() < sizeof head + sizeof(std::uint64_t)) return std::nullopt;
  std::memcpy(&head, bytes.data(), sizeof head);
  try {
    Question question;
    question.item = pipeline::decode_item(bytes.substr(sizeof head));
    question.arrived = head.arrived;
    if (head.session >= 0) question.session = static_cast<findings::Direction>(head.session);
    return question;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

std::string encode(const Answer& answer) {
  const Decision& decision = answer.decision;
  const json j{{"action", static_cast<int>(decision.action)},
               {"would", static_cast<int>(decision.would)},
               {"failure", static_cast<int>(decision.failure)},
               {"code", decision.code},
               {"quiet", decision.quiet},
               {"direction", static_cast<int>(answer.direction)},
               {"message_id", answer.message_id},
               {"codes", answer.codes},
               {"reason", answer.reason}};
  return j.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<Answer> decode_answer(std::string_view bytes) {
  const json j = json::parse(bytes, nullptr, false);
  if (!j.is_object()) return std::nullopt;
  try {
    Answer answer;
    answer.decision = {name_at<Action>(j, "action"), name_at<Action>(j, "would"), name_at<Failure>(j, "failure"),
                       j.at("code").get<std::string>(), j.at("quiet").get<bool>()};
    answer.direction = name_at<findings::Direction>(j, "direction");
    j.at("message_id").get_to(answer.message_id);
    j.at("codes").get_to(answer.codes);
    j.at("reason").get_to(answer.reason);
    return answer;
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

std::string framed(std::string_view content) {
  const std::uint64_t length = content.size();
  return std::string(reinterpret_cast<const char*>(&length), sizeof length).append(content);
}

std::optional<std::string_view> whole_frame(std::string_view bytes, std::uint64_t most, bool& too_long) {
  std::uint64_t length = 0;
  if (bytes.size() < sizeof length) return std::nullopt;
  std::memcpy(&length, bytes.data(), sizeof length);
  too_long = length > most;
  if (too_long || bytes.size() - sizeof length < length) return std::nullopt;
  return bytes.substr(sizeof length, length);
}

}  // namespace threadline::gateway
