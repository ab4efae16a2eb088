// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "timeline/exports/exports.h"
#include "timeline/row_json.h"
#include "timeline/visible.h"

namespace threadline::timeline {
namespace {

constexpr std::size_t kTitleLength = 200;  ///< code points
// "2018-04-05T10:37:12+02:00"
constexpr std::size_t kClockEnd = 19;

std::string colour_of(const std::string& severity) {
  static const std::map<std::string_view, std::string_view> kColours{
      {"critical", "#B00020"}, {"high", "#E65100"}, {"medium", "#F9A825"}, {"low", "#1565C0"}};
  const auto found = kColours.find(severity);
  return std::string(found == kColours.end() ? "#616161" : found->second);
}

/// "+00:00" for a time in Z.
std::string zone_of(const std::string& time) {
  return time.size() <= kClockEnd || time[kClockEnd] == 'Z' ? "+00:00" : time.substr(kClockEnd);
}

Json event_json(const ShownRow& shown, Language language) {
  const Row& row = shown.row;
  const std::string title = one_line(visible(row.actor + ": " + row.action), kTitleLength);
  std::string tags = "threadline," + row.kind;
  for (const std::string& tag : {row.code, row.severity}) {
    if (!tag.empty()) tags += "," + tag;
  }
  return {{"event_title", shown.struck ? "[struck] " + title : title},
          {"event_date", row.time->substr(0, kClockEnd) + ".000"},
          {"event_tz", zone_of(*row.time)},
          {"event_content", visible(comment_with_remarks(shown, language))},
          {"event_raw", dumped(row_json(shown))},
          {"event_source", visible(row.source_label.empty() ? row.source : row.source_label)},
          {"event_tags", tags},
          {"event_category_id", "1"},  // "Unspecified": ATT&CK techniques stand in event_raw
          {"event_color", colour_of(row.severity)},
          {"event_assets", Json::array()},
          {"event_iocs", Json::array()},
          {"event_in_summary", row.severity == "critical" || row.severity == "high"},
          {"event_in_graph", true}};
}

}  // namespace

LeftOut export_iris(std::ostream& out, const Exhibit& exhibit, const std::vector<Tab>& tabs) {
  LeftOut left;
  bool is_first = true;
  out << "[";
  exhibit.each_row_for_programs(tabs, [&](const ShownRow& shown) {
    if (!shown.row.time || shown.row.time->size() < kClockEnd) {
      ++left.undated;
      return;
    }
    out << (is_first ? "\n" : ",\n") << dumped(event_json(shown, exhibit.language));
    is_first = false;
  });
  out << "\n]\n";
  return left;
}

}  // namespace threadline::timeline
