// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/limits.h"
#include "base/note.h"
#include "documents/document.h"
#include "facts/bank/account.h"
#include "facts/bank/invoice.h"
#include "facts/contact/phone.h"
#include "facts/conversation/conversation.h"
#include "facts/forwarding.h"
#include "facts/transport/dkim_key.h"
#include "facts/transport/hop.h"
#include "facts/transport/other_ids.h"
#include "facts/transport/thread.h"
#include "message/message.h"

namespace threadline::facts {

/// What an instant of a message rests on (row.schema.json, time_basis).
enum class TimeBasis { border, header, submit, delivery, quoted, none };
[[nodiscard]] std::string_view name_of(TimeBasis basis);

/// When a message says it was written, and when the evidence could first know it (findings.md, "known at").
struct Dates {
  std::optional<Stamp> header, submit, delivery;
  std::optional<Instant> known_at;
  TimeBasis basis = TimeBasis::none;
};

/// What a message is, for the action's template (cli.md).
enum class MessageKind {
  mail,
  reply,
  forward,
  read_receipt,
  auto_reply,
  bounce,
  invitation,
  delivery_receipt,
  delay_notice,
  unread_receipt,  ///< deleted without being read
  meeting_cancelled,
  meeting_accepted,
  meeting_declined,
  meeting_tentative,
  meeting_forwarded,  ///< the notice that an invitee sent the invitation on
  recall,
  journal_report,
  appointment,
  contact,
  distribution_list,
  task,
  task_request,
  note,
  activity,  ///< an entry of Outlook's journal
  post,
};
[[nodiscard]] std::string_view name_of(MessageKind kind);
/// Whether a program, not a person, wrote it: receipts, notices of delivery, automatic replies.
[[nodiscard]] bool is_automatic(MessageKind kind);

/// A domain that the message names, and where.
struct DomainUse {
  std::string domain;   ///< A-labels, lower case
  std::string unicode;  ///< U-labels
  std::string registrable;
  std::vector<std::string> fields;  ///< "from", "sender", "reply_to", "return_path", "to", "cc", "link" (the target, rewriting
                                    ///< undone), "text", "quoted", "message_id", "dkim", "organizer", "attendee", "contact"
};

/// What gateways and quarantines note about a message in fields of their own: claims, of whoever wrote the header. As
/// written.
struct Gateway {
  std::string network_message_id;  ///< Exchange: one id for all copies of a message, also in its logs
  std::string cross_tenant_id, auth_as, auth_source, scl;
  std::string compauth, compauth_reason;
  std::string quarantine_id, envelope_from;
  bool by_border = false;  ///< an Exchange host is the border, and auth_as is its own word: see read_gateway
  std::vector<std::string> envelope_to;
  std::vector<std::string> products;  ///< whose fields the header has: "exchange", "amavis", "proofpoint" ...

  bool operator==(const Gateway&) const = default;
};

/// One habit of who wrote: how the message was made and sent, not what it says. Several of a kind are alternatives.
struct Habit {
  std::string kind;  ///< of habits.h: "client", "ids", "tenant", "network", "zone" ...
  std::string value;

  bool operator==(const Habit&) const = default;
};

/// Where a header field stands that findings quote (field_places.def): from its name to the end of its value.
struct FieldPlace {
  std::string name;  ///< as in field_places.def, whatever the message writes
  Span span;

  bool operator==(const FieldPlace&) const = default;
};

/// A document that is attached, without its words.
struct DocumentSummary {
  std::string part, name, kind;                                 ///< as documents::Document
  std::vector<std::pair<std::string, std::string>> properties;  ///< "producer", "modified", ...
  std::uint32_t earlier_revisions = 0;

  bool operator==(const DocumentSummary&) const = default;
};

/// A message that another is attached to: who sent it, lower case, and when it was known.
struct Carrying {
  std::string sender;
  std::optional<Instant> known_at;

