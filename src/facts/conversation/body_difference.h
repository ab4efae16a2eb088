// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "facts/conversation/conversation.h"

namespace threadline::facts {

/// Whether a text is no more than a stub of the other ("This message needs an HTML viewer", a preview that was cut): fewer than
/// half of its words. What a stub lacks is no difference.
[[nodiscard]] bool is_stub(std::string_view text, std::string_view other);
/// Whether one of the two is a stub of the other.
[[nodiscard]] bool is_either_stub(std::string_view one, std::string_view other);

/// A text without what clients print of HTML that is no words: "<mailto:a@b>", "<https://...>", "[cid:image001.png@...]".
[[nodiscard]] std::string without_link_targets(std::string_view text);

/// What one body text holds and the other lacks of what a fraud would change: "account FR76...", "address a@b",
/// "amount 1 200 EUR", at most ten. Formatting is no difference: digits are compared without separators, addresses also with the
/// targets of links. Nothing when the other text is a stub. A heuristic: an amount whose digits stand anywhere in the other text
/// is not missed.
[[nodiscard]] std::vector<std::string> only_in(const ReadText& one, const ReadText& other, const Limits& limits);

}  // namespace threadline::facts
