// SPDX-License-Identifier: Apache-2.0
#include "text/base64.h"

#include <algorithm>
#include <cstdint>

namespace threadline::text {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t kLineBytes = 57;  ///< 76 characters

/// Range: 0..63, or -1.
int digit_of(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  return c == '/' ? 63 : -1;
}

std::uint32_t byte_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}

void append_line(std::string& to, std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const auto three = byte_at(bytes, at) << 16U | byte_at(bytes, at + 1) << 8U | byte_at(bytes, at + 2);
    to += kAlphabet[three >> 18U];
    to += kAlphabet[three >> 12U & 63U];
    to += at + 1 < bytes.size() ? kAlphabet[three >> 6U & 63U] : '=';
    to += at + 2 < bytes.size() ? kAlphabet[three & 63U] : '=';
  }
}

}  // namespace

std::string encode_base64(std::string_view bytes, std::string_view line_end) {
  std::string text;
  text.reserve(bytes.size() / 3 * 4 + bytes.size() / kLineBytes * line_end.size() + 8);
  for (; !bytes.empty(); bytes.remove_prefix(std::min(kLineBytes, bytes.size()))) {
    append_line(text, bytes.substr(0, kLineBytes));
    text += line_end;
  }
  return text;
}

std::string decode_base64(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  std::uint32_t gathered = 0;
  int bits = 0;
  for (const char c : text) {
    if (c == '=') break;
    const int digit = digit_of(c);
    if (digit < 0) continue;
    gathered = (gathered << 6U | static_cast<std::uint32_t>(digit)) & 0xFFFFU;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(gathered >> static_cast<unsigned>(bits) & 0xFFU);
  }
  return bytes;
}

bool is_base64_character(char c) { return digit_of(c) >= 0; }

}  // namespace threadline::text