  bool operator==(const Carrying&) const = default;
};

/// Everything that one message says of itself. A plain value that a pipe can carry; made by read_facts from the Message alone.
struct Facts {
  // provenance
  std::string source;                ///< as evidence::Item; an attached message has its part appended ("x.eml/2")
  std::vector<std::string> sources;  ///< all places, when duplicates were merged
  std::string sha256;
  std::uint64_t size = 0;
  std::string format;
  std::string carrier;               ///< sha256 of the message that it is attached to, or empty
  std::vector<Carrying> carried_by;  ///< that message and those around it, the outermost first
  std::uint64_t input_order = 0;     ///< position in the evidence

  // identity
  std::vector<message::HeaderField> headers;  ///< only when asked for (explain)
  std::vector<FieldPlace> field_places;
  std::string message_id, subject, base_subject, message_class;
  bool subject_is_reply = false, subject_is_forward = false;
  bool has_header = true;  ///< false: a MAPI object without transport header (a sent item, a draft): what is absent says nothing
  MessageKind kind = MessageKind::mail;
  Dates dates;
  std::vector<message::Address> from, reply_to, to, cc, bcc;
  std::optional<message::Address> sender, sent_representing;
  std::vector<message::Address> contacts;  ///< the addresses that a contact holds (MAPI)
  std::string return_path;
  std::string client;    ///< X-Mailer, User-Agent, or what its habits show; or empty
  bool mobile = false;   ///< client or signature is a phone's
  bool is_list = false;  ///< mailing list, ticket system or no-reply by its headers (List-Id, Precedence, Auto-Submitted)
  std::vector<ForwardSign> forward_signs;        ///< what says that a received message was sent on
  std::optional<std::string> envelope_sender;    ///< by a mail server's own word (a queue file, a gateway); "" is the null sender
  std::vector<std::string> envelope_recipients;  ///< the same
  bool is_auto_forwarded = false;                ///< a rule sent it on (Resent-*, X-MS-Exchange-Inbox-Rules-Loop, ...)
  std::vector<OtherId> other_ids;                ///< from before a server rewrote Message-ID

  // transport, conversation, accounts
  Route route;
  Gateway gateway;
  std::vector<Habit> habits;  ///< what new_route compares with the sender's earlier messages
  ThreadLinks thread;
  Conversation conversation;
  std::string body_text;  ///< the text of the body part that the conversation was read from (as a person reads it)
  std::vector<Account> accounts;
  std::vector<Request> requests;
  std::vector<DomainUse> domains;
  std::vector<Phone> phones;      ///< every occurrence, of quoted levels too
  std::vector<Invoice> invoices;  ///< the same
  std::vector<message::Part> parts;
  std::vector<message::Attachment> attachments;
  std::vector<DocumentSummary> documents;
  std::vector<message::Calendar> calendars;
  std::vector<Note> notes;  ///< of evidence, message and facts
};

/// Where the field of that name stands (as in field_places.def); offset and length 0 where the message has none, as a MAPI
/// object.
[[nodiscard]] Span place_of(const Facts& facts, std::string_view name);

/// What the reading of facts depends on beside the message.
struct Settings {
  std::vector<std::string> trusted_relays = {};  ///< of the policy
  bool keep_headers = false;
  DkimKeys dkim_keys = {};  ///< selector records that the analyst collected
  Limits limits = {};
  std::shared_ptr<const Geography> geography = {};  ///< nullptr: origins of addresses are not told
};

/// The facts of one message, without those of the messages attached to it. Pure; never fails.
/// `documents` are what its attachments say. source, sources, carrier and input_order are left to the caller.
[[nodiscard]] Facts read_facts(const message::Message& message, const std::vector<documents::Document>& documents,
                               const Settings& settings);
[[nodiscard]] Facts read_facts(const message::Message& message, const Settings& settings);

}  // namespace threadline::facts
