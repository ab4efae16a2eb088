// SPDX-License-Identifier: Apache-2.0
#include "text/html_entities.h"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/ascii.h"
#include "base/utf8.h"
#include "text/charset.h"
#include "text/fold.h"

namespace threadline::text {
namespace {

constexpr std::size_t kLongestName = 24;
constexpr std::size_t kLongestLegacyName = 6;  // names that HTML 4 lets stand without ";" ("&Ccedil", "&middot")

struct NewName {
  std::string_view name;
  char32_t value;
};
/// Names since HTML 5 that mails use, mostly to hide something.
constexpr std::array kNewNames = std::to_array<NewName>({
    {"apos", 0x27},      {"Tab", 0x09},
    {"NewLine", 0x0A},   {"excl", 0x21},
    {"num", 0x23},       {"dollar", 0x24},
    {"percnt", 0x25},    {"lpar", 0x28},
    {"rpar", 0x29},      {"ast", 0x2A},
    {"plus", 0x2B},      {"comma", 0x2C},
    {"period", 0x2E},    {"sol", 0x2F},
    {"colon", 0x3A},     {"semi", 0x3B},
    {"equals", 0x3D},    {"quest", 0x3F},
    {"commat", 0x40},    {"lsqb", 0x5B},
    {"bsol", 0x5C},      {"rsqb", 0x5D},
    {"lowbar", 0x5F},    {"ZeroWidthSpace", 0x200B},
    {"NoBreak", 0x2060}, {"NonBreakingSpace", 0xA0},
    {"hyphen", 0x2010},  {"dash", 0x2010},
    {"ic", 0x2063},      {"InvisibleComma", 0x2063},
    {"it", 0x2062},      {"InvisibleTimes", 0x2062},
    {"af", 0x2061},      {"numsp", 0x2007},
    {"puncsp", 0x2008},  {"hairsp", 0x200A},
    {"AMP", 0x26},       {"LT", 0x3C},
    {"GT", 0x3E},        {"QUOT", 0x22},
    {"COPY", 0xA9},      {"REG", 0xAE},
});

constexpr bool is_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c); }

int digit_value(char c, bool is_hex) {
  if (is_digit(c)) return c - '0';
  if (is_hex && c >= 'a' && c <= 'f') return c - 'a' + 10;
  return is_hex && c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// What browsers show for a number: the C1 range means windows-1252; NUL, surrogates and numbers beyond Unicode are U+FFFD.
void append_number(std::uint32_t value, std::string& to) {
  if (value >= 0x80 && value < 0xA0) {
    const char byte = static_cast<char>(value);
    to += decode(std::string_view(&byte, 1), "windows-1252").text;
  } else {
    append_utf8(to, value == 0 || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000) ? 0xFFFD : char32_t{value});
  }
}

std::size_t read_number(std::string_view text, std::string& to) {
  const bool is_hex = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
  const std::size_t begin = is_hex ? 3 : 2;
  std::size_t end = begin;
  std::uint32_t value = 0;
  for (; end < text.size() && digit_value(text[end], is_hex) >= 0; ++end) {
    if (value <= 0x10FFFF) value = value * (is_hex ? 16 : 10) + static_cast<std::uint32_t>(digit_value(text[end], is_hex));
  }
  if (end == begin) return 0;
  append_number(value, to);
  return end < text.size() && text[end] == ';' ? end + 1 : end;
}

std::optional<char32_t> named(std::string_view name) {
  const std::string terminated(name);
  const htmlEntityDesc* known = htmlEntityLookup(reinterpret_cast<const xmlChar*>(terminated.c_str()));
  if (known != nullptr) return static_cast<char32_t>(known->value);
  const auto* found = std::ranges::find(kNewNames, name, &NewName::name);
  if (found == kNewNames.end()) return std::nullopt;
  return found->value;
}

}  // namespace

std::size_t read_entity(std::string_view source, std::size_t at, bool is_attribute, std::string& to) {
  const std::string_view text = source.substr(at);
  if (text.size() < 3) return 0;
  if (text[1] == '#') return read_number(text, to);
  std::size_t end = 1;
  while (end < text.size() && end <= kLongestName && is_name(text[end])) ++end;
  if (end == 1) return 0;
  if (end < text.size() && text[end] == ';') {
    if (const auto value = named(text.substr(1, end - 1))) return append_utf8(to, *value), end + 1;
  }
  if (is_attribute && end < text.size() && text[end] == '=') return 0;
  for (std::size_t length = std::min(end - 1, kLongestLegacyName); length >= 2; --length) {
    const auto value = named(text.substr(1, length));
    const bool is_followed = length < end - 1;
    if (value && *value < 0x100 && *value != '\'' && !(is_attribute && is_followed)) return append_utf8(to, *value), length + 1;
  }
  return 0;
}

std::string attribute_text(std::string_view value) {
  value = trimmed(value);
  if (value.find('&') == std::string_view::npos) return std::string(value);
  std::string result;
  for (std::size_t i = 0; i < value.size();) {
    const std::size_t length = value[i] == '&' ? read_entity(value, i, true, result) : 0;
    if (length == 0) result += value[i];
    i += std::max<std::size_t>(length, 1);
  }
  return result;
}

}  // namespace threadline::text
