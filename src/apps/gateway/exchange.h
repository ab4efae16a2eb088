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

/// What the judge says, before its answer: the caller waits like others; his message is judged from now on; that took longer than
/// its budget, and no answer comes.
enum class Word : char { waits = 'w', begins = 'b', too_slow = 's', answer = 'a' };

[[nodiscard]] std::string encode(const Question& question);
[[nodiscard]] std::optional<Question> decode_question(std::string_view bytes);
[[nodiscard]] std::string encode(const Answer& answer);
[[nodiscard]] std::optional<Answer> decode_answer(std::string_view bytes);

/// The word, and what comes with it, as it goes over the socket.
[[nodiscard]] std::string said(Word word, std::string_view with = {});
/// Of a frame's content. One that is none of them: Word::waits.
[[nodiscard]] Word word_of(std::string_view content);

/// The content behind its length, as it goes over the socket.
[[nodiscard]] std::string framed(std::string_view content);
/// The content of the frame that `bytes` begins with; nothing: not whole yet. Limits: `most` (then `too_long` is set).
[[nodiscard]] std::optional<std::string_view> whole_frame(std::string_view bytes, std::uint64_t most, bool& too_long);

}  // namespace threadline::gateway
