// SPDX-License-Identifier: Apache-2.0
#include "evidence/pasted_base64.h"

#include <algorithm>

#include "text/base64.h"

namespace threadline::evidence {
namespace {

constexpr std::size_t kLeast = 40;  ///< characters; a word alone is none
constexpr std::size_t kPrefix = 200;

}  // namespace

std::string_view base64_text(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  bytes.remove_prefix(std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size()));
  if (bytes.starts_with("data:")) {
    const auto comma = bytes.find(',');
    if (comma == std::string_view::npos || comma > kPrefix || !bytes.substr(0, comma).ends_with(";base64")) return {};
    bytes.remove_prefix(comma + 1);
  }
  const auto is_base64 = [](char c) {
    return text::is_base64_character(c) || c == '=' || c == '\n' || c == '\r' || c == ' ' || c == '\t';
  };
  return bytes.size() >= kLeast && std::ranges::all_of(bytes, is_base64) ? bytes : std::string_view();
}

}  // namespace threadline::evidence
