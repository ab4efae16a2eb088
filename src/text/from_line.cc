// SPDX-License-Identifier: Apache-2.0
#include "text/from_line.h"

#include "base/ascii.h"

namespace threadline::text {

bool is_from_line(std::string_view line) {
  if (!line.starts_with("From ") || line.size() > 1'000) return false;
  bool time = false;
  bool year = false;
  for (std::size_t at = 5; at + 3 < line.size(); ++at) {
    time = time || (is_digit(line[at]) && line[at + 1] == ':' && is_digit(line[at + 2]) && is_digit(line[at + 3]));
    const bool four = is_digit(line[at]) && is_digit(line[at + 1]) && is_digit(line[at + 2]) && is_digit(line[at + 3]);
    year = year || (four && (line.substr(at, 2) == "19" || line.substr(at, 2) == "20"));
  }
  return time && year;
}

}  // namespace threadline::text
