// SPDX-License-Identifier: Apache-2.0
#include "documents/pdf_properties.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

#include "base/ascii.h"
#include "text/charset.h"

namespace threadline::documents {
namespace {

constexpr std::size_t kMostDictionary = 64U << 10U;  ///< bytes of an information dictionary
constexpr std::size_t kMostPacket = 1U << 20U;       ///< bytes of an XMP packet
constexpr std::size_t kMostValue = 500;              ///< bytes of one property
constexpr std::size_t kMostSpace = 16;               ///< white space before a value

using Properties = std::vector<std::pair<std::string, std::string>>;

struct Property {
  const char* name;
  std::string_view key;      ///< of the information dictionary
  std::string_view element;  ///< of XMP, in the prefix that every writer uses
};
constexpr std::array kProperties{Property{"producer", "/Producer", "pdf:Producer"},
                                 Property{"creator", "/Creator", "xmp:CreatorTool"}, Property{"author", "/Author", "dc:creator"},
                                 Property{"created", "/CreationDate", "xmp:CreateDate"},
                                 Property{"modified", "/ModDate", "xmp:ModifyDate"}};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\0'; }

void skip_space(std::string_view& from) {
  std::size_t at = 0;
  while (at < std::min(from.size(), kMostSpace) && is_space(from[at])) ++at;
  from.remove_prefix(at);
}

std::optional<std::uint32_t> take_number(std::string_view& from) {
  skip_space(from);
  std::uint32_t number = 0;
  const auto read = std::from_chars(from.data(), from.data() + from.size(), number);
  if (read.ec != std::errc{}) return std::nullopt;
  from.remove_prefix(static_cast<std::size_t>(read.ptr - from.data()));
  return number;
}

/// The last definition of object "12 0", from behind "obj": a later one replaces an earlier one.
std::string_view last_object(std::string_view bytes, std::uint32_t number, std::uint32_t generation) {
  const std::string head = std::to_string(number) + " " + std::to_string(generation) + " obj";
  for (std::size_t at = bytes.rfind(head); at != std::string_view::npos && at > 0; at = bytes.rfind(head, at - 1)) {
    if (!is_digit(bytes[at - 1])) return bytes.substr(at + head.size(), kMostDictionary);
  }
  return {};
}

std::string_view information_dictionary(std::string_view bytes) {
  constexpr std::string_view kKey = "/Info";
  for (std::size_t at = bytes.rfind(kKey); at != std::string_view::npos && at > 0; at = bytes.rfind(kKey, at - 1)) {
    std::string_view behind = bytes.substr(at + kKey.size(), kMostSpace * 2);
    const auto number = take_number(behind);
    const auto generation = number ? take_number(behind) : std::nullopt;
    if (!generation) continue;
    const auto object = last_object(bytes, *number, *generation);
    return object.substr(0, object.find("endobj"));
  }
  return {};
}

char escaped(char c) {
  switch (c) {
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'b': return '\b';
    case 'f': return '\f';
    default: return c;
  }
}

/// What a backslash stands for, at the character behind it: up to three octal digits, a line's end (nothing) or one character.
void take_escape(std::string_view& from, std::string& to) {
  unsigned octal = 0;
  std::size_t digits = 0;
  while (digits < 3 && digits < from.size() && from[digits] >= '0' && from[digits] <= '7') {
    octal = octal * 8 + static_cast<unsigned>(from[digits++] - '0');
  }
  if (digits > 0) {
    to += static_cast<char>(octal & 0xFFU);
    from.remove_prefix(digits);
  } else if (!from.empty()) {
    if (from.front() != '\n' && from.front() != '\r') to += escaped(from.front());
    from.remove_prefix(1);
  }
}

/// "(words \(in parentheses\))", from behind the first parenthesis.
std::string literal_string(std::string_view from) {
  std::string value;
  for (std::size_t open = 1; !from.empty() && value.size() < kMostValue;) {
    const char c = from.front();
    from.remove_prefix(1);
    if (c == '\\') {
      take_escape(from, value);
      continue;
    }
    if (c == '(') ++open;
    if (c == ')' && --open == 0) break;
    value += c;
  }
  return value;
}

/// "<FEFF0041>", from behind the first bracket.
std::string hexadecimal_string(std::string_view from) {
  std::string digits(from.substr(0, std::min(from.find('>'), kMostValue * 2)));
  std::erase_if(digits, is_space);
  if (digits.size() % 2 != 0) digits += '0';
  std::string value;
  for (std::size_t at = 0; at < digits.size(); at += 2) {
    std::uint8_t byte = 0;
    const auto read = std::from_chars(digits.data() + at, digits.data() + at + 2, byte, 16);
    if (read.ptr != digits.data() + at + 2) break;
    value += static_cast<char>(byte);
  }
  return value;
}

/// A text string: UTF-16 or UTF-8 by its byte order mark, else PDFDocEncoding, of which windows-1252 is near enough.
std::string text_string(std::string_view value) {
  if (value.starts_with("\xFE\xFF")) return text::decode(value.substr(2), "utf-16be").text;
  if (value.starts_with("\xFF\xFE")) return text::decode(value.substr(2), "utf-16le").text;
  if (value.starts_with("\xEF\xBB\xBF")) return text::valid_utf8(value.substr(3));
  return text::decode(value, "windows-1252").text;
}

std::string dictionary_value(std::string_view dictionary, std::string_view key) {
  const std::size_t at = dictionary.find(key);
  if (at == std::string_view::npos) return {};
  std::string_view from = dictionary.substr(at + key.size());
  skip_space(from);
  if (from.starts_with('(')) return text_string(literal_string(from.substr(1)));
  return from.starts_with('<') ? text_string(hexadecimal_string(from.substr(1))) : std::string{};
}

std::string_view last_packet(std::string_view bytes) {
  const std::size_t at = bytes.rfind("<x:xmpmeta");
  if (at == std::string_view::npos) return {};
  const auto packet = bytes.substr(at, kMostPacket);
  return packet.substr(0, packet.find("</x:xmpmeta"));
}

std::string_view without_blanks(std::string_view words) {
  while (!words.empty() && is_space(words.front())) words.remove_prefix(1);
  while (!words.empty() && is_space(words.back())) words.remove_suffix(1);
  return words;
}

/// Of "<pdf:Producer>words</pdf:Producer>", of an attribute pdf:Producer="words", and of lists "<rdf:li>words</rdf:li>" inside.
std::string packet_value(std::string_view packet, std::string_view element) {
  const std::size_t at = packet.find(element);
  if (at == std::string_view::npos) return {};
  std::string_view from = packet.substr(at + element.size());
  if (from.starts_with("=\"")) return text::valid_utf8(from.substr(2, std::min(from.find('"', 2) - 2, kMostValue)));
  from = from.substr(0, from.find("</" + std::string(element)));
  if (const auto item = from.find("<rdf:li"); item != std::string_view::npos) from.remove_prefix(item);
  const auto begin = from.find('>');
  if (begin == std::string_view::npos) return {};
  from.remove_prefix(begin + 1);
  return text::valid_utf8(without_blanks(from.substr(0, std::min(from.find('<'), kMostValue))));
}

}  // namespace

std::vector<std::pair<std::string, std::string>> pdf_properties(std::string_view bytes) {
  const auto dictionary = information_dictionary(bytes);
  const auto packet = last_packet(bytes);
  Properties properties;
  for (const Property& property : kProperties) {
    std::string value = dictionary_value(dictionary, property.key);
    if (value.empty()) value = packet_value(packet, property.element);
    if (!value.empty()) properties.emplace_back(property.name, std::move(value));
  }
  return properties;
}

}  // namespace threadline::documents
