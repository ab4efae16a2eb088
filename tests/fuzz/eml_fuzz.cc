// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "message/read_message.h"
#include "text/charset.h"

namespace {

using threadline::Limits;
using threadline::message::Message;

void require(bool holds) {
  if (!holds) std::abort();
}

/// Small bounds, so that a fuzzer's inputs reach them.
constexpr Limits kLimits{.header_fields = 50,
                         .header_bytes = 4'096,
                         .mime_parts = 20,
                         .mime_depth = 5,
                         .nested_depth = 3,
                         .nested_messages = 10,
                         .text_bytes = 2'048,
                         .addresses = 20};

void check(const Message& message, std::string_view bytes, std::uint32_t depth) {
  require(depth <= kLimits.nested_depth);
  require(message.headers.size() <= kLimits.header_fields);
  require(message.parts.size() <= kLimits.mime_parts);
  require(message.from.size() <= kLimits.addresses && message.to.size() <= kLimits.addresses);
  const bool utf16 = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  for (const auto& field : message.headers) {
    require(threadline::text::is_valid_utf8(field.value));
    if (depth > 0 || utf16) continue;
    require(field.offset + field.name.size() <= bytes.size() && bytes.substr(field.offset, field.name.size()) == field.name);
    require(field.raw_offset + field.raw.size() <= bytes.size());
  }
  for (const auto& text : message.texts) {
    require(text.content.size() <= kLimits.text_bytes && threadline::text::is_valid_utf8(text.content));
    require(text.content.find('\r') == std::string::npos);
  }
  for (const auto& attachment : message.attachments) require(attachment.sha256.size() == 64);
  for (const auto& nested : message.messages) check(nested, {}, depth + 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto exact = std::make_unique<char[]>(size);
  std::copy(data, data + size, exact.get());
  const std::string_view bytes(exact.get(), size);
  check(threadline::message::read_message(bytes, kLimits), bytes, 0);
  return 0;
}
