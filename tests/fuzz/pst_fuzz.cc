// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "evidence/pst_frame.h"
#include "evidence/tnef_writer.h"

// What reads a store runs in a child that hostile bytes may have taken over: its frames are read here as hostile ones. What it
// says is written as TNEF, whose attributes must add up whatever the properties are.

namespace {

using threadline::Limits;
using threadline::evidence::PstWord;
using threadline::evidence::TnefObject;
using threadline::evidence::TnefProperty;

void require(bool holds) {
  if (!holds) std::abort();
}

std::uint32_t little32(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t byte = 0; byte < 4; ++byte) value |= std::uint32_t{static_cast<unsigned char>(bytes[at + byte])} << (8 * byte);
  return value;
}

/// Every attribute ends where the next begins (MS-OXTNEF section 2.1.3).
void check_attributes(std::string_view stream) {
  require(stream.starts_with("\x78\x9F\x3E\x22"));
  for (std::size_t at = 6; at < stream.size();) {
    require(stream.size() - at >= 11);
    const std::size_t length = little32(stream, at + 5);
    require(stream.size() - at - 11 >= length);
    at += 11 + length;
  }
}

TnefObject object_of(std::string_view bytes) {
  TnefObject object;
  while (bytes.size() >= 6) {
    TnefProperty one{.id = static_cast<std::uint16_t>(little32(bytes, 0) >> 16U),
                     .type = static_cast<std::uint16_t>(little32(bytes, 0) & 0xFFFFU),
                     .value = {},
                     .values = {},
                     .name = {}};
    const auto length = std::min<std::size_t>(static_cast<unsigned char>(bytes[4]), bytes.size() - 6);
    one.value = bytes.substr(6, length);
    if (bytes[5] != 0) one.name = {.guid = one.value, .number = {}, .text = one.value};
    one.values = {one.value, ""};
    bytes.remove_prefix(6 + length);
    object.properties.push_back(one);
    if (object.properties.size() % 3 == 0) object.recipients.push_back({one});
    if (object.properties.size() % 5 == 0) object.attachments.emplace_back().properties.push_back(one);
  }
  return object;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto exact = std::make_unique<char[]>(size);
  std::copy(data, data + size, exact.get());
  const std::string_view bytes(exact.get(), size);
  const PstWord word = threadline::evidence::word_of(bytes);
  require(word.where.size() + word.bytes.size() <= size);
  const std::string frame = threadline::evidence::frame_of(word);
  require(threadline::evidence::frame_of(threadline::evidence::word_of(frame)) == frame);
  auto object = object_of(bytes);
  object.attachments.emplace_back().embedded = std::make_unique<TnefObject>(object_of(word.bytes));
  constexpr Limits kLimits{.message_bytes = 512, .nested_depth = 2};
  check_attributes(threadline::evidence::write_tnef(object, kLimits).bytes);
  return 0;
}
