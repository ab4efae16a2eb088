// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/limits.h"
#include "facts/conversation/conversation.h"

namespace threadline::facts {

/// What the quoted histories of two alternatives say differently of the same level: "level 2 sender a@b".
struct HistoryDifference {
  std::vector<std::string> one, other;  ///< at most ten each; pairs that differ have the same place in both, empty where absent
  std::vector<OtherTelling> told_otherwise;  ///< levels that `other` tells with another number, address or person
};

/// Compares two readings of one message level by level: a level whose words stand nowhere in the other body, another sender's
/// address, recipient, date or account. Formatting is no difference: a person without address, a date without time, a time moved
/// by whole hours, an order of recipients. Where one body is a stub of the other what it lacks is none, and only told_otherwise
/// is filled. Levels are laid side by side by their senders and dates, and by their order where both have as many.
[[nodiscard]] HistoryDifference compare_histories(const ReadConversation& one, const ReadConversation& other,
                                                  const Limits& limits);

}  // namespace threadline::facts
