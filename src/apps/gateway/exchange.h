// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "apps/gateway/decision.h"
#include "evidence/evidence.h"

/// What the process that speaks with the mail server (front) and the one that judges (judge) say to each other over a socket.
namespace threadline::gateway {

struct Question {
  evidence::Item item;
  std::optional<findings::Direction> session;
  std::int64_t arrived = 0;  ///< seconds since 1970
};

struct Answer {
  Decision decision;
  findings::Direction direction = findings::Direction::unknown;
  std::string message_id;
  std::vector<std::pair<std::string, std::string>> codes;  ///< code and severity, most severe first
  std::string reason;                                      ///< a line for the log that a person understands
};

[[nodiscard]] std::string encode(const Question& question);
[[nodiscard]] std::optional<Question> decode_question(std::string_view bytes);
[[nodiscard]] std::string encode(const Answer& answer);
[[nodiscard]] std::optional<Answer> decode_answer(std::string_view bytes);

/// The content behind its length, as it goes over the socket.
[[nodiscard]] std::string framed(std::string_view content);
/// The content of the frame that `bytes` begins with; nothing: not whole yet. Limits: `most` (then `too_long` is set).
[[nodiscard]] std::optional<std::string_view> whole_frame(std::string_view bytes, std::uint64_t most, bool& too_long);

}  // namespace threadline::gateway
