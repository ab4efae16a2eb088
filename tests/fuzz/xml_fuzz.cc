// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "evidence/olm_message.h"
#include "text/charset.h"
#include "text/xml.h"

namespace {

using threadline::Limits;
using threadline::text::XmlElement;

constexpr Limits kLimits{
    .message_bytes = 4'096, .xml_bytes = 4'096, .xml_elements = 50, .xml_depth = 5, .addresses = 5, .mapi_attachments = 3};

void require(bool holds) {
  if (!holds) std::abort();
}

std::uint32_t checked_count(const XmlElement& element, std::uint32_t depth) {
  require(depth <= kLimits.xml_depth);
  require(threadline::text::is_valid_utf8(element.text) && threadline::text::is_valid_utf8(element.name));
  auto count = static_cast<std::uint32_t>(1 + element.attributes.size());
  for (const auto& child : element.children) count += checked_count(child, depth + 1);
  return count;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto exact = std::make_unique<char[]>(size);
  std::copy(data, data + size, exact.get());
  const std::string_view bytes(exact.get(), size);
  const auto document = threadline::text::read_xml(bytes, kLimits);
  if (!document.root.name.empty()) checked_count(document.root, 1);
  const auto member = [](const std::string& name) { return name == "x" ? std::optional<std::string>("file") : std::nullopt; };
  static_cast<void>(threadline::evidence::olm_messages(bytes, member, kLimits));
  return 0;
}
