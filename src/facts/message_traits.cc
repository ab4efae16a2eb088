// SPDX-License-Identifier: Apache-2.0
#include "facts/message_traits.h"

#include <algorithm>
#include <iterator>
#include <optional>

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
  if (auto_submitted.empty() && message.field("X-Auto-Response-Suppress") == nullptr) return false;
  const std::string subject = text::lower(text::trimmed(message.subject));
  return std::any_of(std::begin(kOutOfOffice), std::end(kOutOfOffice),
                     [&](std::string_view start) { return subject.starts_with(start); });
}

/// What a MAPI class (PidTagMessageClass, MS-OXOMSG, MS-OXOCAL, MS-OXOCNTC, MS-OXOTASK) says, whatever follows the name after a
/// dot.
struct ClassKind {
  std::string_view name;
  MessageKind kind;
};
constexpr ClassKind kClasses[] = {
    {"IPM.Note.Rules.OofTemplate", MessageKind::auto_reply},
    {"IPM.Note.Rules.ReplyTemplate", MessageKind::auto_reply},
    {"IPM.Outlook.Recall", MessageKind::recall},
    {"IPM.Recall.Report", MessageKind::recall},
    {"IPM.Schedule.Meeting.Request", MessageKind::invitation},
    {"IPM.Schedule.Meeting.Canceled", MessageKind::meeting_cancelled},
    {"IPM.Schedule.Meeting.Resp.Pos", MessageKind::meeting_accepted},
    {"IPM.Schedule.Meeting.Resp.Neg", MessageKind::meeting_declined},
    {"IPM.Schedule.Meeting.Resp.Tent", MessageKind::meeting_tentative},
    {"IPM.Schedule.Meeting.Notification.Forward", MessageKind::meeting_forwarded},
    {"IPM.Appointment", MessageKind::appointment},
    {"IPM.Contact", MessageKind::contact},
    {"IPM.DistList", MessageKind::distribution_list},
    {"IPM.TaskRequest", MessageKind::task_request},
    {"IPM.Task", MessageKind::task},
    {"IPM.StickyNote", MessageKind::note},
    {"IPM.Activity", MessageKind::activity},
    {"IPM.Post", MessageKind::post},
};

/// "REPORT.IPM.Note.NDR": the end of the class (MS-OXOMSG section 2.2.2.1).
constexpr ClassKind kReports[] = {
    {".NDR", MessageKind::bounce},         {".Delayed.DR", MessageKind::delay_notice}, {".DR", MessageKind::delivery_receipt},
    {".IPNRN", MessageKind::read_receipt}, {".IPNNRN", MessageKind::unread_receipt},
};

bool begins_nocase(std::string_view text, std::string_view with) {
  return text.size() >= with.size() && text::equal_ascii_nocase(text.substr(0, with.size()), with);
}

std::optional<MessageKind> kind_of_report_class(std::string_view name) {
  if (!begins_nocase(name, "REPORT.")) return std::nullopt;
  for (const ClassKind& one : kReports) {
    if (name.size() >= one.name.size() && text::equal_ascii_nocase(name.substr(name.size() - one.name.size()), one.name))
      return one.kind;
  }
  return std::nullopt;
}

std::optional<MessageKind> kind_of_class(std::string_view name) {
  for (const ClassKind& one : kClasses) {
    if (begins_nocase(name, one.name) && (name.size() == one.name.size() || name[one.name.size()] == '.')) return one.kind;
  }
  return std::nullopt;
}

bool is_any_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// RFC 3462, 3464, 8098; qmail and older MTAs say a bounce by the sender alone.
std::optional<MessageKind> kind_of_report(const message::Message& message) {
  if (message.report_type == "disposition-notification")
    return message.report_action == "deleted" ? MessageKind::unread_receipt : MessageKind::read_receipt;
  if (message.report_type == "delivery-status") {
    if (is_any_of(message.report_action, {"delivered", "relayed", "expanded"})) return MessageKind::delivery_receipt;
    return message.report_action == "delayed" ? MessageKind::delay_notice : MessageKind::bounce;
  }
  const bool is_bounce = message.field("X-Failed-Recipients") != nullptr || sender_local_part(message) == "mailer-daemon";
  return is_bounce ? std::optional(MessageKind::bounce) : std::nullopt;
}

