// SPDX-License-Identifier: Apache-2.0
#include "documents/html_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "text/base64.h"
#include "text/fold.h"
#include "text/html_entities.h"
#include "text/percent.h"

namespace threadline::documents {
namespace {

constexpr std::string_view kData = "data:", kFrame = "srcdoc";
constexpr std::size_t kMostHead = 200;  ///< of an address, before its comma

bool is_at(std::string_view source, std::size_t at, std::string_view word) {
  return text::equal_ascii_nocase(source.substr(at, word.size()), word);
}

/// The file of the data: address that begins at `at`, which is its end afterwards.
std::optional<std::string> data_at(std::string_view source, std::size_t& at) {
  const std::size_t begin = at + kData.size();
  const char before = at == 0 ? '\0' : source[at - 1];
  const bool is_quoted = before == '"' || before == '\'';  // then blanks and "<" are of the address
  at = std::min(is_quoted ? source.find(before, begin) : source.find_first_of("\"'<> )", begin), source.size());
  const std::string_view address = source.substr(begin, at - begin);
  const std::size_t comma = address.substr(0, kMostHead).find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const bool is_base64 = text::ascii_lower(address.substr(0, comma)).ends_with(";base64");
  const std::string written = text::percent_decoded(address.substr(comma + 1));
  return is_base64 ? text::decode_base64(written) : written;
}

/// The source of the frame whose attribute begins at `at`, which is its end afterwards.
std::optional<std::string> frame_at(std::string_view source, std::size_t& at) {
  constexpr std::string_view kBlanks = " \t\r\n";
  at = std::min(source.find_first_not_of(kBlanks, at + kFrame.size()), source.size());
  if (at == source.size() || source[at] != '=') return std::nullopt;
  at = std::min(source.find_first_not_of(kBlanks, at + 1), source.size());
  const char quote = at < source.size() ? source[at] : '\0';
  const bool is_quoted = quote == '"' || quote == '\'';
  const std::size_t begin = is_quoted ? at + 1 : at;
  at = std::min(is_quoted ? source.find(quote, begin) : source.find_first_of(" \t\r\n>", begin), source.size());
  return text::attribute_text(source.substr(begin, at - begin));
}

}  // namespace

void read_html_files(std::string_view source, const std::function<void(std::string_view name, const std::string& bytes)>& into) {
  std::uint32_t number = 0;
  for (std::size_t at = source.find_first_of("dDsS"); at < source.size(); at = source.find_first_of("dDsS", at)) {
    const bool is_data = is_at(source, at, kData), is_frame = is_at(source, at, kFrame);
    if (!is_data && !is_frame) {
      ++at;
      continue;
    }
    const auto file = is_data ? data_at(source, at) : frame_at(source, at);
    if (file && !file->empty()) into(fmt::format("{} {}{}", is_data ? "data" : "frame", ++number, is_data ? "" : ".html"), *file);
  }
}

}  // namespace threadline::documents
