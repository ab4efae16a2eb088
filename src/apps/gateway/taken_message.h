// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "apps/gateway/session.h"
#include "base/limits.h"
#include "evidence/evidence.h"

namespace threadline::gateway {

/// A message as a mail server tells it, piece by piece. Limits: header_bytes, addresses (recipients), message_bytes; what is
/// beyond is left out with a note, and the rest is judged.
class TakenMessage {
 public:
  void add_recipient(Session& session, std::string_view written, const Limits& limits);
  /// `opening`: what stands behind the name, ":" where the value has its leading white space, else ": ".
  void add_field(std::string_view name, std::string_view opening, std::string_view value, const Limits& limits);
  /// False: no more of it is wanted.
  [[nodiscard]] bool add_body(std::string_view bytes, const Limits& limits);

  [[nodiscard]] bool has_begun() const { return !header_.empty(); }
  /// The whole of it behind `top`, with its envelope. The message is taken out: one copy of it is enough.
  [[nodiscard]] evidence::Item take_item(const Session& session, std::string_view top);

 private:
  void note(std::string_view limit);

  std::string header_, body_;
  std::vector<Note> notes_;
};

/// The longest question about a message of that size: its bytes, the Received field that is put before them, and its envelope.
[[nodiscard]] std::uint64_t most_question_bytes(const Limits& limits);

}  // namespace threadline::gateway
