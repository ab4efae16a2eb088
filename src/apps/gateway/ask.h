// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>

#include "apps/gateway/exchange.h"
#include "apps/gateway/front.h"

namespace threadline::gateway {

struct Asking {
  const JudgePlace& judge;
  std::uint32_t silence_ms = 0;  ///< without a word, until no judge is believed to be there
  std::uint32_t wait_ms = 0;     ///< until the message's turn has come
};

/// Why there is no answer: no judge is there, or two have ended over this message; judging it took longer than its budget;
/// other messages kept the judge for all of Asking::wait_ms, and this one had no turn.
enum class Unanswered { silence, too_slow, busy };

/// Asks the judge and waits; `waits` is called every second. A judge that ends meanwhile is asked again, the one in its place;
/// over this message itself, once more. Nothing: `why` says what came instead. Threads: any. `question`: framed.
[[nodiscard]] std::optional<Answer> ask(const Asking& asking, const std::string& question, const std::function<void()>& waits,
                                        Unanswered& why);

}  // namespace threadline::gateway
