// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/limits.h"
#include "base/note.h"
#include "base/span.h"
#include "message/message.h"

namespace threadline::facts {

/// Another id of the message: before a server on its way rewrote Message-ID, or of the copy that was sent on. A claim, of
/// whoever wrote the header.
struct OtherId {
  std::string id;  ///< with angle brackets
  Span span;       ///< of the field

  bool operator==(const OtherId&) const = default;
};

/// All of them (other_ids.def) in the order of the header, each once, without the message's own. Limits: other_ids.
[[nodiscard]] std::vector<OtherId> read_other_ids(const message::Message& message, const Limits& limits,
                                                  std::vector<Note>& notes);

}  // namespace threadline::facts
