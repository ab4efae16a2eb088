// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "message/mapi_message.h"
#include "message/read_message.h"
#include "text/charset.h"

namespace {

using threadline::Limits;
using threadline::message::Address;
using threadline::message::MapiObject;
using threadline::message::MapiProperties;
using threadline::message::MapiProperty;
using threadline::message::Message;

void require(bool holds) {
  if (!holds) std::abort();
}

/// Small bounds, so that a fuzzer's inputs reach them.
constexpr Limits kLimits{.header_fields = 20,
                         .header_bytes = 1'024,
                         .mime_parts = 20,
                         .mime_depth = 5,
                         .text_bytes = 512,
                         .addresses = 5,
                         .message_notes = 20,
                         .rtf_bytes = 4'096,
                         .rtf_depth = 20};

/// Ids that a message is read from, and one that it does not.
constexpr auto kIds = std::to_array<std::uint16_t>(
    {0x001A, 0x0037, 0x0039, 0x003D, 0x0041, 0x0042, 0x004F, 0x0050, 0x0064, 0x0065, 0x0070, 0x0071, 0x007D,
     0x0C15, 0x0C19, 0x0C1A, 0x0C1D, 0x0C1E, 0x0C1F, 0x0E02, 0x0E03, 0x0E04, 0x0E06, 0x0E07, 0x0E1D, 0x0FFF,
     0x1000, 0x1009, 0x1013, 0x1035, 0x1039, 0x1042, 0x3001, 0x3002, 0x3003, 0x3701, 0x3704, 0x3705, 0x3707,
     0x370D, 0x370E, 0x39FE, 0x3FDE, 0x3FF1, 0x3FFD, 0x5D01, 0x5D02, 0x5FF6, 0x7FFE, 0x8000, 0x1234});
constexpr auto kTypes = std::to_array<std::uint16_t>({0x001F, 0x001E, 0x0102, 0x0003, 0x0040, 0x000B, 0x0007, 0x000D, 0x101F});

/// An object by a grammar: records of where (message, new or same recipient, new or same attachment), id, type, length, bytes.
class ObjectMaker {
 public:
  explicit ObjectMaker(std::string_view bytes) : rest_(bytes) {}

  MapiObject make() {
    MapiObject object;
    while (rest_.size() >= 4) {
      auto& properties = place(byte(), object);
      MapiProperty property;
      property.id = kIds[byte() % kIds.size()];
      property.type = kTypes[byte() % kTypes.size()];
      const std::size_t claimed = byte() * 4U;
      const auto length = std::min(claimed, rest_.size());
      property.value = rest_.substr(0, length);
      rest_.remove_prefix(length);
      properties.list.push_back(std::move(property));
    }
    return object;
  }

 private:
  std::uint8_t byte() {
    const auto value = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }

  static MapiProperties& place(std::uint8_t where, MapiObject& object) {
    switch (where % 6U) {
      case 1: return object.recipients.emplace_back();
      case 2: return object.recipients.empty() ? object.properties : object.recipients.back();
      case 3: return object.attachments.emplace_back().properties;
      case 4: return object.attachments.empty() ? object.properties : object.attachments.back().properties;
      default: return object.properties;
    }
  }

  std::string_view rest_;
};

void check(const std::vector<Address>& people) {
  require(people.size() <= kLimits.addresses);
  for (const auto& person : people) {
    require(threadline::text::is_valid_utf8(person.name) && threadline::text::is_valid_utf8(person.address));
  }
}

void check(const Message& message) {
  check(message.to), check(message.cc), check(message.bcc), check(message.reply_to), check(message.contacts);
  require(threadline::text::is_valid_utf8(message.subject) && message.headers.size() <= kLimits.header_fields);
  for (const auto& text : message.texts) {
    require(text.content.size() <= kLimits.text_bytes && threadline::text::is_valid_utf8(text.content));
    require(text.content.find('\r') == std::string::npos);
  }
  for (const auto& attachment : message.attachments) {
    require(attachment.sha256.size() == 64 && threadline::text::is_valid_utf8(attachment.name));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto exact = std::make_unique<char[]>(size);
  std::copy(data, data + size, exact.get());
  const auto object = ObjectMaker({exact.get(), size}).make();
  Message message;
  for (const auto& attached : threadline::message::read_mapi_object(object, kLimits, message)) require(!attached.part.empty());
  check(message);
  return 0;
}
