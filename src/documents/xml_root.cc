// SPDX-License-Identifier: Apache-2.0
#include "documents/xml_root.h"

namespace threadline::documents {
namespace {

constexpr std::size_t kHead = 65'536;  ///< in which the first element has to begin

/// The head; of UTF-16 its bytes that are not zero: names of elements are ASCII in all formats that are asked for.
std::string narrow_head(std::string_view bytes) {
  std::string head(bytes.substr(0, kHead));
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) std::erase(head, '\0');
  return head;
}

}  // namespace

std::string root_name(std::string_view bytes) {
  const std::string head = narrow_head(bytes);
  std::size_t at = head.find('<');
  while (at != std::string::npos && at + 1 < head.size() && (head[at + 1] == '?' || head[at + 1] == '!')) {
    const std::string_view end = std::string_view(head).substr(at).starts_with("<!--") ? "-->" : ">";
    at = head.find(end, at + 2);
    if (at != std::string::npos) at = head.find('<', at);
  }
  if (at == std::string::npos) return {};
  const auto length = head.substr(at + 1).find_first_of(" \t\r\n/>");
  const std::string name = head.substr(at + 1, length);
  const auto colon = name.rfind(':');
  return colon == std::string::npos ? name : name.substr(colon + 1);
}

}  // namespace threadline::documents