std::optional<MessageKind> kind_of_reply(std::string_view participation) {
  if (participation == "ACCEPTED") return MessageKind::meeting_accepted;
  if (participation == "DECLINED") return MessageKind::meeting_declined;
  if (participation == "TENTATIVE") return MessageKind::meeting_tentative;
  return std::nullopt;
}

/// RFC 6047: by the method of a text/calendar part. An attached .ics alone makes no invitation of a mail.
std::optional<MessageKind> kind_of_calendar(const message::Message& message) {
  for (const message::Calendar& calendar : message.calendars) {
    const bool is_body = std::any_of(message.parts.begin(), message.parts.end(), [&](const message::Part& part) {
      return part.part == calendar.part && part.type == "text/calendar";
    });
    if (!is_body) continue;
    if (calendar.method == "REQUEST") return MessageKind::invitation;
    if (calendar.method == "CANCEL") return MessageKind::meeting_cancelled;
    if (calendar.method == "REPLY") return kind_of_reply(calendar.participation);
  }
  return std::nullopt;
}

MessageKind conversation_kind(const Facts& facts) {
  if (facts.subject_is_forward) return MessageKind::forward;
  if (facts.subject_is_reply || !facts.thread.in_reply_to.empty()) return MessageKind::reply;
  const auto& quoted = facts.conversation.quoted;
  if (quoted.empty()) return facts.thread.references.empty() ? MessageKind::mail : MessageKind::reply;
  return quoted.front().form == QuoteForm::forward || quoted.front().form == QuoteForm::attached ? MessageKind::forward
                                                                                                 : MessageKind::reply;
}

/// How a client without X-Mailer shows: the end of its Message-ID or a word in its MIME boundary.
struct ClientHabit {
  std::string_view message_id_end, boundary, client;
};
constexpr ClientHabit kHabits[] = {
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
  for (const ClientHabit& habit : kHabits) {
    const bool id_fits = habit.message_id_end.empty() || id.ends_with(habit.message_id_end);
    if (id_fits && (habit.boundary.empty() || boundary.find(habit.boundary) != std::string::npos))
      return std::string(habit.client);
  }
  return {};
}

}  // namespace

std::string_view name_of(MessageKind kind) {
  constexpr std::string_view kNames[] = {"mail",
                                         "reply",
                                         "forward",
                                         "read_receipt",
                                         "auto_reply",
                                         "bounce",
                                         "invitation",
                                         "delivery_receipt",
                                         "delay_notice",
                                         "unread_receipt",
                                         "meeting_cancelled",
                                         "meeting_accepted",
                                         "meeting_declined",
                                         "meeting_tentative",
                                         "meeting_forwarded",
                                         "recall",
                                         "journal_report",
                                         "appointment",
                                         "contact",
                                         "distribution_list",
                                         "task",
                                         "task_request",
                                         "note",
                                         "activity",
                                         "post"};
  static_assert(std::size(kNames) == static_cast<std::size_t>(MessageKind::post) + 1);
  return kNames[static_cast<std::size_t>(kind)];
}

bool is_automatic(MessageKind kind) {
  switch (kind) {
    case MessageKind::read_receipt:
    case MessageKind::unread_receipt:
    case MessageKind::auto_reply:
    case MessageKind::bounce:
    case MessageKind::delivery_receipt:
    case MessageKind::delay_notice:
    case MessageKind::meeting_forwarded: return true;
    default: return false;
  }
}

MessageKind kind_of(const message::Message& message, const Facts& facts) {
  if (message.journal) return MessageKind::journal_report;
  if (const auto kind = kind_of_report_class(message.message_class)) return *kind;  // before Exchange's header of any report
  if (const auto kind = kind_of_report(message)) return *kind;
  if (is_auto_reply(message)) return MessageKind::auto_reply;
  if (const auto kind = kind_of_class(message.message_class)) return *kind;
  if (const auto kind = kind_of_calendar(message)) return *kind;
  return conversation_kind(facts);
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
  if (has_any_field(message,
                    {"List-Id", "List-Post", "List-Unsubscribe", "Mailing-List", "X-Mailing-List", "X-BeenThere", "RT-Ticket",
                     "X-RT-Loop-Prevention", "X-JIRA-FingerPrint", "X-Zendesk-From-Account-Id", "X-OTRS-Loop", "X-FD-Ticket-Id",
                     "X-FD-Account-Id", "X-GitHub-Reason", "X-GitLab-Project", "Feedback-ID"})) {
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
