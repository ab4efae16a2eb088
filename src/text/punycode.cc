// SPDX-License-Identifier: Apache-2.0
#include "text/punycode.h"

#include <cstdint>

#include "base/utf8.h"
#include "text/charset.h"

namespace threadline::text {
namespace {

constexpr std::size_t kOctets = 253;  ///< RFC 1035 section 2.3.4, without the root dot
constexpr std::string_view kPrefix = "xn--";
// RFC 3492 section 5.
constexpr std::uint32_t kBase = 36, kLeast = 1, kMost = 26, kSkew = 38, kDamp = 700, kFirstBias = 72, kFirst = 0x80;
constexpr std::uint32_t kLargest = 0x10'FFFF;

std::uint32_t digit_of(char c) {
  if (c >= 'a' && c <= 'z') return static_cast<std::uint32_t>(c - 'a');
  if (c >= 'A' && c <= 'Z') return static_cast<std::uint32_t>(c - 'A');
  return c >= '0' && c <= '9' ? static_cast<std::uint32_t>(c - '0') + 26 : kBase;
}

std::uint32_t adapted(std::uint64_t delta, std::uint64_t points, bool first) {
  delta = first ? delta / kDamp : delta / 2;
  delta += delta / points;
  std::uint32_t bias = 0;
  for (; delta > (kBase - kLeast) * kMost / 2; bias += kBase) delta /= kBase - kLeast;
  return bias + static_cast<std::uint32_t>((kBase - kLeast + 1) * delta / (delta + kSkew));
}

/// Reads one generalized variable-length integer from the front of `digits`.
std::optional<std::uint64_t> read_delta(std::string_view& digits, std::uint32_t bias) {
  std::uint64_t value = 0, weight = 1;
  for (std::uint32_t k = kBase; !digits.empty(); k += kBase) {
    const std::uint32_t digit = digit_of(digits.front());
    digits.remove_prefix(1);
    if (digit >= kBase) return std::nullopt;
    value += digit * weight;
    const std::uint32_t threshold = k <= bias ? kLeast : k >= bias + kMost ? kMost : k - bias;
    if (digit < threshold) return value;
    weight *= kBase - threshold;
    if (weight > (1ULL << 40U)) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> punycode_decoded(std::string_view label) {
  if (!label.starts_with(kPrefix) || label.size() > kOctets) return std::nullopt;
  std::string_view digits = label.substr(kPrefix.size());
  std::u32string letters;
  if (const std::size_t hyphen = digits.rfind('-'); hyphen != std::string_view::npos) {
    for (const char c : digits.substr(0, hyphen)) letters += static_cast<char32_t>(static_cast<unsigned char>(c));
    digits.remove_prefix(hyphen + 1);
  }
  if (digits.empty()) return std::nullopt;
  std::uint64_t point = kFirst, place = 0;
  std::uint32_t bias = kFirstBias;
  for (bool first = true; !digits.empty(); first = false) {
    const auto delta = read_delta(digits, bias);
    if (!delta) return std::nullopt;
    const std::uint64_t length = letters.size() + 1;
    bias = adapted(*delta, length, first);
    place += *delta;
    point += place / length;
    place %= length;
    if (point > kLargest || (point >= 0xD800 && point < 0xE000)) return std::nullopt;
    letters.insert(letters.begin() + static_cast<std::ptrdiff_t>(place++), static_cast<char32_t>(point));
  }
  std::string text;
  for (const char32_t letter : letters) append_utf8(text, letter);
  return text;
}

}  // namespace threadline::text
