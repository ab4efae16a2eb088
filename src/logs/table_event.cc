// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

#include "logs/login_errors.h"
#include "logs/names.h"
#include "logs/table.h"
#include "text/fold.h"

namespace threadline::logs {
namespace {

std::string text_at(const Fields& fields, Field field) { return std::string(text::trimmed(at(fields, field))); }

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, text) != words.end();
}

/// "FR", "Paris, Ile-de-France, FR" -> the country that ends it, where it has two letters.
std::string country_in(std::string_view place) {
  const auto comma = place.rfind(',');
  const auto last = text::trimmed(comma == std::string_view::npos ? place : place.substr(comma + 1));
  return last.size() == 2 ? std::string(last) : std::string();
}

void add_recipients(Event& event, std::string_view text) {
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(";, "), text.size());
    // A recipient status report writes "address##status".
    const auto one = text.substr(0, std::min(text.substr(0, end).find("##"), end));
    if (one.find('@') != std::string_view::npos) event.recipients.push_back(account_key(one));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

/// Entra states no radius: what databases of cities state of most networks.
constexpr double kStatedRadius = 200;

/// The coordinates where the log names a city; those of a country are its middle.
std::optional<Location> location_in(const Event& event, const Fields& fields) {
  const auto number = [&](Field field, double most) -> std::optional<double> {
    const auto text = text::trimmed(at(fields, field));
    double value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_whole = problem == std::errc() && end == text.data() + text.size();
    return is_whole && std::abs(value) <= most ? std::optional(value) : std::nullopt;
  };
  const auto latitude = number(Field::latitude, 90);
  const auto longitude = number(Field::longitude, 180);
  if (event.city.empty() || !latitude || !longitude) return std::nullopt;
  return Location{*latitude, *longitude, kStatedRadius};
}

void read_sign_in(Event& event, const Fields& fields) {
  event.actor = account_key(event.actor);
  const std::string code = text_at(fields, Field::error_code);
  const Act state = act_of_sign_in_state(event.outcome);
  if (!code.empty()) event.outcome = code;
  const bool succeeded = code.empty() ? state == Act::login : code == "0";
  if (event.reason.empty() || event.reason == "Other.") event.reason = code == "0" ? "" : code;
  const bool is_told = !code.empty() || !event.outcome.empty() || !event.reason.empty();
  event.act = succeeded ? Act::login : is_told ? act_of_login_error(code.empty() ? event.reason : code) : Act::other;
  if (!succeeded && state == Act::login_interrupted) event.act = Act::login_interrupted;
  if (event.country.empty()) event.country = country_in(at(fields, Field::place));
  if (event.city.empty() && event.country != at(fields, Field::place))
    event.city = std::string(at(fields, Field::place).substr(0, at(fields, Field::place).find(',')));
  event.location = location_in(event, fields);
  event.target = text_at(fields, Field::application);
  event.operation = "sign-in";
}

Act act_of_trace(const std::string& status) {
  if (is_one_of(status, {"delivered", "expanded", "resolved", "deliver", "send"})) return Act::mail_delivered;
  if (is_one_of(status, {"failed", "fail", "expired"})) return Act::mail_bounced;
  if (is_one_of(status, {"quarantined", "filteredasspam", "held"})) return Act::mail_held;
  if (is_one_of(status, {"rejected", "bounced"})) return Act::mail_rejected;
  if (is_one_of(status, {"pending", "deferred", "gettingstatus", "defer"})) return Act::mail_deferred;
  return Act::mail_accepted;
}

/// Event ids of message tracking. Source: Microsoft, "Event types in the message tracking log".
Act act_of_tracking(const std::string& event) {
  if (is_one_of(event, {"deliver", "send", "sendexternal", "duplicatedeliver"})) return Act::mail_delivered;
  if (is_one_of(event, {"fail", "dsn", "poisonmessage", "badmail"})) return Act::mail_bounced;
  if (is_one_of(event, {"defer", "suppressed"})) return Act::mail_deferred;
  if (is_one_of(event, {"drop", "reject"})) return Act::mail_rejected;
  if (event == "submit") return Act::mail_sent;
  if (is_one_of(event, {"receive", "redirect", "expand", "resolve", "transfer", "hadirect", "hareceive"}))
    return Act::mail_accepted;
  return Act::other;
}

void read_carried(Event& event, const Fields& fields) {
  event.sender = account_key(event.sender);
  if (event.actor.empty()) event.actor = event.sender;
  add_recipients(event, at(fields, Field::recipient));
  if (const auto id = text_at(fields, Field::message_id); !id.empty()) event.mails.push_back({id, event.subject});
  // "address##status;address##status": of the first recipient.
  const auto recipients = at(fields, Field::recipient);
  if (const auto marks = recipients.find("##"); marks != std::string_view::npos && event.outcome.empty())
    event.outcome = text::trimmed(recipients.substr(marks + 2, recipients.find(';', marks) - marks - 2));
}

