// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/limits.h"
#include "base/note.h"
#include "message/message.h"

namespace threadline::facts {

/// A decoded Thread-Index / PidTagConversationIndex (MS-OXOMSG section 2.2.1.3).
struct ThreadIndex {
  std::string form;  ///< "classic" (FILETIME in the header block) or "exchange" (Exchange's own high-order layout)
  Instant root_time;
  std::string guid;  ///< 8-4-4-4-12, lower case
  std::vector<Instant> child_times;
};

/// Reads the base64 value. Nothing when it is none, has no whole header, or a root time outside of 1980 to 2100. Of damaged
/// children those before the damage are kept. A note says why. Limits: thread_index_children. Errors: malformed_thread_index.
[[nodiscard]] std::optional<ThreadIndex> read_thread_index(std::string_view base64, const Limits& limits,
                                                           std::vector<Note>& notes);

/// The same of its bytes, as MAPI keeps them.
[[nodiscard]] std::optional<ThreadIndex> thread_index_of(std::string_view bytes, const Limits& limits, std::vector<Note>& notes);

/// What ties a message to others: its header fields; where one is absent, what MAPI keeps beside them.
/// Limits: references, thread_index_children.
struct ThreadLinks {
  std::string in_reply_to;  ///< In-Reply-To's first id that References has too, else its first, with angle brackets; or empty
  std::vector<std::string> references;  ///< ids with angle brackets, oldest first, without repetition
  std::optional<ThreadIndex> index;
  std::string topic;  ///< Thread-Topic, decoded
  std::vector<Note> notes;
};
[[nodiscard]] ThreadLinks read_thread(const message::Message& message, const Limits& limits);

}  // namespace threadline::facts
