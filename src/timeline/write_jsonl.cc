// SPDX-License-Identifier: Apache-2.0
#include "timeline/json.h"
#include "timeline/write.h"

namespace threadline::timeline {
namespace {

Json nullable(const std::optional<std::string>& text) { return text ? Json(*text) : Json(nullptr); }

void set_text(Json& json, const char* key, const std::string& text) {
  if (!text.empty()) json[key] = text;
}

/// The evidence text is our own JSON; if it were not, it would stand as an object without members.
Json parsed(const std::string& evidence_json) {
  Json json = Json::parse(evidence_json, nullptr, false);
  return json.is_object() ? json : Json::object();
}

void set_claim(Json& json, const Row& row) {
  set_text(json, "code", row.code);
  set_text(json, "severity", row.severity);
  if (row.confidence) json["confidence"] = *row.confidence;
  if (!row.evidence_json.empty()) json["evidence"] = parsed(row.evidence_json);
  if (!row.attack.empty()) json["attack"] = row.attack;
}

Json to_json(const Row& row) {
  Json json{{"id", row.id}, {"row", row.row}, {"kind", row.kind}};
  if (row.about) json["about"] = *row.about;
  json["time"] = nullable(row.time);
  json["known_at"] = nullable(row.known_at);
  json["time_basis"] = row.time_basis;
  set_text(json, "zone", row.zone);
  set_text(json, "zone_basis", row.zone_basis);
  set_text(json, "time_text", row.time_text);
  json["source"] = row.source;
  if (!row.sources.empty()) json["sources"] = row.sources;
  set_text(json, "source_label", row.source_label);
  set_text(json, "sha256", row.sha256);
  json["message_id"] = nullable(row.message_id);
  json["actor"] = row.actor;
  json["action"] = row.action;
  json["comment"] = row.comment;
  set_claim(json, row);
  return json;
}

}  // namespace

void write_jsonl(std::ostream& out, const std::vector<Row>& rows) {
  for (const Row& row : rows) out << dumped(to_json(row)) << '\n';
}

}  // namespace threadline::timeline
