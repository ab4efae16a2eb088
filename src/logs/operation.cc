// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <unordered_map>

#include "logs/audit.h"
#include "logs/login_errors.h"
#include "logs/names.h"
#include "text/fold.h"

namespace threadline::logs {
namespace {

const std::unordered_map<std::string_view, Act>& operations() {
  static const std::unordered_map<std::string_view, Act> kOperations{
#define THREADLINE_LOG_OPERATION(operation, act) {operation, Act::act},
#include "logs/operations.def"
#undef THREADLINE_LOG_OPERATION
  };
  return kOperations;
}

std::string operation_key(std::string_view operation) {
  std::string key = text::ascii_lower(text::trimmed(operation));
  while (key.ends_with('.')) key.pop_back();
  return key;
}

std::string value_of(const Event& event, std::string_view name) {
  const std::string* value = parameter_of(event, name);
  return value == nullptr ? std::string() : *value;
}

/// An empty ForwardingSmtpAddress removes forwarding; a Set-Mailbox that says nothing of all this is of no interest.
void settle_mailbox(Event& event) {
  const std::string* smtp = parameter_of(event, "ForwardingSmtpAddress");
  const std::string* other = parameter_of(event, "ForwardingAddress");
  event.mailbox = value_of(event, "Identity");
  if (event.mailbox.empty()) event.mailbox = event.target;
  if (smtp != nullptr || other != nullptr) {
    const std::string to = account_key(smtp != nullptr && !smtp->empty() ? *smtp : value_of(event, "ForwardingAddress"));
    event.act = to.empty() || to == "$null" ? Act::forwarding_removed : Act::forwarding_set;
    event.target = to == "$null" ? "" : to;
  } else if (const std::string grantee = value_of(event, "GrantSendOnBehalfTo"); !grantee.empty()) {
    event.act = Act::delegation_added;
    event.target = grantee;
    event.parameters.emplace_back("AccessRights", "SendOnBehalf");
  }
}

bool is_true(const std::string& value) { return text::equal_ascii_nocase(value, "true"); }

/// Protocols without a second factor.
void settle_protocols(Event& event) {
  const std::string* smtp_off = parameter_of(event, "SmtpClientAuthenticationDisabled");
  const bool basic = std::ranges::any_of(event.parameters, [](const auto& one) {
    return text::ascii_lower(one.first).starts_with("allowbasicauth") && is_true(one.second);
  });
  const bool opens = basic || is_true(value_of(event, "ImapEnabled")) || is_true(value_of(event, "PopEnabled")) ||
                     (smtp_off != nullptr && text::equal_ascii_nocase(*smtp_off, "false"));
  if (opens) event.act = Act::mfa_changed;
}

/// Outlook's own way to change rules names no rule: what it does stands in RuleActions.
void settle_rule(Event& event) {
  const std::string operation = text::ascii_lower(value_of(event, "RuleOperation"));
  if (operation.starts_with("remove") || operation.starts_with("delete")) event.act = Act::rule_removed;
  std::string name = value_of(event, "Name");
  if (name.empty()) name = value_of(event, "RuleName");
  if (name.empty() && event.act == Act::rule_removed) name = value_of(event, "Identity");
  if (event.mailbox.empty()) {
    const auto end = event.target.find('\\');
    event.mailbox = event.target.find('@') < end ? event.target.substr(0, end) : event.actor;
  }
  event.target = name;
}

void settle_delegation(Event& event) {
  if (const std::string mailbox = value_of(event, "Identity"); !mailbox.empty()) event.mailbox = mailbox;
  std::string delegate = value_of(event, "User");
  if (delegate.empty()) delegate = value_of(event, "Trustee");
  event.target = delegate;
}

void settle_login(Event& event) {
  // ResultStatus says "Success" of most failures too: the operation and the error tell.
  if (event.act == Act::login_failed) event.act = act_of_login_error(event.reason);
}

void settle_read(Event& event) {
  event.throttled = is_true(value_of(event, "IsThrottled"));
  if (value_of(event, "MailAccessType") == "Sync") event.act = Act::folder_synced;
}

/// New-ComplianceSearchAction shows, exports or deletes what a search found. Source: Microsoft, New-ComplianceSearchAction.
void settle_search_action(Event& event) {
  if (parameter_of(event, "Purge") != nullptr) event.act = Act::mail_deleted;
  if (parameter_of(event, "Preview") != nullptr) event.act = Act::search_made;
  if (const std::string search = value_of(event, "SearchName"); !search.empty()) event.target = search;
}

bool is_strong_authentication(const Event& event) {
  return std::ranges::any_of(event.parameters, [](const auto& one) {
    return one.first.starts_with("StrongAuthentication") && one.first != "StrongAuthenticationPhoneAppDetail";
  });
}

}  // namespace

void settle_operation(Event& event) {
  const std::string key = operation_key(event.operation);
  const auto found = operations().find(key);
  event.act = found == operations().end() ? Act::other : found->second;
  switch (event.act) {
    case Act::login:
    case Act::login_failed: return settle_login(event);
    case Act::mail_read: return settle_read(event);
    case Act::rule_set:
    case Act::rule_removed: return settle_rule(event);
    case Act::delegation_added:
    case Act::delegation_removed: return settle_delegation(event);
    default: break;
  }
  if (key == "new-compliancesearchaction") return settle_search_action(event);
  if (key == "set-mailbox") return settle_mailbox(event);
  if (key == "set-casmailbox" || key == "set-casmailboxplan" || key == "set-transportconfig" ||
      key == "new-authenticationpolicy" || key == "set-authenticationpolicy")
    return settle_protocols(event);
  if (key == "update user" && is_strong_authentication(event)) event.act = Act::mfa_changed;
}

}  // namespace threadline::logs
