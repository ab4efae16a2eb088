// SPDX-License-Identifier: Apache-2.0
#include "told.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "pipeline/analysis.h"
#include "text/zone.h"
#include "timeline/rows.h"

namespace threadline::kit_de_survie {

std::vector<const Row*> Told::of_kind(std::string_view kind) const {
  std::vector<const Row*> found;
  for (const Row& row : rows) {
    if (row.kind == kind) found.push_back(&row);
  }
  return found;
}

std::vector<std::string> Told::story() const {
  std::map<std::string, std::string> lines;
  for (const Row& row : rows) {
    if (row.kind == "message" || row.kind == "quoted") {
      const std::string time = row.time.value_or("(no date)       ");
      lines[time] = time.substr(0, 16) + " " + row.zone + " | " + row.actor + " | " + row.action;
    }
  }
  std::vector<std::string> story;
  for (const auto& [time, line] : lines) story.push_back(line);
  return story;
}

std::vector<std::string> Told::findings_at(std::string_view minute) const {
  std::vector<std::string> found;
  for (const Row& row : rows) {
    if (row.kind == "finding" && row.time.value_or("").starts_with(minute)) found.push_back(row.code + " " + row.severity);
  }
  std::ranges::sort(found);
  return found;
}

bool Told::has(std::string_view minute, const std::string& finding) const {
  const auto found = findings_at(minute);
  return std::ranges::find(found, finding) != found.end();
}

std::vector<std::string> Told::alarms() const {
  std::vector<std::string> found;
  for (const Row& row : rows) {
    if (row.kind == "finding" && (row.severity == "high" || row.severity == "critical"))
      found.push_back(row.code + " " + row.time.value_or(""));
  }
  std::ranges::sort(found);
  return found;
}

std::vector<std::string> Told::lines() const {
  std::vector<std::string> lines;
  const std::string* known_at = nullptr;
  auto message = lines.begin();
  for (const Row& row : rows) {
    if (known_at == nullptr || row.known_at.value_or("") != *known_at) message = lines.end();
    const auto first = message - lines.begin();
    lines.push_back(row.time.value_or("") + " " + row.zone + " | " + row.kind + " | " + row.actor + " | " + row.action + " | " +
                    row.code + " " + row.severity + " | " + row.comment);
    message = lines.begin() + first;
    std::sort(message, lines.end());
    known_at = row.known_at ? &*row.known_at : nullptr;
  }
  return lines;
}

Told tell(const std::vector<std::string>& paths, unsigned jobs, const Reader& reader) {
  pipeline::RunSettings settings;
  settings.policy.own.domains = {reader.own_domain};
  settings.jobs = jobs;
  const auto run = pipeline::analyse(paths, settings);
  EXPECT_TRUE(run);
  timeline::RowSettings rows;
  rows.language = reader.language;
  rows.zone.emplace(*text::Zone::named(reader.zone));
  return {timeline::rows_of(run->judged, run->remarks, rows, run->logged)};
}

}  // namespace threadline::kit_de_survie
