// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/conversation/conversation.h"

namespace threadline::facts {

/// How much a reading of the history says: levels, senders with an address, dates.
[[nodiscard]] std::size_t worth(const Conversation& conversation);

/// Whether the second alternative is to be read as the body: it says more of the history, or the first is a stub of it.
[[nodiscard]] bool is_second_better(const ReadConversation& first, const ReadConversation& second);

/// The two bodies say much the same: half the words of the shorter stand in the other. Broken programs write alternatives into
/// one multipart/mixed.
[[nodiscard]] bool is_alternative(const ReadText& one, const ReadText& other);

/// Notes words that only one of the alternatives has (bodies_differ). Tolerated: a tenth of the words, and fewer than three, and
/// any where one is a stub of the other; unless a long number (an account) is among them. What the quoted levels say differently
/// is a note of its own,
/// and the levels themselves go to `told_otherwise`. Answers whether the other says a word that the chosen lacks.
[[nodiscard]] bool compare(ReadConversation& chosen, const ReadConversation& other, const Limits& limits);

/// The same for a third body (RTF of a MAPI object): accounts, addresses and amounts alone.
void compare_third(const message::Message& message, ReadConversation& first, const ReadConversation& second,
                   const Limits& limits);

}  // namespace threadline::facts
