// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <istream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace threadline::gateway {

/// A message in the mail server's hold queue, and why it is there as far as the gateway's log tells.
struct HeldMail {
  std::string queue_id, sender;
  std::vector<std::string> recipients;
  std::int64_t arrived = 0;  ///< seconds since 1970
  std::uint64_t bytes = 0;
  std::string direction, code, reason, id, message_id;  ///< empty: the log has no line of it
};

/// What `postqueue -j` printed: one JSON object a line, with the name of a queue and an id.
struct Queue {
  std::vector<HeldMail> held;      ///< the messages on hold, in its order
  std::uint64_t unread = 0;        ///< lines that are no such object: what they would say of held mail is not known
  std::uint64_t first_unread = 0;  ///< the number of the first of them, from 1 on
};

[[nodiscard]] Queue read_queue(std::istream& lines);

/// Takes the reasons from the gateway's log: JSON lines, also behind what a journal writes before them. Of several lines about
/// one queue id the last counts. A queue id may be used again: a line that is older than the message's arrival by a day is not
/// its own.
void take_reasons(std::istream& log, std::vector<HeldMail>& held);

/// "4h", "30m", "90s", "2d" in seconds. Nothing for anything else.
[[nodiscard]] std::optional<std::int64_t> seconds_of(std::string_view duration);
/// "2d 3h", "4h 05m", "12m".
[[nodiscard]] std::string age_text(std::int64_t seconds);

/// One JSON object, no line end.
[[nodiscard]] std::string to_json(const HeldMail& held, std::int64_t now);

}  // namespace threadline::gateway
