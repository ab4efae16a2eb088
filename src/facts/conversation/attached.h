// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/conversation/conversation.h"

namespace threadline::facts {

/// Adds the messages that are attached to a message to its conversation, at level 1 and behind what its text quotes: who, when,
/// to whom, subject. Their words are theirs to tell (facts of their own); `text` is filled where those are known. Limits:
/// quoted_blocks.
void add_attached(const message::Message& message, const Limits& limits, Conversation& conversation);

}  // namespace threadline::facts
