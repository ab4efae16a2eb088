// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "logs/judging.h"
#include "logs/names.h"
#include "logs/rule_signs.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::logs {
namespace {

using List = Value::List;

std::string value_of(const Event& event, std::string_view name) {
  const std::string* value = parameter_of(event, name);
  return value == nullptr ? std::string() : *value;
}

List list_of(const std::vector<std::string>& texts) { return {texts.begin(), texts.end()}; }

std::string mailbox_of(const Event& event) { return event.mailbox.empty() ? event.actor : event.mailbox; }

/// A sender's domain stands for him, unless colleagues or half the world have it.
void add_domain(const Ground& ground, const std::string& address, RuleAims& aims) {
  constexpr std::size_t kTelling = 5;  ///< letters of a first label that is no word of every day
  if ((ground.is_own && ground.is_own(address)) || (ground.is_shared && ground.is_shared(address))) return;
  std::string domain = text::registrable_domain(text::domain_of_address(address));
  if (domain.empty()) return;
  if (const auto dot = domain.find('.'); dot >= kTelling) aims.labels.insert(domain.substr(0, dot));
  aims.domains.insert(std::move(domain));
}

RuleAims rule_aims(const Ground& ground) {
  RuleAims aims{.people = ground.wanted.people, .domains = {}, .labels = {}};
  for (const std::string& address : ground.senders) add_domain(ground, address, aims);
  return aims;
}

void judge_rule(Judging& judging, std::size_t index, const RuleAims& aims) {
  const Event event = judging.story.events[index];
  const RuleSigns signs = rule_signs(event, aims);
  const std::string mailbox = mailbox_of(event);
  if (signs.hides) {
    Claim claim{.code = "inbox_rule_hides",
                .severity = signs.severity,
                .confidence = signs.severity >= Severity::high ? 0.9 : 0.6,
                .subject = account_key(mailbox) + " " + event.target,
                .evidence = {},
                .attack = {"T1564.008"},
                .event = index};
    claim.evidence.set("mailbox", mailbox).set("rule", event.target).set("does", list_of(signs.does)).set("folder", signs.folder);
    claim.evidence.set("words", list_of(signs.words));
    judging.claim(std::move(claim));
  }
  std::vector<std::string> outside;
  std::ranges::copy_if(signs.to, std::back_inserter(outside),
                       [&](const std::string& to) { return !judging.is_inside(to, mailbox); });
  if (outside.empty()) return;
  Claim claim{.code = "inbox_rule_forwards",
              .severity = Severity::high,
              .confidence = 0.85,
              .subject = account_key(mailbox) + " " + outside.front(),
              .evidence = {},
              .attack = {"T1114.003"},
              .event = index};
  claim.evidence.set("mailbox", mailbox).set("rule", event.target).set("to", list_of(outside));
  judging.claim(std::move(claim));
}

void judge_forwarding(Judging& judging, std::size_t index) {
  const Event event = judging.story.events[index];
  const bool inside = event.target.find('@') == std::string::npos || judging.is_inside(event.target, mailbox_of(event));
  Claim claim{.code = "mailbox_forwarding",
              .severity = inside ? Severity::low : Severity::high,
              .confidence = inside ? 0.5 : 0.85,
              .subject = account_key(mailbox_of(event)) + " " + event.target,
              .evidence = {},
              .attack = {"T1114.003"},
              .event = index};
  claim.evidence.set("mailbox", mailbox_of(event)).set("to", event.target);
  judging.claim(std::move(claim));
}

/// What a transport rule does that nobody sees: blind copies, redirection, deletion, a bypassed filter.
void judge_transport_rule(Judging& judging, std::size_t index) {
  const Event event = judging.story.events[index];
  List does;
  if (!value_of(event, "BlindCopyTo").empty()) does.emplace_back("blind_copies");
  if (!value_of(event, "RedirectMessageTo").empty()) does.emplace_back("redirects");
  if (text::equal_ascii_nocase(value_of(event, "DeleteMessage"), "true")) does.emplace_back("deletes");
  if (value_of(event, "SetSCL") == "-1") does.emplace_back("bypasses");
  std::string name = value_of(event, "Name");
  if (name.empty()) name = event.target;
  Claim claim{.code = "transport_rule_changed",
              .severity = does.empty() ? Severity::low : Severity::medium,
              .confidence = 0.6,
              .subject = name,
              .evidence = {},
              .attack = {"T1564.008"},
              .event = index};
  claim.evidence.set("rule", name).set("does", std::move(does)).set("account", event.actor);
  judging.claim(std::move(claim));
}

/// Rights by which nobody reads a mail: none, and what a calendar shows of its owner's time. Source: Microsoft,
/// Set-MailboxFolderPermission; MS-OXCPERM (MemberRights).
bool is_harmless(std::string_view rights) {
  constexpr auto kHarmless = std::to_array<std::string_view>(
      {"none", "availabilityonly", "limiteddetails", "freebusysimple", "freebusydetailed", "foldervisible", ""});
  constexpr std::string_view kSeparators = ", ;{}";
  while (!rights.empty()) {
    const auto end = std::min(rights.find_first_of(kSeparators), rights.size());
    if (std::ranges::find(kHarmless, rights.substr(0, end)) == kHarmless.end()) return false;
    rights.remove_prefix(std::min(end + 1, rights.size()));
  }
  return true;
}

void judge_delegation(Judging& judging, std::size_t index) {
  const Event event = judging.story.events[index];
  const std::string delegate = text::ascii_lower(event.target);
  if (delegate.empty() || delegate.starts_with("nt authority")) return;
  const std::string rights = value_of(event, "AccessRights");
  const std::string lower = text::ascii_lower(rights);
  const bool everything = lower.find("fullaccess") != std::string::npos || lower.find("sendas") != std::string::npos ||
                          lower.find("owner") != std::string::npos;
  const bool anybody = delegate == "default" || delegate == "anonymous";
  if (!lower.empty() && is_harmless(lower)) return;
  // The owner's own gift, as administrators' every day: odd, no more, until the session says otherwise (judge_sessions).
  const bool outside = delegate.find('@') != std::string::npos && !judging.is_inside(delegate, mailbox_of(event));
  // A list says what has been so, perhaps for years: no news but for who is outside.
  if (event.act == Act::permission_listed && !outside) return;
  const Severity severity = outside ? Severity::high : (everything || anybody) ? Severity::low : Severity::info;
  Claim claim{.code = "delegation_added",
              .severity = severity,
              .confidence = 0.5,
              .subject = account_key(mailbox_of(event)) + " " + delegate,
              .evidence = {},
              .attack = {"T1098.002"},
              .event = index};
  claim.evidence.set("mailbox", mailbox_of(event))
      .set("delegate", event.target)
      .set("rights", rights)
      .set("account", event.actor);
  judging.claim(std::move(claim));
}

void judge_export(Judging& judging, std::size_t index) {
  const Event event = judging.story.events[index];
  Claim claim{.code = "mail_exported",
              .severity = Severity::medium,
              .confidence = 0.5,
              .subject = account_key(event.actor) + " " + event.target,
              .evidence = {},
              .attack = {"T1114.002"},
              .event = index};
  claim.evidence.set("account", event.actor).set("target", event.target);
  judging.claim(std::move(claim));
}

/// Rights of an application to mail. Source: Microsoft Graph permissions reference; Exchange's legacy scopes; Google, "OAuth 2.0
/// scopes" (Gmail).
constexpr auto kMailScopes =
    std::to_array<std::string_view>({"mail.read", "mail.readwrite", "mail.send", "mailboxsettings", "full_access_as_user",
                                     "ews.accessasuser", "imap.accessasuser", "pop.accessasuser", "smtp.send",
                                     "full_access_as_app", "mail.readbasic", "mail.google.com", "auth/gmail."});

void judge_consent(Judging& judging, std::size_t index) {
  const Event event = judging.story.events[index];
  std::string permissions;
  for (const auto& [name, value] : event.parameters) {
    const std::string lower = text::ascii_lower(name);
    if (lower.find("permission") != std::string::npos || lower.find("scope") != std::string::npos) permissions += value + " ";
  }
  const std::string lower = text::ascii_lower(permissions);
  List scopes;
  for (const std::string_view scope : kMailScopes) {
    if (lower.find(scope) != std::string::npos) scopes.emplace_back(scope);
  }
  const Severity severity = scopes.empty() ? Severity::low : Severity::medium;
  Claim claim{.code = "consent_granted",
              .severity = severity,
              .confidence = 0.6,
              .subject = account_key(event.actor) + " " + event.target,
              .evidence = {},
              .attack = {"T1528"},
              .event = index};
  claim.evidence.set("account", event.actor).set("application", event.target).set("permissions", std::move(scopes));
  judging.claim(std::move(claim));
}

struct Weakening {
  std::string_view operation, what;
  Severity severity;
};

constexpr auto kWeakenings = std::to_array<Weakening>({
    {"disable strong authentication", "mfa_disabled", Severity::medium},
    {"app password", "app_password", Severity::medium},
    {"application password", "app_password", Severity::medium},
    {"set-casmailbox", "legacy_enabled", Severity::medium},
    {"set-transportconfig", "legacy_enabled", Severity::medium},
    {"authenticationpolicy", "legacy_enabled", Severity::medium},
    {"2sv_disable", "mfa_disabled", Severity::medium},
    {"titanium_unenroll", "mfa_disabled", Severity::medium},
    {"2sv_enroll", "method_added", Severity::low},
    {"deleted security info", "method_removed", Severity::low},
    {"registered", "method_added", Severity::low},
    {"update user", "method_changed", Severity::low},
});

void judge_authentication(Judging& judging, std::size_t index) {
  const Event event = judging.story.events[index];
  // Entra says which method was registered in the reason alone.
  const std::string operation = text::ascii_lower(event.operation + " " + event.reason);
  const auto found =
      std::ranges::find_if(kWeakenings, [&](const Weakening& one) { return operation.find(one.operation) != std::string::npos; });
  const std::string_view what = found == kWeakenings.end() ? "method_changed" : found->what;
  const std::string account = event.target.find('@') == std::string::npos ? event.actor : event.target;
  Claim claim{.code = "mfa_weakened",
              .severity = found == kWeakenings.end() ? Severity::low : found->severity,
              .confidence = 0.5,
              .subject = account_key(account) + " " + std::string(what),
              .evidence = {},
              .attack = {"T1556.006"},
              .event = index};
  claim.evidence.set("account", account).set("what", what);
  judging.claim(std::move(claim));
}

}  // namespace

