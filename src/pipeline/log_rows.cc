// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "findings/combine.h"
#include "logs/names.h"
#include "pipeline/log_case.h"

namespace threadline::pipeline {
namespace {

using logs::Act;
using logs::Event;
using List = Value::List;

constexpr std::size_t kParametersSaid = 6;

/// Parameters that every command has and nobody asks about.
constexpr auto kSilent = std::to_array<std::string_view>({"DomainController", "MailAccessType", "IsThrottled", "Identity",
                                                          "Force", "AlwaysDeleteOutlookRulesBlob", "Confirm", "Mailbox", "Name",
                                                          "Organization", "StopProcessingRules", "User"});

bool is_carried(Act act) { return act >= Act::mail_accepted && act <= Act::mail_held; }

/// "DeleteMessage: True; SubjectContainsWords: RIB".
std::string said_parameters(const Event& event) {
  std::string said;
  std::size_t count = 0;
  for (const auto& [name, value] : event.parameters) {
    if (value.empty() || value == "False" || std::ranges::find(kSilent, name) != kSilent.end()) continue;
    if (++count > kParametersSaid) break;
    said += (said.empty() ? "" : "; ") + name + ": " + value;
  }
  return said;
}

List mails_of(const std::vector<const logs::KnownMail*>& mails) {
  List list;
  for (const auto* mail : mails) {
    const std::string who = mail->from.empty() ? std::string() : " (" + mail->from + ")";
    list.emplace_back("\"" + (mail->subject.empty() ? mail->id : mail->subject) + "\"" + who);
  }
  return list;
}

/// Said only where it is no mere "done".
bool is_telling_outcome(const Event& event) {
  constexpr auto kDone = std::to_array<std::string_view>({"", "Succeeded", "Success", "True", "PartiallySucceeded", "success",
                                                          "sent", "=>", "->", "<=", "Delivered", "removed", "0"});
  return std::ranges::find(kDone, event.outcome) == kDone.end();
}

Value evidence_of(const Event& event, const std::vector<const logs::KnownMail*>& mails) {
  Value evidence;
  const auto set = [&](std::string_view name, const std::string& text) {
    if (!text.empty()) evidence.set(std::string(name), text);
  };
  evidence.set("log", logs::code_of(event.format))
      .set("act", logs::name_of(event.act))
      .set("line", static_cast<std::int64_t>(event.line));
  set("operation", event.operation);
  set("record", event.identity);
  set("account", event.actor);
  set("mailbox", event.mailbox == event.actor ? std::string() : event.mailbox);
  set("ip", event.ip);
  set("country", event.country);
  set("client", event.client);
  set("session", event.session);
  set("host", event.host);
  set("target", event.target);
  set("sender", event.sender);
  set("subject", event.subject);
  set("folder", event.folder);
  set("reason", event.reason);
  if (is_telling_outcome(event)) set("outcome", event.outcome);
  set("does", said_parameters(event));
  if (!event.recipients.empty()) evidence.set("recipients", List(event.recipients.begin(), event.recipients.end()));
  if (!mails.empty()) evidence.set("mails", mails_of(mails));
  evidence.set("count", static_cast<std::int64_t>(event.mails.size()));
  if (event.throttled) evidence.set("throttled", true);
  List ids;
  for (std::size_t i = 0; i < std::min<std::size_t>(event.mails.size(), 100); ++i) ids.emplace_back(event.mails[i].id);
  if (!ids.empty()) evidence.set("message_ids", std::move(ids));
  return evidence;
}

void set_actor(timeline::Logged& logged, const Event& event) {
  using Kind = timeline::LogActor;
  logged.actor = event.actor;
  if (is_carried(event.act) && (event.actor.empty() || event.actor == event.sender)) {
    const bool by_server = !event.host.empty() && event.format != logs::Format::message_tracking;
    logged.actor_kind = by_server ? Kind::server : Kind::sender;
    logged.actor = by_server ? event.host : event.sender;
  }
  if (!logged.actor.empty()) return;
  logged.actor_kind = event.ip.empty() ? Kind::server : Kind::address;
  logged.actor = event.ip.empty() ? event.host : event.ip;
}

std::string message_id_of(const Event& event, const std::vector<const logs::KnownMail*>& mails) {
  if (mails.size() == 1) return mails.front()->id;
  if (event.mails.size() != 1 || event.mails.front().id.empty()) return {};
  const std::string& id = event.mails.front().id;
  return id.starts_with('<') ? id : "<" + id + ">";
}

findings::Finding finding_of(logs::Claim&& claim, const timeline::Logged& logged) {
  findings::Finding finding;
  finding.code = std::move(claim.code);
  finding.severity = claim.severity;
  finding.confidence = claim.confidence;
  finding.subject = std::move(claim.subject);
  finding.evidence = std::move(claim.evidence);
  finding.because = {{logged.text, {}}};
  finding.attack = std::move(claim.attack);
  return finding;
}

/// Accounts with their address, and with their session, of which a finding of medium or more speaks: who was at the keyboard is
/// open for all that was done there (docs/findings.md, "session").
class Suspects {
 public:
  explicit Suspects(const logs::Story& story) {
    for (const logs::Claim& claim : story.claims) {
      if (claim.severity < Severity::medium || claim.code == "thread_read_by") continue;  // it only repeats what others say
      for (std::string& key : keys_of(story.events[claim.event])) keys_.insert(std::move(key));
    }
  }
  [[nodiscard]] bool has(const Event& event) const {
    return std::ranges::any_of(keys_of(event), [&](const std::string& key) { return keys_.contains(key); });
  }

 private:
  static std::vector<std::string> keys_of(const Event& event) {
    std::vector<std::string> keys;
    if (event.actor.empty()) return keys;
    const std::string account = logs::account_key(event.actor);
    if (!event.ip.empty()) keys.push_back("ip\n" + account + '\n' + event.ip);
    if (!event.session.empty()) keys.push_back("session\n" + account + '\n' + event.session);
    return keys;
  }

  TextSet keys_;
};

}  // namespace

std::vector<timeline::Logged> logged_of(logs::Story&& story, const logs::Ground& ground, const policy::Policy& policy) {
  std::vector<timeline::Logged> rows;
  rows.reserve(story.events.size());
  const Suspects suspects(story);
  for (Event& event : story.events) {
    const auto mails = logs::known_mails(event, ground);
    timeline::Logged logged;
    logged.source = event.source + ":" + std::to_string(event.line);
    logged.sha256 = event.sha256;
    logged.act = logs::name_of(event.act);
    logged.time = event.time;
    logged.message_id = message_id_of(event, mails);
    logged.evidence = evidence_of(event, mails);
    if (suspects.has(event)) logged.evidence.set("suspected", true);
    set_actor(logged, event);
    logged.text = std::move(event.text);
    logged.notes = std::move(event.notes);
    rows.push_back(std::move(logged));
  }
  for (logs::Claim& claim : story.claims) {
    timeline::Logged& logged = rows[claim.event];
    if (claim.code == "mail_absent") logged.evidence.set("absent", true);
    logged.findings.push_back(finding_of(std::move(claim), logged));
  }
  for (timeline::Logged& logged : rows) findings::limit_severities(logged.findings, policy);
  return rows;
}

}  // namespace threadline::pipeline
