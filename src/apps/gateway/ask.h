// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>

#include "apps/gateway/exchange.h"
#include "apps/gateway/front.h"

namespace threadline::gateway {

struct Asking {
  const JudgePlace& judge;
  std::uint32_t patience_ms = 0;
};

/// Asks the judge and waits; `waits` is called every second. A judge that ends meanwhile is asked once more, the one in its
/// place: another message may have ended it. Nothing: `why` says what came instead. Threads: any.
/// `question`: framed.
[[nodiscard]] std::optional<Answer> ask(const Asking& asking, const std::string& question, const std::function<void()>& waits,
                                        Failure& why);

}  // namespace threadline::gateway
