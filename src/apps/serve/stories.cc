// SPDX-License-Identifier: Apache-2.0
#include "apps/serve/stories.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "timeline/log_story.h"
#include "timeline/rows.h"
#include "timeline/sentences.h"
#include "timeline/visible.h"

namespace threadline::apps::serve {
namespace {

using Json = nlohmann::ordered_json;
using timeline::Logged;

constexpr std::size_t kLineLength = 500;  ///< code points of one line

/// The line's words, or "" where the record has nothing of the kind.
std::string line_of(std::string_view key, std::string_view member, const Logged& logged, Language language) {
  if (logged.evidence.find(member) == nullptr) return {};
  return timeline::one_line(timeline::phrase(key, language, timeline::values_of(logged.evidence, language)), kLineLength);
}

class Stories {
 public:
  Stories(const Snapshot& snapshot, Language language, std::uint64_t most) : language_(language), left_(most) {
    for (const ShownRow& shown : snapshot.timeline[at(language)].rows) {
      if (shown.row.kind == "log") rows_.emplace(shown.row.id, &shown);
    }
  }

  Json session(const timeline::AccountSession& told) {
    Json records = Json::array();
    auto worst = Severity::info;
    for (const Logged* one : told.records) {
      for (const auto& finding : one->findings) worst = std::max(worst, finding.severity);
      if (left_ == 0) continue;
      --left_;
      records.push_back(record(*one));
    }
    const timeline::Values values{{"account", told.account}, {"ip", told.ip}, {"session", told.session}};
    return {{"title", timeline::one_line(timeline::phrase("session.title", language_, values), kLineLength)},
            {"account", told.account},
            {"ip", told.ip},
            {"session", told.session},
            {"severity", name_of(worst)},
            {"left_out", told.records.size() - records.size()},
            {"records", std::move(records)}};
  }

 private:
  Json record(const Logged& logged) const {
    const std::string id = timeline::log_row_id(logged);
    const auto row = rows_.find(id);
    const bool is_shown = row != rows_.end() && row->second->row.time;
    Json findings = Json::array();
    for (const auto& finding : logged.findings) {
      findings.push_back({{"code", finding.code},
                          {"severity", name_of(finding.severity)},
                          {"sentence", timeline::sentence_of(finding, language_)}});
    }
    return {{"row", id},
            {"time", is_shown ? *row->second->row.time : rfc3339(logged.time->at)},
            {"zone", is_shown ? row->second->row.zone : std::string("UTC")},
            {"act", logged.act},
            {"text", line_of("log." + logged.act, "act", logged, language_)},
            {"subject", line_of("log.comment.subject", "subject", logged, language_)},
            {"mails", line_of("log.comment.mails", "mails", logged, language_)},
            {"struck", row != rows_.end() && row->second->struck.has_value()},
            {"findings", std::move(findings)}};
  }

  Language language_;
  std::uint64_t left_;
  std::unordered_map<std::string, const ShownRow*> rows_;
};

}  // namespace

std::string sessions_json(const Snapshot& snapshot, Language language, const Limits& limits) {
  Json sessions = Json::array();
  if (snapshot.run) {
    Stories stories(snapshot, language, limits.answer_rows);
    for (const auto& told : timeline::grave_sessions(snapshot.run->logged)) sessions.push_back(stories.session(told));
  }
  return Json{{"sessions", std::move(sessions)}}.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace threadline::apps::serve
