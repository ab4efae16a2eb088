// SPDX-License-Identifier: Apache-2.0
#include "timeline/row_json.h"

#include "timeline/json_text.h"

namespace threadline::timeline {
namespace {

using Sorted = nlohmann::json;

void set_text(Json& json, const char* key, const std::string& text) {
  if (!text.empty()) json[key] = text;
}

void add_text(ObjectText& object, std::string_view key, const std::string& text) {
  if (!text.empty()) object.add(key, text);
}

void add_claim(ObjectText& object, const Row& row) {
  add_text(object, "code", row.code);
  add_text(object, "severity", row.severity);
  if (row.confidence) object.add("confidence", *row.confidence);
  if (!row.evidence_json.empty()) object.add_json("evidence", row.evidence_json);
  if (!row.attack.empty()) object.add("attack", row.attack);
}

Json remark_json(const Remark& remark) {
  Json json = Json::object();
  set_text(json, "as", remark.as);
  json["by"] = remark.by;
  json["at"] = remark.at;
  return json;
}

Json gone_json(const Gone& gone) {
  Json json = remark_json(gone.import);
  json["entry"] = gone.import.entry;
  set_text(json, "policy", gone.policy);
  if (gone.original != 0) json["original"] = gone.original;
  return json;
}

Json regraded_json(const Regraded& one) {
  Json json = remark_json(one.import);
  json["entry"] = one.import.entry;
  set_text(json, "policy", one.policy);
  json["before"] = one.before;
  json["after"] = one.after;
  return json;
}

Json payment_json(const Payment& payment) {
  return {{"amount", payment.amount},
          {"debited", payment.debited},
          {"credited", payment.credited},
          {"reference", payment.reference},
          {"payee_check", payment.payee_check}};
}

void add_members(ObjectText& object, const Row& row) {
  object.add("id", row.id);
  object.add("row", row.row);
  object.add("kind", row.kind);
  if (row.about) object.add("about", *row.about);
  object.add("time", row.time);
  object.add("known_at", row.known_at);
  object.add("time_basis", row.time_basis);
  add_text(object, "zone", row.zone);
  add_text(object, "zone_basis", row.zone_basis);
  add_text(object, "time_text", row.time_text);
  object.add("source", row.source);
  if (!row.sources.empty()) object.add("sources", row.sources);
  add_text(object, "source_label", row.source_label);
  add_text(object, "sha256", row.sha256);
  object.add("message_id", row.message_id);
  object.add("actor", row.actor);
  object.add("action", row.action);
  object.add("comment", row.comment);
  add_claim(object, row);
}

std::optional<std::string> optional_at(const Sorted& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

std::vector<std::string> list_at(const Sorted& json, const char* key) {
  std::vector<std::string> list;
  const auto found = json.find(key);
  if (found == json.end() || !found->is_array()) return list;
  for (const auto& one : *found) {
    if (one.is_string()) list.push_back(one.get<std::string>());
  }
  return list;
}

}  // namespace

std::string row_text(const Row& row) {
  std::string text;
  {
    ObjectText object(text);
    add_members(object, row);
  }
  return text;
}

Json row_json(const Row& row) { return Json::parse(row_text(row)); }

Json row_json(const ShownRow& shown) {
  Json json = row_json(shown.row);
  if (shown.qualified) {
    json["qualified"] = remark_json(*shown.qualified);
    json["qualified"]["why"] = shown.qualified->text;
  }
  if (shown.struck) {
    json["struck"] = remark_json(*shown.struck);
    json["struck"]["why"] = shown.struck->text;
  }
  if (shown.gone) json["not_found"] = gone_json(*shown.gone);
  for (const Regraded& one : shown.regraded) json["regraded"].push_back(regraded_json(one));
  for (const Remark& note : shown.notes) {
    Json one = remark_json(note);
    one["text"] = note.text;
    json["notes"].push_back(std::move(one));
  }
  if (shown.payment) json["payment"] = payment_json(*shown.payment);
  return json;
}

Row row_of(const Sorted& json) {
  Row row;
  if (!json.is_object()) return row;
  row.id = text_at(json, "id");
  row.kind = text_at(json, "kind");
  row.about = optional_at(json, "about");
  row.time = optional_at(json, "time");
  row.known_at = optional_at(json, "known_at");
  row.time_basis = text_at(json, "time_basis");
  row.zone = text_at(json, "zone");
  row.zone_basis = text_at(json, "zone_basis");
  row.time_text = text_at(json, "time_text");
  row.source = text_at(json, "source");
  row.sources = list_at(json, "sources");
  row.source_label = text_at(json, "source_label");
  row.sha256 = text_at(json, "sha256");
  row.message_id = optional_at(json, "message_id");
  row.actor = text_at(json, "actor");
  row.action = text_at(json, "action");
  row.comment = text_at(json, "comment");
  row.code = text_at(json, "code");
  row.severity = text_at(json, "severity");
  const auto confidence = json.find("confidence");
  if (confidence != json.end() && confidence->is_number()) row.confidence = confidence->get<double>();
  const auto evidence = json.find("evidence");
  if (evidence != json.end() && evidence->is_object())
    row.evidence_json = evidence->dump(-1, ' ', false, Sorted::error_handler_t::replace);
  row.attack = list_at(json, "attack");
  return row;
}

}  // namespace threadline::timeline
