// SPDX-License-Identifier: Apache-2.0
#include "text/undecoded.h"

#include "base/ascii.h"
#include "text/charset.h"

namespace threadline::text {
namespace {

/// Length of the soft line break at that "=", with the blanks that transport left, or 0.
std::size_t soft_break(std::string_view text, std::size_t at) {
  const std::size_t end = text.find_first_not_of(" \t\r", at + 1);
  return end != std::string_view::npos && text[end] == '\n' ? end + 1 - at : 0;
}

}  // namespace

std::optional<std::string> undecoded_quoted_printable(std::string_view text) {
  if (text.find('=') == text.npos) return std::nullopt;
  std::string decoded;
  decoded.reserve(text.size());
  bool has_break = false;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '=') {
      decoded += text[at++];
      continue;
    }
    if (const std::size_t length = soft_break(text, at); length > 0) {
      has_break |= at > 0 && static_cast<unsigned char>(text[at - 1]) > ' ';
      at += length;
      continue;
    }
    const int byte = hex_byte(text, at + 1);
    if (byte < 0) return std::nullopt;
    decoded += static_cast<char>(byte);
    at += 3;
  }
  if (!has_break) return std::nullopt;
  return valid_utf8(decoded);
}

}  // namespace threadline::text
