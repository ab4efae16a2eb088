// SPDX-License-Identifier: Apache-2.0
#include "text/percent.h"

#include "base/ascii.h"

namespace threadline::text {

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const int byte = text[at] == '%' ? hex_byte(text, at + 1) : -1;
    decoded += byte < 0 ? text[at] : static_cast<char>(byte);
    if (byte >= 0) at += 2;
  }
  return decoded;
}

}  // namespace threadline::text
