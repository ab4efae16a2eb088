// SPDX-License-Identifier: Apache-2.0
#include "text/utf16.h"

#include <cstddef>

#include "base/little_endian.h"
#include "base/utf8.h"

namespace threadline::text {

Decoded decode_utf16le(std::string_view bytes) {
  Decoded decoded{.text = {}, .charset = "utf-16le", .guessed = false, .replaced = 0};
  decoded.text.reserve(bytes.size() / 2 + bytes.size() / 8);
  const auto unit = [&bytes](std::size_t at) {
    return static_cast<char32_t>(static_cast<unsigned char>(bytes[at]) |
                                 (static_cast<unsigned>(static_cast<unsigned char>(bytes[at + 1])) << 8U));
  };
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    char32_t point = unit(at);
    if (point < 0x80) {
      decoded.text += static_cast<char>(point);
      continue;
    }
    if (point >= 0xD800 && point < 0xE000) {
      const char32_t low = point < 0xDC00 && at + 3 < bytes.size() ? unit(at + 2) : 0;
      const bool is_pair = low >= 0xDC00 && low < 0xE000;
      if (!is_pair) ++decoded.replaced;
      point = is_pair ? 0x10000 + ((point - 0xD800) << 10U) + (low - 0xDC00) : 0xFFFD;
      at += is_pair ? 2 : 0;
    }
    append_utf8(decoded.text, point);
  }
  return decoded;
}

std::string utf16le_of(std::string_view utf8) {
  std::string units;
  units.reserve(2 * utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const auto point = code_point_at(utf8, at);
    at += point.length;
    if (point.value < 0x10000) {
      units += little_endian(point.value, 2);
    } else {
      units += little_endian(0xD800U + ((point.value - 0x10000U) >> 10U), 2);
      units += little_endian(0xDC00U + ((point.value - 0x10000U) & 0x3FFU), 2);
    }
  }
  return units;
}

}  // namespace threadline::text