void judge_settings(Judging& judging) {
  const RuleAims aims = rule_aims(judging.ground);
  const std::size_t count = judging.story.events.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (judging.story.events[i].by_system) continue;
    switch (judging.story.events[i].act) {
      case Act::rule_set:
      case Act::rule_listed: judge_rule(judging, i, aims); break;
      case Act::forwarding_set: judge_forwarding(judging, i); break;
      case Act::transport_rule_set: judge_transport_rule(judging, i); break;
      case Act::permission_listed:
      case Act::delegation_added: judge_delegation(judging, i); break;
      case Act::mail_exported: judge_export(judging, i); break;
      case Act::consent_granted: judge_consent(judging, i); break;
      case Act::mfa_changed: judge_authentication(judging, i); break;
      default: break;
    }
  }
}

void judge_deletions(Judging& judging) {
  constexpr std::size_t kMany = 50;  ///< within one hour: more than a person deletes by hand
  for (const Activity& activity : judging.activities) {
    if (activity.deleted.size() < kMany || activity.first_of(Act::mail_deleted) == nullptr) continue;
    const std::size_t index = judging.shown(*activity.first_of(Act::mail_deleted));
    Claim claim{.code = "mass_deletion",
                .severity = Severity::low,
                .confidence = 0.5,
                .subject = activity.actor + " " + std::to_string(activity.hour),
                .evidence = {},
                .attack = {"T1070.008"},
                .event = index};
    claim.evidence.set("account", activity.actor).set("count", static_cast<std::int64_t>(activity.deleted.size()));
    claim.evidence.set("ip", activity.ip).set("session", activity.session);
    judging.claim(std::move(claim));
  }
}

void judge_sessions(Judging& judging) {
  for (Claim& claim : judging.story.claims) {
    const Event& event = judging.story.events[claim.event];
    const Severity worst = judging.suspicion(event.actor, event.ip, event.session);
    const bool is_raised = claim.code == "mass_deletion" || claim.code == "delegation_added" || claim.code == "mfa_weakened" ||
                           claim.code == "consent_granted" || claim.code == "login_new_place" || claim.code == "mail_exported";
    if (is_raised && worst >= Severity::high && claim.severity < Severity::high) {
      claim.severity = Severity::high;
      claim.confidence = std::max(claim.confidence, 0.8);
      claim.evidence.set("raised", "same_session");
    }
  }
}

}  // namespace threadline::logs
