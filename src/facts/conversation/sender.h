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

/// The person in words that a program wrapped around: "X < mailto:X <x@y> >" (a link that became text), SuperCite's ""X" == X Y".
[[nodiscard]] std::string plain_person(std::string_view words);

}  // namespace threadline::facts
