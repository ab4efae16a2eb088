// SPDX-License-Identifier: Apache-2.0
#include "message/one_off_entry.h"

#include <cstdint>
#include <utility>

#include "message/byte_cursor.h"
#include "message/mapi_text.h"
#include "text/charset.h"
#include "text/fold.h"
#include "text/utf16.h"

namespace threadline::message {
namespace {

using namespace std::string_view_literals;

/// MUIDOOP, the provider of one-off entries.
constexpr auto kOneOff = "\x81\x2B\x1F\xA4\xBE\xA3\x10\x19\x9D\x6E\x00\xDD\x01\x0F\x54\x02"sv;
constexpr std::uint16_t kUnicode = 0x8000;

/// One string with its end.
std::string take_string(ByteCursor& cursor, bool unicode, std::string_view charset) {
  const auto rest = cursor.rest();
  if (!unicode) {
    const auto end = std::min(rest.find('\0'), rest.size());
    cursor.take(end + 1);
    return text::decode(rest.substr(0, end), charset).text;
  }
  std::size_t end = 0;
  while (end + 1 < rest.size() && (rest[end] != '\0' || rest[end + 1] != '\0')) end += 2;
  cursor.take(end + 2);
  return text::decode_utf16le(rest.substr(0, end)).text;
}

}  // namespace

Address read_one_off_entry(std::string_view entry_id, std::string_view charset) {
  ByteCursor cursor(entry_id);
  cursor.take(4);  // flags
  if (cursor.take(kOneOff.size()) != kOneOff) return {};
  cursor.take(2);  // version
  const auto flags = cursor.number<std::uint16_t>();
  if (!flags) return {};
  const bool unicode = (*flags & kUnicode) != 0;
  auto name = take_string(cursor, unicode, charset);
  const auto type = take_string(cursor, unicode, charset);
  auto address = take_string(cursor, unicode, charset);
  if (!text::equal_ascii_nocase(type, "SMTP")) return {};
  return {std::move(name), std::move(address)};
}

std::vector<Address> read_flat_entry_list(std::string_view list, std::string_view charset, const Limits& limits) {
  std::vector<Address> people;
  ByteCursor cursor(list);
  const auto count = cursor.number<std::uint32_t>().value_or(0);
  cursor.take(4);  // size of all entries
  for (std::uint32_t i = 0; i < count && cursor.left() > 4 && people.size() < limits.addresses; ++i) {
    const auto size = cursor.number<std::uint32_t>().value_or(0);
    auto person = read_one_off_entry(cursor.take(size), charset);
    if (!person.name.empty() || !person.address.empty()) people.push_back(std::move(person));
    cursor.take((4 - size % 4) % 4);
  }
  return people;
}

}  // namespace threadline::message
