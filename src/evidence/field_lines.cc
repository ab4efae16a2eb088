// SPDX-License-Identifier: Apache-2.0
#include "evidence/field_lines.h"

#include <algorithm>

#include "base/ascii.h"
#include "evidence/content_kind.h"
#include "evidence/lines.h"
#include "text/base64.h"
#include "text/charset.h"
#include "text/fold.h"

namespace threadline::evidence {
namespace {

constexpr std::size_t kValue = 64U << 10U;  ///< of one field; what is beyond is no program's own field

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
}

/// The "Q" encoding. Source: RFC 2047 section 4.2.
std::string decode_q(std::string_view text) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const int byte = text[at] == '=' ? hex_byte(text, at + 1) : -1;
    bytes += byte >= 0 ? static_cast<char>(byte) : text[at] == '_' ? ' ' : text[at];
    if (byte >= 0) at += 2;
  }
  return bytes;
}

/// The encoded word at the beginning ("=?utf-8?Q?caf=C3=A9?=") and its length; nothing when there is none.
std::optional<std::pair<std::string, std::size_t>> word_at(std::string_view text) {
  if (!text.starts_with("=?")) return std::nullopt;
  const auto charset_end = text.find('?', 2);
  if (charset_end == std::string_view::npos || charset_end + 2 >= text.size() || text[charset_end + 2] != '?')
    return std::nullopt;
  const auto end = text.find("?=", charset_end + 3);
  if (end == std::string_view::npos) return std::nullopt;
  const auto content = text.substr(charset_end + 3, end - charset_end - 3);
  const bool is_q = text[charset_end + 1] == 'Q' || text[charset_end + 1] == 'q';
  const auto bytes = is_q ? decode_q(content) : text::decode_base64(content);
  return std::pair{text::decode(bytes, text.substr(2, charset_end - 2)).text, end + 2};
}

}  // namespace

std::optional<FieldLine> FieldLines::next() {
  const auto before = rest_;
  const auto line = take_any_line(rest_);
  if (line.empty()) return std::nullopt;
  if (!is_field_line(line, false)) {
    rest_ = before;
    return std::nullopt;
  }
  const auto colon = line.find(':');
  FieldLine field{trimmed(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1)))};
  while (rest_.starts_with(' ') || rest_.starts_with('\t')) {
    const auto more = trimmed(take_any_line(rest_));
    if (field.value.size() + more.size() < kValue) (field.value += ' ') += more;
  }
  return field;
}

std::string parameter_of(std::string_view value, std::string_view name) {
  auto semicolon = value.find(';');
  while (semicolon != std::string_view::npos) {
    value = trimmed(value.substr(semicolon + 1));
    const auto equals = std::min(value.find('='), value.size());
    auto content = trimmed(value.substr(std::min(equals + 1, value.size())));
    const bool quoted = content.starts_with('"');
    if (quoted) content.remove_prefix(1);
    const auto end = std::min(content.find_first_of(quoted ? "\"" : "; \t"), content.size());
    if (text::equal_ascii_nocase(trimmed(value.substr(0, equals)), name)) return std::string(content.substr(0, end));
    value = content.substr(end);
    semicolon = value.find(';');
  }
  return {};
}

std::string decoded_words(std::string_view value) {
  std::string decoded;
  bool after_word = false;
  while (!value.empty()) {
    const auto blanks = std::min(value.find_first_not_of(' '), value.size());
    const auto word = word_at(value.substr(blanks));
    if (!(word && after_word)) decoded.append(value.substr(0, blanks));
    value.remove_prefix(blanks);
    if (word) decoded += word->first;
    const auto length =
        word ? word->second : std::min<std::size_t>(value.empty() ? 0 : value.find_first_of(" =", 1), value.size());
    if (!word) decoded += text::valid_utf8(value.substr(0, length));
    value.remove_prefix(length);
    after_word = word.has_value();
  }
  return decoded;
}

}  // namespace threadline::evidence
