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

Json node_json(const TreeNode& node) {
  return {{"id", node.id},
          {"parent", text_or_null(node.parent)},
          {"message_id", text_or_null(node.message_id)},
          {"time", text_or_null(node.time)},
          {"from", {{"name", text_or_null(node.from.name)}, {"address", text_or_null(node.from.address)}}},
          {"subject", text_or_null(node.subject)},
          {"quoted", node.is_quoted}};
}

}  // namespace

std::string message_details(const Judged& judged, const Tree& conversation) {
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
  details["conversation"] = Json::array();
  for (const TreeNode& node : conversation.nodes) details["conversation"].push_back(node_json(node));
  if (conversation.more > 0) details["conversation_more"] = conversation.more;
  return dumped(details);
}

bool has_details(const Judged& judged) {
  return std::ranges::any_of(judged.findings, [](const auto& finding) { return finding.severity >= Severity::medium; });
}

}  // namespace threadline::timeline
