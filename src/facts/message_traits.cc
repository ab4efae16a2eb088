// SPDX-License-Identifier: Apache-2.0
#include "facts/message_traits.h"

#include <algorithm>

#include "text/domain.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

std::string_view value_of(const message::Message& message, std::string_view name) {
  const auto* field = message.field(name);
  return field == nullptr ? std::string_view{} : text::trimmed(field->value);
}

bool contains_nocase(std::string_view text, std::string_view lower_needle) {
  return text::ascii_lower(text).find(lower_needle) != std::string::npos;
}

bool is_any(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view one) { return text::equal_ascii_nocase(word, one); });
}

bool has_any_field(const message::Message& message, std::initializer_list<std::string_view> names) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return message.field(name) != nullptr; });
}

std::string sender_local_part(const message::Message& message) {
  return message.from.empty() ? std::string{} : text::ascii_lower(text::local_part_of_address(message.from.front().address));
}

/// Starts of an out-of-office subject in the languages of Exchange. They count only beside an automatic header.
constexpr std::string_view kOutOfOffice[] = {"automatic reply",
                                             "out of office",
                                             "r\u00e9ponse automatique",
                                             "absence du bureau",
                                             "automatische antwort",
                                             "abwesenheits",
                                             "respuesta autom\u00e1tica",
                                             "fuera de oficina",
                                             "risposta automatica",
                                             "fuori sede",
                                             "resposta autom\u00e1tica",
                                             "automatisch antwoord",
                                             "autosvar"};

bool is_auto_reply(const message::Message& message) {
  const std::string auto_submitted = text::ascii_lower(value_of(message, "Auto-Submitted"));
  if (auto_submitted.starts_with("auto-replied") || auto_submitted.starts_with("auto-reply")) return true;
  if (has_any_field(message, {"X-Autoreply", "X-Autorespond", "X-AutoReply-From"}) ||
      is_any(value_of(message, "Precedence"), {"auto_reply"}))
    return true;
  if (message.message_class.starts_with("IPM.Note.Rules.Oof")) return true;
  if (auto_submitted.empty() && message.field("X-Auto-Response-Suppress") == nullptr) return false;
  const std::string subject = text::lower(text::trimmed(message.subject));
  return std::any_of(std::begin(kOutOfOffice), std::end(kOutOfOffice),
                     [&](std::string_view start) { return subject.starts_with(start); });
}

bool has_part(const message::Message& message, std::string_view type) {
  const auto is_type = [&](const auto& part) { return part.type == type; };
  return std::any_of(message.parts.begin(), message.parts.end(), is_type) ||
         std::any_of(message.attachments.begin(), message.attachments.end(), is_type);
}

/// RFC 3462, 3464; qmail and older MTAs say it by the sender alone.
bool is_bounce(const message::Message& message) {
  if (message.report_type == "delivery-status" || message.field("X-Failed-Recipients") != nullptr) return true;
  if (message.message_class.starts_with("REPORT.") && message.message_class.ends_with(".NDR")) return true;
  return sender_local_part(message) == "mailer-daemon";
}

/// RFC 8098.
bool is_read_receipt(const message::Message& message) {
  return message.report_type == "disposition-notification" ||
         (message.message_class.starts_with("REPORT.") && message.message_class.ends_with(".IPNRN"));
}

/// RFC 6047: a text/calendar part whose method is REQUEST.
bool is_invitation(const message::Message& message) {
  if (message.message_class.starts_with("IPM.Schedule.Meeting.Request")) return true;
  if (message.content_type == "text/calendar" && contains_nocase(value_of(message, "Content-Type"), "method=request"))
    return true;
  if (!has_part(message, "text/calendar")) return false;
  return std::any_of(message.texts.begin(), message.texts.end(), [](const message::Text& text) {
    return text.content.find("BEGIN:VCALENDAR") != std::string::npos && text.content.find("METHOD:REQUEST") != std::string::npos;
  });
}

MessageKind conversation_kind(const message::Message& message, const Facts& facts) {
  if (facts.subject_is_forward) return MessageKind::forward;
  if (facts.subject_is_reply || !facts.thread.in_reply_to.empty()) return MessageKind::reply;
  const auto& quoted = facts.conversation.quoted;
  if (quoted.empty()) return message.field("References") == nullptr ? MessageKind::mail : MessageKind::reply;
  return quoted.front().form == QuoteForm::forward || quoted.front().form == QuoteForm::attached ? MessageKind::forward
                                                                                                 : MessageKind::reply;
}

