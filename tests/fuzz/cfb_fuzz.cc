// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <set>
#include <string_view>

#include "message/msg.h"

namespace {

using threadline::Limits;
using threadline::message::MapiObject;
using threadline::message::MapiProperties;

void require(bool holds) {
  if (!holds) std::abort();
}

/// Small bounds, so that a fuzzer's inputs reach them.
constexpr Limits kLimits{.nested_depth = 3,
                         .nested_messages = 4,
                         .addresses = 5,
                         .message_notes = 20,
                         .cfb_entries = 64,
                         .mapi_properties = 30,
                         .mapi_attachments = 5};

/// How many bytes the values have; each id once.
std::size_t check(const MapiProperties& properties) {
  std::set<std::uint16_t> ids;
  std::size_t size = 0;
  for (const auto& property : properties.list) {
    require(ids.insert(property.id).second);
    size += property.value.size();
    for (const auto& value : property.values) size += value.size();
  }
  require(properties.list.size() <= kLimits.mapi_properties + 1);  // the flat form of an attached object comes on top
  return size;
}

std::size_t check(const MapiObject& object, std::uint32_t depth) {
  require(depth <= kLimits.nested_depth);
  require(object.recipients.size() <= kLimits.addresses && object.attachments.size() <= kLimits.mapi_attachments);
  require(object.notes.size() <= kLimits.message_notes + 2);  // the limit itself, and that it is no message
  require(depth == 0 || object.sha256.size() == 64);
  auto size = check(object.properties);
  for (const auto& recipient : object.recipients) size += check(recipient);
  for (const auto& attachment : object.attachments) {
    size += check(attachment.properties);
    if (attachment.embedded) size += check(*attachment.embedded, depth + 1);
  }
  return size;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto exact = std::make_unique<char[]>(size);
  std::copy(data, data + size, exact.get());
  const std::string_view bytes(exact.get(), size);
  static_cast<void>(threadline::message::is_compound_file(bytes));
  const auto object = threadline::message::read_msg(bytes, kLimits);
  // A sector belongs to one stream; the flat forms of attached objects add names and lengths of at most 64 entries.
  require(check(object, 0) <= size + kLimits.cfb_entries * 256);
  return 0;
}
