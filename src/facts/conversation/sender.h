// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "message/message.h"

namespace threadline::facts {

/// Who wrote, as an introduction names him, and in whose name where it says so ("X on behalf of Y").
struct Sender {
  message::Address from;
  std::optional<message::Address> on_behalf_of;
};

/// Reads the value of a From label or the author of an attribution. The phrases of all languages are in quote_words.def.
[[nodiscard]] Sender read_sender(std::string_view value);

}  // namespace threadline::facts
