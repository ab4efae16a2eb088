// SPDX-License-Identifier: Apache-2.0
#include "timeline/cells.h"

namespace threadline::timeline {
namespace {

// "2018-04-05T10:37:00+02:00"
constexpr std::size_t kYear = 4;
constexpr std::size_t kDate = 10;
constexpr std::size_t kClock = 5;

}  // namespace

std::string date_of(const Row& row, Language language) {
  if (!row.time || row.time->size() < kDate) return {};
  const std::string& time = *row.time;
  if (language == Language::en) return time.substr(0, kDate);
  return time.substr(8, 2) + "/" + time.substr(5, 2) + "/" + time.substr(0, kYear);
}

std::string clock_of(const Row& row) {
  return !row.time || row.time->size() < kDate + 1 + kClock ? std::string() : row.time->substr(kDate + 1, kClock);
}

std::array<std::string, kColumns.size()> cells_of(const Row& row, Language language) {
  return {date_of(row, language),
          clock_of(row),
          row.zone,
          row.source_label.empty() ? row.source : row.source_label,
          row.actor,
          row.action,
          row.comment,
          row.severity.empty() ? std::string() : std::string(words("severity." + row.severity, language)),
          row.code,
          row.message_id.value_or(""),
          row.sha256,
          row.id};
}

}  // namespace threadline::timeline
