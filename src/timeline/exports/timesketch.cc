// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <map>

#include "timeline/exports/exports.h"
#include "timeline/row_json.h"
#include "timeline/visible.h"

namespace threadline::timeline {
namespace {

constexpr std::size_t kMessageLength = 10'000;  ///< code points of the event's line; the whole comment has its own field

constexpr std::array<std::string_view, 14> kFields{"message", "datetime", "timestamp_desc", "actor",  "action",
                                                   "comment", "severity", "code",           "source", "message_id",
                                                   "sha256",  "row_id",   "kind",           "row"};

/// What the time of a row is the time of: words of the tool, English whatever the reader's language.
std::string meaning_of(const Row& row) {
  static const std::map<std::string_view, std::string_view> kMeanings{
      {"message", "Email sent"}, {"quoted", "Quoted email sent"}, {"finding", "Finding about an email"}, {"hop", "Email relayed"},
      {"log", "Event"},          {"evidence", "Evidence read"},   {"action", "Responder's action"}};
  const auto found = kMeanings.find(row.kind);
  return std::string(found == kMeanings.end() ? "Event" : found->second) + " (" + row.time_basis + ")";
}

std::array<std::string, kFields.size()> values_of(const ShownRow& shown, Language language) {
  const Row& row = shown.row;
  const std::string comment = comment_with_remarks(shown, language);
  std::string line = row.actor + ": " + row.action;
  if (!comment.empty()) line += " | " + comment;
  return {one_line(visible(line), kMessageLength),
          row.time.value_or(""),
          meaning_of(row),
          visible(row.actor),
          visible(row.action),
          visible(comment),
          row.severity,
          row.code,
          visible(row.source_label.empty() ? row.source : row.source_label),
          visible(row.message_id.value_or("")),
          row.sha256,
          row.id,
          row.kind,
          std::to_string(row.row)};
}

std::string json_line(const std::array<std::string, kFields.size()>& values) {
  Json json = Json::object();
  for (std::size_t at = 0; at < kFields.size(); ++at) json[std::string(kFields[at])] = values[at];
  return dumped(json) + "\n";
}

}  // namespace

TimesketchLines::TimesketchLines(std::ostream& out, Language language, bool as_jsonl)
    : out_(out), language_(language), as_jsonl_(as_jsonl) {
  std::array<std::string, kFields.size()> titles;
  for (std::size_t at = 0; at < kFields.size(); ++at) titles[at] = kFields[at];
  if (!as_jsonl_) out_ << csv_record(titles, ',');
}

void TimesketchLines::add(const ShownRow& shown) {
  if (!shown.row.time) {
    ++left_.undated;
    return;
  }
  const auto values = values_of(shown, language_);
  out_ << (as_jsonl_ ? json_line(values) : csv_record(values, ','));
}

LeftOut export_timesketch(std::ostream& out, const Exhibit& exhibit, const std::vector<Tab>& tabs, bool as_jsonl) {
  TimesketchLines lines(out, exhibit.language, as_jsonl);
  exhibit.each_row_for_programs(tabs, [&](const ShownRow& shown) { lines.add(shown); });
  return lines.left_out();
}

}  // namespace threadline::timeline
