// SPDX-License-Identifier: Apache-2.0
#include "timeline/log_story.h"

#include <algorithm>
#include <map>

#include "timeline/sentences.h"
#include "timeline/visible.h"

namespace threadline::timeline {
namespace {

constexpr std::size_t kLineLength = 300;  ///< code points of one line

/// Empty where nobody is named.
std::string session_of(const Logged& logged) {
  if (logged.actor_kind != LogActor::account || logged.actor.empty() || !logged.time) return {};
  const std::string session = logged.evidence.text_at("session");
  const std::string place = session.empty() ? logged.evidence.text_at("ip") : session;
  return place.empty() ? std::string() : logged.actor + '\n' + place;
}

bool is_grave(const Logged& logged) {
  return std::ranges::any_of(logged.findings, [](const auto& finding) { return finding.severity >= Severity::medium; });
}

std::string clock_of(const Logged& logged) {
  std::string text = rfc3339(logged.time->at);
  text[10] = ' ';
  return text;
}

void add_line(std::string& to, std::string_view begin, const std::string& words) {
  to += std::string(begin) + one_line(words, kLineLength) + '\n';
}

void add_record(std::string& to, const Logged& logged, Language language) {
  const Values values = values_of(logged.evidence, language);
  add_line(to, "  ", clock_of(logged) + "  " + phrase("log." + logged.act, language, values));
  if (const std::string subject = logged.evidence.text_at("subject"); !subject.empty())
    add_line(to, "      ", phrase("log.comment.subject", language, values));
  if (logged.evidence.find("mails") != nullptr) add_line(to, "      ", phrase("log.comment.mails", language, values));
  for (const auto& finding : logged.findings)
    add_line(to, "      ",
             "[" + std::string(words("severity." + std::string(name_of(finding.severity)), language)) + "] " +
                 sentence_of(finding, language));
}

}  // namespace

std::vector<AccountSession> grave_sessions(const std::vector<Logged>& logged) {
  std::map<std::string, AccountSession> sessions;
  std::vector<std::string> order;  // by first record
  for (const Logged& one : logged) {
    const std::string key = session_of(one);
    if (key.empty()) continue;
    AccountSession& session = sessions[key];
    if (session.records.empty()) {
      order.push_back(key);
      session = {one.actor, one.evidence.text_at("ip"), one.evidence.text_at("session"), {}};
    }
    session.records.push_back(&one);
  }
  std::vector<AccountSession> grave;
  for (const std::string& key : order) {
    AccountSession& session = sessions[key];
    if (std::ranges::any_of(session.records, [](const Logged* one) { return is_grave(*one); }))
      grave.push_back(std::move(session));
  }
  return grave;
}

std::string session_stories(const std::vector<Logged>& logged, Language language) {
  std::string text;
  for (const AccountSession& session : grave_sessions(logged)) {
    if (!text.empty()) text += '\n';
    add_line(text, "",
             phrase("session.title", language, {{"account", session.account}, {"ip", session.ip}, {"session", session.session}}));
    for (const Logged* one : session.records) add_record(text, *one, language);
  }
  return text;
}

}  // namespace threadline::timeline
