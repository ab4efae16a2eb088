// SPDX-License-Identifier: Apache-2.0
#include "timeline/log_rows.h"

#include <algorithm>
#include <array>

#include "timeline/json.h"
#include "timeline/json_text.h"
#include "timeline/rows.h"
#include "timeline/sentences.h"
#include "timeline/times.h"
#include "timeline/visible.h"

namespace threadline::timeline {
namespace {

constexpr std::size_t kNameLength = 200;       ///< code points of an account or server
constexpr std::size_t kCommentLength = 1'000;  ///< code points of one line of a comment

/// Lines of a comment, in this order; each is left out where a name has no value.
constexpr auto kCommentLines = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"log.comment.subject", "subject"},
    {"log.comment.mails", "mails"},
    {"log.comment.does", "does"},
    {"log.comment.outcome", "outcome"},
    {"log.comment.reason", "reason"},
    {"log.comment.repeated", "times"},
});

bool has(const Value& evidence, std::string_view name) {
  const Value* value = evidence.find(name);
  if (value == nullptr || value->is_null()) return false;
  const auto* text = value->text();
  return text == nullptr || !text->empty();
}

bool is_set(const Value& evidence, std::string_view name) {
  const Value* value = evidence.find(name);
  return value != nullptr && value->boolean() != nullptr && *value->boolean();
}

void add_line(std::string& text, std::string line) {
  line = one_line(line, kCommentLength);
  if (line.empty()) return;
  if (!text.empty()) text += '\n';
  text += line;
}

/// "Adresse 192.0.2.7 (LV) - client X - session Y", whatever of it there is.
std::string place_line(const Logged& logged, const Values& values, Language language) {
  std::string line = phrase("log.comment.where", language, values);
  const std::string_view joint = "\u00b7 ";
  line = one_line(line, kCommentLength);
  if (line.starts_with(joint)) line.erase(0, joint.size());
  return has(logged.evidence, "ip") || has(logged.evidence, "client") || has(logged.evidence, "session") ? line : std::string();
}

std::string comment_of(const Logged& logged, const Values& values, Language language) {
  std::string comment;
  for (const auto& [key, name] : kCommentLines) {
    if (has(logged.evidence, name)) add_line(comment, phrase(key, language, values));
  }
  add_line(comment, place_line(logged, values, language));
  if (is_set(logged.evidence, "throttled")) add_line(comment, std::string(words("log.comment.throttled", language)));
  if (is_set(logged.evidence, "absent")) add_line(comment, std::string(words("log.comment.absent", language)));
  if (!logged.time) add_line(comment, std::string(words("log.comment.undated", language)));
  if (logged.time && logged.time->basis == ZoneBasis::assumed)
    add_line(comment, std::string(words("log.comment.assumed", language)));
  if (!logged.notes.empty()) add_line(comment, notes_line(logged.notes, language));
  for (const auto& finding : logged.findings) add_line(comment, sentence_of(finding, language));
  return comment;
}

std::string actor_of(const Logged& logged, Language language) {
  const std::string name = one_line(logged.actor, kNameLength);
  if (name.empty()) return std::string(words("log.actor.unknown", language));
  const bool is_doubtful = is_set(logged.evidence, "suspected") ||
                           std::ranges::any_of(logged.findings, [](const auto& f) { return f.severity >= Severity::medium; });
  switch (logged.actor_kind) {
    case LogActor::account: return phrase(is_doubtful ? "log.actor.doubtful" : "log.actor.account", language, {{"actor", name}});
    case LogActor::sender: return phrase("log.actor.sender", language, {{"actor", name}});
    case LogActor::address: return phrase("log.actor.address", language, {{"ip", name}});
    case LogActor::server: return phrase("log.actor.server", language, {{"host", name}});
  }
  return name;
}

Json evidence_json(const Logged& logged) {
  Json json = logged.evidence.object() == nullptr ? Json::object() : to_json(logged.evidence);
  if (!logged.notes.empty()) {
    Json notes = Json::array();
    for (const Note& note : logged.notes) notes.push_back(to_json(note));
    json["notes"] = std::move(notes);
  }
  json["because"] = Json::array({{{"text", logged.text}, {"span", to_json(Span{})}}});
  return json;
}

/// What every row about one record shares.
Draft draft_of(const Logged& logged, Identity identity, const RowSettings& settings) {
  Draft draft;
  draft.row.kind = identity.kind;
  draft.identity = std::move(identity);
  Row& row = draft.row;
  row.source = logged.source;
  row.source_label = settings.source_label;
  row.sha256 = logged.sha256;
  row.actor = actor_of(logged, settings.language);
  if (!logged.message_id.empty()) row.message_id = logged.message_id;
  if (!logged.time) return draft;
  draft.known_at = logged.time->at;
  row.known_at = rfc3339_utc(logged.time->at);
  row.time_basis = "log";
  row.time_text = logged.time->text;
  set_time(row, *logged.time, settings);
  return draft;
}

Identity identity_of(const Logged& logged) { return {"log", logged.sha256, "", 0, logged.act, ""}; }

Draft event_row(const Logged& logged, const RowSettings& settings) {
  Draft draft = draft_of(logged, identity_of(logged), settings);
  const Values values = values_of(logged.evidence, settings.language);
  draft.row.action = one_line(phrase("log." + logged.act, settings.language, values), kCommentLength);
  draft.row.comment = comment_of(logged, values, settings.language);
  draft.row.evidence_json = dumped(evidence_json(logged));
  return draft;
}

Draft finding_row(const Logged& logged, const findings::Finding& finding, const RowSettings& settings) {
  Draft draft = draft_of(logged, {"finding", logged.sha256, "", 0, finding.code, finding.subject}, settings);
  Row& row = draft.row;
  row.about = log_row_id(logged);
  say_finding(row, finding, settings.language);
  return draft;
}

}  // namespace

std::string log_row_id(const Logged& logged) { return row_id(identity_of(logged)); }

Drafts log_rows(const std::vector<Logged>& logged, const RowSettings& settings) {
  Drafts drafts;
  for (const Logged& one : logged) {
    if (!settings.cut.holds(one.sha256, one.source)) continue;
    if (settings.events != Events::none) drafts.push_back(event_row(one, settings));
    for (const auto& finding : one.findings) {
      if (!settings.min_severity || finding.severity >= *settings.min_severity)
        drafts.push_back(finding_row(one, finding, settings));
    }
  }
  return drafts;
}

}  // namespace threadline::timeline
