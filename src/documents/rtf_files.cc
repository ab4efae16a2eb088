// SPDX-License-Identifier: Apache-2.0
#include "documents/rtf_files.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace threadline::documents {
namespace {

/// Behind the control word or symbol whose backslash stands at `at`.
std::size_t end_of_word(std::string_view rtf, std::size_t at) {
  ++at;
  if (at >= rtf.size() || !is_letter(rtf[at])) return std::min(at + 1, rtf.size());
  while (at < rtf.size() && is_letter(rtf[at])) ++at;
  while (at < rtf.size() && (rtf[at] == '-' || (rtf[at] >= '0' && rtf[at] <= '9'))) ++at;
  return at < rtf.size() && rtf[at] == ' ' ? at + 1 : at;
}

/// The bytes that the rest of a group has in hexadecimal digits; groups in it have none. `at` is where it ends afterwards.
std::string hex_of_group(std::string_view rtf, std::size_t& at) {
  std::string bytes;
  int high = -1, depth = 0;
  while (at < rtf.size() && (rtf[at] != '}' || depth > 0)) {
    if (rtf[at] == '\\') {
      at = end_of_word(rtf, at);
      continue;
    }
    depth += rtf[at] == '{' ? 1 : rtf[at] == '}' ? -1 : 0;
    const int value = depth == 0 ? hex_value(rtf[at]) : -1;
    ++at;
    if (value < 0) continue;
    if (high >= 0) bytes += static_cast<char>(static_cast<unsigned char>(high * 16 + value));
    high = high < 0 ? value : -1;
  }
  return bytes;
}

/// From where the first of these begins.
std::string from_file(std::string bytes) {
  using namespace std::string_view_literals;
  constexpr std::array kBeginnings{"%PDF-"sv, "PK\x03\x04"sv, "\x89PNG\r\n"sv, "\xFF\xD8\xFF"sv,
                                   "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv};
  std::size_t begin = std::string::npos;
  for (const std::string_view one : kBeginnings) begin = std::min(begin, bytes.find(one));
  if (begin != std::string::npos) bytes.erase(0, begin);
  return bytes;
}

}  // namespace

void read_rtf_files(std::string_view rtf, const std::function<void(RtfFile kind, std::string bytes)>& into) {
  constexpr std::string_view kPicture = "\\pict", kObject = "\\objdata";
  for (std::size_t at = rtf.find('\\'); at < rtf.size(); at = rtf.find('\\', at)) {
    const std::string_view rest = rtf.substr(at);
    const bool is_picture = rest.starts_with(kPicture) && (rest.size() == kPicture.size() || !is_letter(rest[kPicture.size()]));
    const bool is_object = rest.starts_with(kObject);
    at = end_of_word(rtf, at);
    if (is_picture || is_object) into(is_picture ? RtfFile::picture : RtfFile::object, from_file(hex_of_group(rtf, at)));
  }
}

}  // namespace threadline::documents