/// How a client without X-Mailer shows: the end of its Message-ID or a word in its MIME boundary.
struct Habit {
  std::string_view message_id_end, boundary, client;
};
constexpr Habit kHabits[] = {
    {"@mail.gmail.com>", "", "Gmail"},
    {".prod.outlook.com>", "", "Microsoft Exchange Online"},
    {"", "apple-mail", "Apple Mail"},
    {"@mail.yahoo.com>", "", "Yahoo Mail"},
    {"@email.android.com>", "", "Android Mail"},
    {"@phx.gbl>", "", "Outlook.com"},
    {".javamail.root@", "----=_part_", "JavaMail"},
    {"", "_000_", "Microsoft Exchange"},
    {"", "----=_nextpart_", "Microsoft Outlook"},
    {"", "----=_part_", "JavaMail"},
    {"@smtp.qq.com>", "", "QQ Mail"},
    {"@qq.com>", "----=_nextpart_", "QQ Mail"},
};

std::string client_by_habit(const message::Message& message) {
  const std::string id = text::ascii_lower(message.message_id);
  const std::string type = text::ascii_lower(value_of(message, "Content-Type"));
  const std::size_t at = type.find("boundary=");
  const std::string boundary = at == std::string::npos ? std::string{} : type.substr(at);
  for (const Habit& habit : kHabits) {
    const bool id_fits = habit.message_id_end.empty() || id.ends_with(habit.message_id_end);
    if (id_fits && (habit.boundary.empty() || boundary.find(habit.boundary) != std::string::npos))
      return std::string(habit.client);
  }
  return {};
}

}  // namespace

std::string_view name_of(MessageKind kind) {
  constexpr std::string_view kNames[] = {"mail", "reply", "forward", "read_receipt", "auto_reply", "bounce", "invitation"};
  return kNames[static_cast<std::size_t>(kind)];
}

MessageKind kind_of(const message::Message& message, const Facts& facts) {
  if (is_read_receipt(message)) return MessageKind::read_receipt;
  if (is_bounce(message)) return MessageKind::bounce;
  if (is_auto_reply(message)) return MessageKind::auto_reply;
  if (is_invitation(message)) return MessageKind::invitation;
  return conversation_kind(message, facts);
}

std::string client_of(const message::Message& message) {
  for (const std::string_view name :
       {"X-Mailer", "User-Agent", "X-Originating-Client", "X-Mailer-Client", "X-Newsreader", "X-MimeOLE"}) {
    if (const std::string_view value = value_of(message, name); !value.empty()) return std::string(value);
  }
  return client_by_habit(message);
}

bool is_mobile_client(std::string_view client) {
  const std::string lower = text::ascii_lower(client);
  for (const std::string_view word :
       {"iphone", "ipad", "android", "mobile", "blackberry", "windows phone", "outlook for ios", "samsung"}) {
    if (lower.find(word) != std::string::npos) return true;
  }
  return false;
}

bool is_list_mail(const message::Message& message) {
  if (has_any_field(message, {"List-Id", "List-Post", "List-Unsubscribe", "Mailing-List", "X-Mailing-List", "X-BeenThere",
                              "RT-Ticket", "X-RT-Loop-Prevention", "X-JIRA-FingerPrint", "X-Zendesk-From-Account-Id",
                              "X-OTRS-Loop", "X-GitHub-Reason", "X-GitLab-Project", "Feedback-ID"})) {
    return true;
  }
  if (is_any(value_of(message, "Precedence"), {"list", "bulk", "junk"})) return true;
  if (text::ascii_lower(value_of(message, "Auto-Submitted")).starts_with("auto-generated")) return true;
  std::string local = sender_local_part(message);
  std::erase_if(local, [](char c) { return c == '-' || c == '_' || c == '.'; });
  return local.starts_with("noreply") || local.starts_with("donotreply") || local.starts_with("nepasrepondre") ||
         local.starts_with("nereponde");
}

bool is_auto_forwarded_mail(const message::Message& message) {
  if (has_any_field(message, {"Resent-From", "Resent-To", "Resent-Sender", "X-MS-Exchange-Inbox-Rules-Loop", "X-Forwarded-For",
                              "X-Forwarded-To", "X-Auto-Forward"}))
    return true;
  if (contains_nocase(value_of(message, "X-MS-Exchange-Generated-Message-Source"), "mailbox rules agent")) return true;
  return is_any(value_of(message, "X-MS-Exchange-Organization-AutoForwarded"), {"true"}) ||
         is_any(value_of(message, "Autoforwarded"), {"true"});
}

}  // namespace threadline::facts
