// SPDX-License-Identifier: Apache-2.0
#include "evidence/item_bytes.h"

#include <algorithm>

#include "base/instant.h"
#include "evidence/reading.h"

namespace threadline::evidence {

void append_bytes(Item& item, std::string_view bytes, const Limits& limits) {
  const auto room = limits.message_bytes - std::min<std::uint64_t>(limits.message_bytes, item.bytes.size());
  item.bytes += bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(room, bytes.size())));
  if (bytes.size() > room && std::ranges::find(item.notes, message_bytes_note()) == item.notes.end())
    item.notes.push_back(message_bytes_note());
}

std::string instant_text(std::uint64_t seconds) {
  constexpr std::uint64_t kYear10000 = 253'402'300'800;
  if (seconds == 0 || seconds >= kYear10000) return {};
  return rfc3339_utc({static_cast<std::int64_t>(seconds), 0});
}

}  // namespace threadline::evidence
