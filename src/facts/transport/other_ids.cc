// SPDX-License-Identifier: Apache-2.0
#include "facts/transport/other_ids.h"

#include <algorithm>
#include <array>

#include "text/fold.h"

namespace threadline::facts {
namespace {

constexpr std::string_view kEnding = "-original-message-id";

constexpr auto kNames = std::to_array<std::string_view>({
#define THREADLINE_OTHER_ID(name) name,
#include "facts/transport/other_ids.def"
#undef THREADLINE_OTHER_ID
});

bool holds_other_id(std::string_view field_name) {
  const std::string name = text::ascii_lower(field_name);
  return name.ends_with(kEnding) || std::ranges::find(kNames, name) != kNames.end();
}

/// "<id>" of what stands between the first angle bracket and the last one, or of the whole value: ids that were rewritten are
/// often no ids by RFC 5322 (two "@", a space).
std::string id_in(std::string_view value) {
  value = text::trimmed(value);
  const auto opening = value.find('<');
  const auto closing = value.rfind('>');
  if (opening != std::string_view::npos && closing != std::string_view::npos && opening < closing)
    value = value.substr(opening + 1, closing - opening - 1);
  value = text::trimmed(value);
  return value.empty() ? std::string() : "<" + std::string(value) + ">";
}

}  // namespace

std::vector<OtherId> read_other_ids(const message::Message& message, const Limits& limits, std::vector<Note>& notes) {
  std::vector<OtherId> ids;
  for (const message::HeaderField& field : message.headers) {
    if (!holds_other_id(field.name)) continue;
    std::string id = id_in(field.value);
    if (id.empty() || id == message.message_id || std::ranges::find(ids, id, &OtherId::id) != ids.end()) continue;
    const Span span{"header", field.offset, field.raw_offset - field.offset + field.raw.size()};
    if (ids.size() >= limits.other_ids) {
      notes.push_back({"limit", "other_ids", span});
      break;
    }
    ids.push_back({std::move(id), span});
  }
  return ids;
}

}  // namespace threadline::facts
