// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/note.h"
#include "base/span.h"
#include "message/message.h"

namespace threadline::facts {

/// A header field that says a received message was sent on (forward_signs.def). A claim, of whoever wrote the header.
struct ForwardSign {
  std::string name;                 ///< as in forward_signs.def
  std::string kind;                 ///< "rule", "resent", "person", "loop", "automatic"
  std::string value;                ///< unfolded
  std::vector<std::string> by, to;  ///< addresses, lower case: who sent it on, and to whom
  Span span;

  bool operator==(const ForwardSign&) const = default;
};

/// All of them, in the order of the header. Limits: forward_signs.
[[nodiscard]] std::vector<ForwardSign> read_forward_signs(const message::Message& message, const Limits& limits,
                                                          std::vector<Note>& notes);

/// Whether an envelope sender was rewritten by a forwarder: SRS ("SRS0=hash=time=domain=local@forwarder.example"), BATV aside.
[[nodiscard]] bool is_rewritten_sender(std::string_view address);

}  // namespace threadline::facts
