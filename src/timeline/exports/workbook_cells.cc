// SPDX-License-Identifier: Apache-2.0
#include "timeline/exports/workbook_cells.h"

#include <algorithm>
#include <cstdlib>

#include "base/ascii.h"
#include "base/instant.h"
#include "text/charset.h"
#include "timeline/visible.h"

namespace threadline::timeline {
namespace {

constexpr std::size_t kEscape = 7;  // "_x000D_"

bool is_escape(std::string_view text) {
  if (text.size() < kEscape || text[0] != '_' || text[1] != 'x' || text[6] != '_') return false;
  return std::ranges::all_of(text.substr(2, 4), [](char c) { return hex_value(c) >= 0; });
}

}  // namespace

std::string cell_text(std::string_view text) {
  const std::string shown = visible(text);
  std::string cell;
  cell.reserve(shown.size());
  for (std::size_t at = 0; at < shown.size();) {
    const text::CodePoint point = text::code_point_at(shown, at);
    if (shown[at] == '_' && is_escape(std::string_view(shown).substr(at))) {
      cell += "_x005F_";
    } else if (point.value == 0xFFFE || point.value == 0xFFFF) {
      cell += point.value == 0xFFFE ? "\\u{FFFE}" : "\\u{FFFF}";
    } else {
      cell.append(shown, at, point.length);
    }
    at += point.length;
  }
  return cell;
}

std::vector<std::string> pieces_of(const std::string& text, std::size_t units) {
  std::vector<std::string> pieces;
  std::size_t begin = 0;
  std::size_t used = 0;
  for (std::size_t at = 0; at < text.size();) {
    const text::CodePoint point = text::code_point_at(text, at);
    const std::size_t wide = point.value > 0xFFFF ? 2 : 1;
    if (used + wide > units && at > begin) {
      pieces.push_back(text.substr(begin, at - begin));
      begin = at;
      used = 0;
    }
    used += wide;
    at += point.length;
  }
  pieces.push_back(text.substr(begin));
  return pieces;
}

SheetTime sheet_time(const std::string& time) {
  constexpr std::size_t kClockEnd = 19;
  constexpr double kDaySeconds = 86'400;
  constexpr double kEpoch = 25'569;  // 1970-01-01
  constexpr double kFirst = 61;      // 1900-03-01: before it spreadsheets disagree
  if (time.size() < kClockEnd) return {};
  const auto number = [&](std::size_t from, std::size_t digits) { return std::atoi(time.substr(from, digits).c_str()); };
  const auto midnight = instant_of({number(0, 4), number(5, 2), number(8, 2), 0, 0, 0}, 0);
  if (!midnight) return {};
  const double day = static_cast<double>(midnight->seconds) / kDaySeconds + kEpoch;
  if (day < kFirst) return {};
  return {day, (number(11, 2) * 3'600 + number(14, 2) * 60 + number(17, 2)) / kDaySeconds};
}

}  // namespace threadline::timeline
