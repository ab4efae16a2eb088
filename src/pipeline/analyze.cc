// SPDX-License-Identifier: Apache-2.0
#include "threadline/analyze.h"

#include <optional>
#include <utility>

#include "pipeline/analysis.h"
#include "pipeline/policy_effect.h"
#include "text/zone.h"
#include "timeline/rows.h"

namespace threadline {
namespace {

Result<pipeline::RunSettings> run_settings(const AnalyzeOptions& options) {
  pipeline::RunSettings settings;
  settings.jobs = options.jobs;
  if (!options.policy_json.empty()) {
    auto policy = policy::read_policy(options.policy_json, "policy");
    if (!policy) return tl::unexpected(policy.error());
    if (const auto doubts = pipeline::doubts_about(*policy, "policy"); !doubts) return tl::unexpected(doubts.error());
    settings.policy = std::move(*policy);
  }
  auto& own = settings.policy.own.domains;
  own.insert(own.end(), options.own_domains.begin(), options.own_domains.end());
  return settings;
}

Result<timeline::RowSettings> row_settings(const AnalyzeOptions& options, const policy::Policy& policy) {
  timeline::RowSettings rows;
  if (options.language != "en" && options.language != "fr")
    return tl::unexpected(Error{"no such language: " + options.language, {}, "en or fr"});
  rows.language = options.language == "fr" ? timeline::Language::fr : timeline::Language::en;
  const std::string& name = options.time_zone.empty() ? policy.time_zone : options.time_zone;
  if (name.empty()) return rows;
  auto zone = text::Zone::named(name);
  if (!zone) return tl::unexpected(zone.error());
  rows.zone.emplace(std::move(*zone));
  return rows;
}

Result<std::vector<Row>> rows_below(const std::vector<std::string>& paths, const AnalyzeOptions& options) {
  const auto settings = run_settings(options);
  if (!settings) return tl::unexpected(settings.error());
  const auto rows = row_settings(options, settings->policy);
  if (!rows) return tl::unexpected(rows.error());
  const auto run = pipeline::analyse(paths, *settings);
  if (!run) return tl::unexpected(run.error());
  return timeline::rows_of(run->judged, run->remarks, *rows, run->logged);
}

}  // namespace

tl::expected<std::vector<Row>, std::string> analyze(const std::vector<std::string>& paths, const AnalyzeOptions& options) {
  return rows_below(paths, options).map_error([](const Error& error) { return to_line(error); });
}

}  // namespace threadline
