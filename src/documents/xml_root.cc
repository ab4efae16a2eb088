// SPDX-License-Identifier: Apache-2.0
#include "documents/xml_root.h"

namespace threadline::documents {
namespace {

constexpr std::size_t kHead = 65'536;  ///< in which the first element has to begin

}  // namespace

std::string_view root_name(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, kHead);
  std::size_t at = head.find('<');
  while (at != std::string_view::npos && at + 1 < head.size() && (head[at + 1] == '?' || head[at + 1] == '!')) {
    const std::string_view end = head.substr(at).starts_with("<!--") ? "-->" : ">";
    at = head.find(end, at + 2);
    if (at != std::string_view::npos) at = head.find('<', at);
  }
  if (at == std::string_view::npos) return {};
  const auto length = head.substr(at + 1).find_first_of(" \t\r\n/>");
  const std::string_view name = head.substr(at + 1, length);
  const auto colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace threadline::documents
