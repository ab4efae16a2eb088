// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "message/read_message.h"
#include "message/tnef.h"
#include "text/charset.h"

namespace {

using threadline::Limits;
using threadline::message::MapiObject;
using threadline::message::MapiProperties;
using threadline::message::Message;

void require(bool holds) {
  if (!holds) std::abort();
}

/// Small bounds, so that a fuzzer's inputs reach them.
constexpr Limits kLimits{.nested_depth = 3,
                         .nested_messages = 4,
                         .text_bytes = 512,
                         .addresses = 5,
                         .message_notes = 20,
                         .mapi_properties = 30,
                         .mapi_attachments = 5,
                         .rtf_bytes = 4'096,
                         .rtf_depth = 20};

std::size_t bytes_in(const MapiProperties& properties) {
  std::size_t size = 0;
  for (const auto& property : properties.list) {
    size += property.value.size();
    for (const auto& value : property.values) size += value.size();
  }
  return size;
}

/// A byte of the stream is in one value.
std::size_t check(const MapiObject& object, std::uint32_t depth) {
  require(depth <= kLimits.nested_depth);
  require(object.recipients.size() <= kLimits.addresses && object.attachments.size() <= kLimits.mapi_attachments);
  require(object.notes.size() <= kLimits.message_notes + 1);
  for (const auto& [id, name] : object.names) require(id >= 0x8000 && threadline::text::is_valid_utf8(name.text));
  auto size = bytes_in(object.properties);
  for (const auto& recipient : object.recipients) size += bytes_in(recipient);
  for (const auto& attachment : object.attachments) {
    size += bytes_in(attachment.properties);
    if (attachment.embedded) size += check(*attachment.embedded, depth + 1);
  }
  return size;
}

void check(const Message& message, std::uint32_t depth) {
  require(depth <= kLimits.nested_depth);
  for (const auto& text : message.texts) {
    require(text.content.size() <= kLimits.text_bytes && threadline::text::is_valid_utf8(text.content));
  }
  for (const auto& nested : message.messages) check(nested, depth + 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto exact = std::make_unique<char[]>(size);
  std::copy(data, data + size, exact.get());
  const std::string_view bytes(exact.get(), size);
  // The table of message classes and the forms of dates and flags are longer than what is written: a few bytes an attribute.
  require(check(threadline::message::read_tnef(bytes, kLimits), 0) <= 8 * size + 64);
  if (threadline::message::is_tnef(bytes)) check(threadline::message::read_message(bytes, kLimits), 0);
  return 0;
}
