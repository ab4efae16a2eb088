// SPDX-License-Identifier: Apache-2.0
#include "facts/contact/dial_in.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

constexpr auto kLabels = std::to_array<std::string_view>({
#define THREADLINE_CONFERENCE(label) label,
#include "facts/contact/dial_in.def"
#undef THREADLINE_CONFERENCE
});

constexpr std::size_t kLines = 8;      ///< lines looked at on each side
constexpr std::size_t kLongest = 80;   ///< bytes of a line with a label
constexpr std::ptrdiff_t kFewest = 4;  ///< digits of an ID or a code
constexpr std::size_t kBytes = 800;    ///< looked at on each side
constexpr std::size_t kBlanks = 3;     ///< bytes between a number and its PIN

/// A line that begins with a label and says a number or word behind it.
bool names_conference(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t*>|");
  if (begin == std::string_view::npos || line.size() > kLongest) return false;
  const std::string folded = text::fold(line.substr(begin));
  return std::ranges::any_of(kLabels, [&](std::string_view label) {
    const std::size_t colon = folded.starts_with(label) ? folded.find(':', label.size()) : std::string::npos;
    return colon != std::string::npos && std::ranges::count_if(folded.substr(colon), is_digit) >= kFewest;
  });
}

std::string_view line_at(std::string_view text, std::size_t begin) {
  return text.substr(begin, std::min(text.find('\n', begin), text.size()) - begin);
}

}  // namespace

bool is_dial_string(std::string_view text, std::size_t end) {
  std::string_view rest = text.substr(std::min(end, text.size()));
  if (rest.starts_with(",,") && rest.size() > 2 && is_digit(rest[2])) return true;
  if (rest.size() > 1 && rest[0] == ',' && is_digit(rest[1])) {
    const std::size_t behind = std::min(rest.find_first_not_of("0123456789,*", 1), rest.size());
    return behind < rest.size() && rest[behind] == '#';
  }
  rest.remove_prefix(std::min({rest.find_first_not_of(' '), kBlanks, rest.size()}));
  return rest.starts_with("PIN:") || rest.starts_with("PIN ");
}

bool is_of_conference(std::string_view text, std::size_t at) {
  const std::size_t from = at - std::min(at, kBytes);
  text = text.substr(from, at - from + kBytes);
  at -= from;
  std::size_t begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;  // npos + 1 is 0
  for (std::size_t back = 0; back < kLines && begin > 0; ++back) begin = begin < 2 ? 0 : text.rfind('\n', begin - 2) + 1;
  for (std::size_t line = 0; line <= 2 * kLines && begin < text.size(); ++line) {
    const std::string_view words = line_at(text, begin);
    if (names_conference(words)) return true;
    begin += words.size() + 1;
  }
  return false;
}

}  // namespace threadline::facts
