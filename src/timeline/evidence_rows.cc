// SPDX-License-Identifier: Apache-2.0
#include "timeline/evidence_rows.h"

#include <algorithm>
#include <array>

#include "timeline/json.h"
#include "timeline/sentences.h"
#include "timeline/times.h"

namespace threadline::timeline {
namespace {

constexpr std::size_t kNotesKept = 100;  ///< notes in one row's evidence; explain has all

struct Code {
  NoteKind kind;
  std::string_view code;
  Severity severity;
};

/// Which row a note becomes, and how much it asks of the reader (findings.md, "Evidence").
constexpr std::array<Code, 3> kCodes{{{NoteKind::unreadable, "evidence_unreadable", Severity::info},
                                      {NoteKind::malformed, "evidence_malformed", Severity::info},
                                      {NoteKind::limit, "evidence_limit", Severity::low}}};

/// Notes of two things that contradict each other: low instead of info.
constexpr std::array<std::string_view, 2> kContradictions{"duplicate_header", "bodies_differ"};

bool is_contradiction(const Note& note) { return std::ranges::find(kContradictions, note.code) != kContradictions.end(); }

void add_once(std::vector<Note>& to, const std::vector<Note>& notes) {
  for (const Note& note : notes) {
    if (std::ranges::find(to, note) == to.end()) to.push_back(note);
  }
}

Json evidence_of(const EvidenceRemark& remark) {
  Json json = remark.evidence.object() == nullptr ? Json::object() : to_json(remark.evidence);
  Json because = Json::array();
  Json notes = Json::array();
  for (std::size_t i = 0; i < std::min(remark.notes.size(), kNotesKept); ++i) {
    because.push_back({{"text", remark.notes[i].text}, {"span", to_json(remark.notes[i].span)}});
    notes.push_back(to_json(remark.notes[i]));
  }
  if (!remark.notes.empty()) json["notes"] = std::move(notes);
  json["because"] = std::move(because);
  return json;
}

void say(Row& row, const EvidenceRemark& remark, Language language) {
  row.code = remark.code;
  row.severity = name_of(remark.severity);
  row.actor = words("actor.evidence", language);
  row.action = phrase("action.evidence", language, {{"title", title_of(remark.code, language)}});
  row.comment = sentence_of(remark, language);
  row.evidence_json = dumped(evidence_of(remark));
}

Draft draft_of(const Judged& judged, const EvidenceRemark& remark, const RowSettings& settings) {
  const facts::Facts& facts = *judged.facts;
  Draft draft = draft_about(facts, {"evidence", facts.sha256, "", 0, remark.code, ""}, settings);
  draft.row.about = message_row_id(facts);
  set_message_time(draft.row, facts, settings);
  say(draft.row, remark, settings.language);
  return draft;
}

EvidenceRemark remark_of(const Code& code, const std::vector<Note>& notes) {
  EvidenceRemark remark;
  remark.code = code.code;
  remark.severity = code.severity;
  std::ranges::copy_if(notes, std::back_inserter(remark.notes),
                       [&](const Note& note) { return note_kind(note.code) == code.kind; });
  if (std::ranges::any_of(remark.notes, is_contradiction)) remark.severity = Severity::low;
  return remark;
}

EvidenceRemark duplicate_remark(const facts::Facts& facts) {
  EvidenceRemark remark;
  remark.code = "evidence_duplicate";
  Value::List sources(facts.sources.begin(), facts.sources.end());
  remark.evidence.set("count", static_cast<std::int64_t>(facts.sources.size())).set("sources", std::move(sources));
  return remark;
}

}  // namespace

std::vector<Note> notes_of(const Judged& judged) {
  const facts::Facts& facts = *judged.facts;
  std::vector<Note> notes;
  add_once(notes, facts.notes);
  add_once(notes, facts.conversation.notes);
  add_once(notes, facts.route.notes);
  add_once(notes, judged.notes);
  return notes;
}

Drafts evidence_rows(const Judged& judged, const RowSettings& settings) {
  Drafts drafts;
  const std::vector<Note> notes = notes_of(judged);
  for (const Code& code : kCodes) {
    const EvidenceRemark remark = remark_of(code, notes);
    if (!remark.notes.empty()) drafts.push_back(draft_of(judged, remark, settings));
  }
  if (judged.facts->sources.size() > 1) drafts.push_back(draft_of(judged, duplicate_remark(*judged.facts), settings));
  return drafts;
}

Draft evidence_row(const EvidenceRemark& remark, const RowSettings& settings) {
  Draft draft;
  const std::string& place = remark.place.empty() ? remark.source : remark.place;
  draft.identity = {"evidence", remark.sha256, "", 0, remark.code, remark.sha256.empty() ? place : ""};
  draft.row.kind = "evidence";
  draft.row.source = remark.source;
  draft.row.source_label = settings.source_label;
  draft.row.sha256 = remark.sha256;
  say(draft.row, remark, settings.language);
  return draft;
}

}  // namespace threadline::timeline
