// SPDX-License-Identifier: Apache-2.0
#include "timeline/details.h"

#include <algorithm>
#include <array>

#include "timeline/explain.h"
#include "timeline/json.h"

namespace threadline::timeline {
namespace {

constexpr std::array kKept{"subject", "from", "to", "reply_to", "return_path", "hops", "auth", "accounts", "thread"};
constexpr std::array kOfQuoted{"id", "parent", "level", "from", "subject", "date", "date_text", "original"};

}  // namespace

std::string message_details(const Judged& judged) {
  const Json whole = Json::parse(explain_json(judged, Family{}, Language::en), nullptr, false);
  Json details = Json::object();
  if (!whole.is_object()) return dumped(details);
  for (const char* key : kKept) details[key] = whole.value(key, Json());
  details["quoted"] = Json::array();
  for (const auto& level : whole["conversation"]["quoted"]) {
    Json one = Json::object();
    for (const char* key : kOfQuoted) one[key] = level.value(key, Json());
    details["quoted"].push_back(std::move(one));
  }
  return dumped(details);
}

bool has_details(const Judged& judged) {
  return std::ranges::any_of(judged.findings, [](const auto& finding) { return finding.severity >= Severity::medium; });
}

}  // namespace threadline::timeline
