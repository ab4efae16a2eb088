// SPDX-License-Identifier: Apache-2.0
#include "timeline/json.h"

#include "timeline/json_text.h"

namespace threadline::timeline {
namespace {

Json list_to_json(const Value::List& list) {
  Json json = Json::array();
  for (const Value& value : list) json.push_back(to_json(value));
  return json;
}

Json object_to_json(const Value::Object& object) {
  Json json = Json::object();
  for (const auto& [key, value] : object) json[key] = to_json(value);
  return json;
}

}  // namespace

Json to_json(const Value& value) {
  if (const auto* text = value.text()) return *text;
  if (const auto* list = value.list()) return list_to_json(*list);
  if (const auto* object = value.object()) return object_to_json(*object);
  if (const auto* boolean = value.boolean()) return *boolean;
  if (const auto* integer = value.integer()) return *integer;
  if (const auto* number = value.number()) return *number;
  return nullptr;
}

Json to_json(const Span& span) {
  if (is_nowhere(span)) return nullptr;
  return {{"part", span.part}, {"offset", span.offset}, {"length", span.length}};
}

Json to_json(const Note& note) { return {{"code", note.code}, {"text", note.text}, {"span", to_json(note.span)}}; }

Json evidence_of(const findings::Finding& finding) { return Json::parse(evidence_text(finding)); }

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace threadline::timeline