void read_trace(Event& event, const Fields& fields) {
  read_carried(event, fields);
  // A historical report tells what became of it in order: "Receive, Deliver".
  if (const auto last = event.outcome.rfind(','); last != std::string::npos)
    event.outcome = std::string(text::trimmed(std::string_view(event.outcome).substr(last + 1)));
  event.act = act_of_trace(text::ascii_lower(event.outcome));
  event.operation = event.outcome;
}

void read_tracking(Event& event, const Fields& fields) {
  read_carried(event, fields);
  event.act = act_of_tracking(text::ascii_lower(event.operation));
  if (event.act == Act::mail_sent) event.actor = event.sender;
}

/// Events of Gmail's log in the security investigation tool. Source: Google Workspace Admin Help, "Gmail log events".
Act act_of_gmail(const std::string& event) {
  if (is_one_of(event, {"send", "send message"})) return Act::mail_sent;
  if (is_one_of(event, {"view", "open", "email viewed", "read", "attachment download", "download attachment"}))
    return Act::mail_read;
  if (is_one_of(event, {"delete", "move to trash", "trash", "permanently delete"})) return Act::mail_deleted;
  if (is_one_of(event, {"bounce", "reject", "failed"})) return Act::mail_bounced;
  if (is_one_of(event, {"receive", "insert", "late spam classification", "user spam classification", "admin quarantine"}))
    return Act::mail_accepted;
  return Act::other;
}

void read_google(Event& event, const Fields& fields) {
  read_carried(event, fields);
  event.act =
      event.outcome.empty() ? act_of_gmail(text::ascii_lower(event.operation)) : act_of_trace(text::ascii_lower(event.outcome));
  if (event.operation.empty()) event.operation = event.outcome;
}

constexpr auto kRuleFields =
    std::to_array<Field>({Field::DeleteMessage, Field::MarkAsRead, Field::MoveToFolder, Field::CopyToFolder, Field::ForwardTo,
                          Field::RedirectTo, Field::ForwardAsAttachmentTo, Field::SubjectContainsWords, Field::BodyContainsWords,
                          Field::SubjectOrBodyContainsWords, Field::FromAddressContainsWords, Field::From, Field::Enabled});

void read_rule(Event& event, const Fields& fields) {
  event.act = Act::rule_listed;
  event.target = text_at(fields, Field::rule_name);
  event.actor = event.mailbox;
  event.operation = "Get-InboxRule";
  event.parameters.emplace_back("Name", event.target);
  for (const Field field : kRuleFields) {
    if (const auto value = text_at(fields, field); !value.empty()) event.parameters.emplace_back(name_of(field), value);
  }
  if (const auto words = text_at(fields, Field::rule_text); !words.empty()) event.parameters.emplace_back("Description", words);
}

void read_permission(Event& event, const Fields& fields) {
  event.act = Act::permission_listed;
  event.operation = "Get-MailboxPermission";
  const std::string inherited = text::ascii_lower(text_at(fields, Field::inherited));
  event.by_system = inherited == "true" || text::ascii_lower(event.target).starts_with("nt authority");
  event.parameters = {{"User", event.target}, {"AccessRights", text_at(fields, Field::rights)}, {"Identity", event.mailbox}};
}

}  // namespace

Event event_of(Format format, const Fields& fields, const ClockSettings& clock) {
  Event event;
  event.format = format;
  std::string when = text_at(fields, Field::time);
  if (const auto date = text_at(fields, Field::date); !date.empty()) when = date + " " + when;
  if (const auto zone = text_at(fields, Field::zone); !zone.empty()) when += " " + zone;
  event.time = read_clock(when, clock);
  if (!event.time && !when.empty()) event.notes.push_back({"log_time", when, {}});
  event.identity = text_at(fields, Field::identity);
  event.actor = text_at(fields, Field::actor);
  event.operation = text_at(fields, Field::action);
  event.ip = bare_ip(at(fields, Field::ip));
  event.client = text_at(fields, Field::client);
  if (const auto browser = text_at(fields, Field::browser); !browser.empty())
    event.client += event.client.empty() ? browser : " (" + browser + ")";
  event.session = text_at(fields, Field::session);
  event.host = text_at(fields, Field::host);
  event.outcome = text_at(fields, Field::outcome);
  event.reason = text_at(fields, Field::reason);
  event.country = text_at(fields, Field::country);
  event.city = text_at(fields, Field::city);
  event.sender = text_at(fields, Field::sender);
  event.subject = text_at(fields, Field::subject);
  event.mailbox = text_at(fields, Field::mailbox);
  event.target = text_at(fields, Field::target);
  event.network_message_id = text::ascii_lower(text_at(fields, Field::network_message_id));
  switch (format) {
    case Format::entra_sign_in: read_sign_in(event, fields); break;
    case Format::message_trace: read_trace(event, fields); break;
    case Format::message_tracking: read_tracking(event, fields); break;
    case Format::google_mail: read_google(event, fields); break;
    case Format::inbox_rules: read_rule(event, fields); break;
    case Format::mailbox_permissions: read_permission(event, fields); break;
    default: break;
  }
  return event;
}

}  // namespace threadline::logs
