// SPDX-License-Identifier: Apache-2.0
#include "message/header_value.h"

#include <gmime/gmime.h>

#include <algorithm>

#include "message/gmime_setup.h"
#include "message/owned.h"
#include "text/charset.h"

namespace threadline::message {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string_view without_space_at_ends(std::string_view value) {
  while (!value.empty() && is_space(value.front())) value.remove_prefix(1);
  while (!value.empty() && is_space(value.back())) value.remove_suffix(1);
  return value;
}

std::string on_one_line(std::string_view raw) {
  std::string line;
  line.reserve(raw.size());
  while (!raw.empty()) {
    const auto end = std::min(raw.find_first_of("\r\n"), raw.size());
    line.append(raw.substr(0, end));
    raw.remove_prefix(end);
    if (raw.empty()) break;
    raw.remove_prefix(std::min(raw.find_first_not_of(" \t\r\n"), raw.size()));
    line.push_back(' ');
  }
  return line;
}

void show_nul(std::string& value) {
  for (auto at = value.find('\0'); at != std::string::npos; at = value.find('\0', at)) value.replace(at, 1, "\xEF\xBF\xBD");
}

}  // namespace

std::string unfolded(std::string_view raw, std::string_view charset_hint) {
  raw = without_space_at_ends(raw);
  auto value = raw.find('\n') == std::string_view::npos ? std::string(raw) : on_one_line(raw);
  if (!std::ranges::all_of(value, [](char c) { return static_cast<unsigned char>(c) < 0x80; }) && !text::is_valid_utf8(value)) {
    value = text::decode(value, charset_hint).text;
  }
  if (value.find('\0') != std::string::npos) show_nul(value);
  return value;
}

std::string decoded_words(std::string value) {
  if (value.find("=?") == std::string::npos) return value;
  const auto decoded = adopt<g_free>(g_mime_utils_header_decode_text(gmime_options(), value.c_str()));
  if (!decoded) return value;
  auto text = text::valid_utf8(decoded.get());
  return text.find_first_of("\r\n") == std::string::npos ? text : on_one_line(text);
}

std::string message_id_of(std::string_view value) {
  const auto open = value.find('<');
  auto close = value.find('>', open == std::string_view::npos ? 0 : open);
  std::string_view token = without_space_at_ends(value);
  if (open != std::string_view::npos) token = value.substr(open + 1, (close == std::string_view::npos ? value.size() : close) - open - 1);
  std::string id;
  std::ranges::copy_if(token, std::back_inserter(id), [](char c) { return !is_space(c); });
  return id.empty() ? id : "<" + id + ">";
}

std::string path_of(std::string_view value) {
  const auto id = message_id_of(value);
  return id.size() < 2 ? std::string() : id.substr(1, id.size() - 2);
}

}  // namespace threadline::message
