// SPDX-License-Identifier: Apache-2.0
#include "evidence/emlx.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string_view>

#include <fmt/format.h>

namespace threadline::evidence {
namespace {

constexpr std::string_view kListBegin = "<?xml";

bool is_list_or_end(std::string_view rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(" \r\n"), rest.size()));
  return rest.empty() || rest.starts_with(kListBegin);
}

/// Where the property list begins: the last line that opens an XML document of plist type, else the end.
std::size_t list_position(std::string_view rest) {
  const auto list = rest.rfind("\n<?xml");
  const bool is_list = list != std::string_view::npos && rest.find("<plist", list) != std::string_view::npos;
  return is_list ? list + 1 : rest.size();
}

}  // namespace

void read_emlx(const std::string& path, std::string bytes, Reading& reading) {
  Item item{.source = path, .format = "emlx", .bytes = {}, .sha256 = {}, .notes = {}};
  const std::string_view all = bytes;
  const auto first = std::min(all.find_first_of("0123456789"), all.size());
  std::uint64_t stated = 0;
  std::from_chars(all.data() + first, all.data() + all.size(), stated);
  const auto begin = std::min(all.find('\n', first), all.size() - 1) + 1;
  const auto rest = all.substr(begin);
  auto length = std::min<std::uint64_t>(stated, rest.size());
  if (stated > rest.size() || !is_list_or_end(rest.substr(length))) {
    length = list_position(rest);
    const auto code = stated > rest.size() && length == rest.size() ? "truncated" : "malformed_container";
    item.notes.push_back({code, fmt::format("emlx: the stated length is {}, the message has {} bytes", stated, length), {}});
  }
  if (path.ends_with(".partial.emlx"))
    item.notes.push_back({"truncated", "partial.emlx: attachments are kept in other files", {}});
  if (length > reading.limits.message_bytes) {
    length = reading.limits.message_bytes;
    item.notes.push_back(message_bytes_note());
  }
  item.bytes = rest.substr(0, length);
  reading.give(std::move(item));
}

}  // namespace threadline::evidence
