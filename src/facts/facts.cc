// SPDX-License-Identifier: Apache-2.0
#include "facts/facts.h"

#include <algorithm>
#include <iterator>

#include "base/ascii.h"
#include "facts/attached_documents.h"
#include "facts/conversation/attached.h"
#include "facts/field_places.h"
#include "facts/habits.h"
#include "facts/header_date.h"
#include "facts/message_traits.h"
#include "facts/outlook_accounts.h"
#include "facts/transport/arc.h"
#include "facts/transport/dkim.h"
#include "facts/transport/gateway.h"
#include "text/base_subject.h"

namespace threadline::facts {
namespace {

void copy_identity(const message::Message& message, const Settings& settings, Facts& facts) {
  facts.sha256 = message.sha256;
  facts.size = message.size;
  facts.format = message.format;
  if (settings.keep_headers) facts.headers = message.headers;
  facts.field_places = read_field_places(message);
  facts.message_id = message.message_id;
  facts.subject = message.subject;
  facts.message_class = message.message_class;
  facts.from = message.from;
  facts.reply_to = message.reply_to;
  facts.to = message.to;
  facts.cc = message.cc;
  facts.bcc = message.bcc;
  facts.sender = message.sender;
  facts.sent_representing = message.sent_representing;
  facts.contacts = message.contacts;
  facts.return_path = message.return_path;
  facts.parts = message.parts;
  facts.attachments = message.attachments;
  facts.calendars = message.calendars;
  facts.has_header = !message.headers.empty();
}

void read_subject_of(const message::Message& message, Facts& facts) {
  text::SubjectParts subject = text::read_subject(message.subject);
  facts.base_subject = std::move(subject.base);
  facts.subject_is_reply = subject.is_reply;
  facts.subject_is_forward = subject.is_forward;
}

/// The stamp of the border, or of the first host behind it that stamped a readable time.
std::optional<Instant> border_time(const Route& route) {
  if (route.border < 0) return std::nullopt;
  for (auto i = static_cast<std::size_t>(route.border); i < route.hops.size(); ++i) {
    if (route.hops[i].trusted && route.hops[i].time) return route.hops[i].time->at;
  }
  return std::nullopt;
}

std::optional<Instant> newest_quoted(const Conversation& conversation) {
  std::optional<Instant> newest;
  for (const QuotedBlock& block : conversation.quoted) {
    if (block.date && (!newest || *newest < block.date->at)) newest = block.date->at;
  }
  return newest;
}

/// The note about a Date that is read nonetheless says so.
void note_localized_date(const message::Message& message, Facts& facts) {
  if (message.date || !facts.dates.header) return;
  const auto note = std::ranges::find_if(facts.notes, [&](const Note& one) {
    return one.code == "malformed_date" && one.text.find(facts.dates.header->text) != std::string::npos;
  });
  if (note != facts.notes.end()) note->code = "localized_date";
}

/// findings.md, "known at". A message without any time of its own has none: a quoted date is another message's.
void read_dates(const message::Message& message, Facts& facts) {
  Dates& dates = facts.dates;
  dates.header = header_date(message);
  note_localized_date(message, facts);
  dates.submit = message.submit;
  dates.delivery = message.delivery;
  const auto know = [&](Instant at, TimeBasis basis) {
    dates.known_at = at;
    dates.basis = basis;
  };
  if (const auto border = border_time(facts.route)) return know(*border, TimeBasis::border);
  if (dates.delivery) return know(dates.delivery->at, TimeBasis::delivery);
  if (dates.submit) return know(dates.submit->at, TimeBasis::submit);
  if (!dates.header) return;
  know(dates.header->at, TimeBasis::header);
  if (const auto quoted = newest_quoted(facts.conversation); quoted && dates.header->at < *quoted)
    know(*quoted, TimeBasis::quoted);
}

bool is_known(const std::vector<Account>& accounts, const Account& account) {
  return std::any_of(accounts.begin(), accounts.end(),
                     [&](const Account& known) { return known.kind == account.kind && known.value == account.value; });
}

const message::Attachment* attachment_of(const message::Message& message, std::string_view part) {
  const auto found =
      std::find_if(message.attachments.begin(), message.attachments.end(), [&](const auto& one) { return one.part == part; });
  return found == message.attachments.end() ? nullptr : &*found;
}

/// An invitation's description: words to the reader, though its part is attached.
bool is_description(const message::Text& text) { return text.part.ends_with("!description"); }

/// The part that the text stands in: of a description that of its calendar.
std::string_view part_of(const message::Text& text) {
  return is_description(text) ? std::string_view(text.part).substr(0, text.part.rfind('!')) : std::string_view(text.part);
}

/// Accounts of an attached text part, which is nobody's quoted history.
std::vector<Account> attached_accounts(const message::Message& message, const message::Text& text, const Limits& limits,
                                       std::vector<Note>& notes) {
  const ReadText body = read_text(text, limits);
  std::vector<Account> accounts = read_accounts(body, {}, limits, notes);
  notes.insert(notes.end(), body.notes.begin(), body.notes.end());
  const message::Attachment* attachment = attachment_of(message, part_of(text));
  for (Account& account : accounts) {
    account.where = "attachment";
    account.attachment = attachment == nullptr ? text.part : attachment->name;
    account.medium = documents::name_of(documents::Medium::text);
  }
  return accounts;
}

/// Accounts that only another body part shows: the HTML says one thing, the plain text another.
std::vector<Account> other_accounts(const message::Text& text, const ReadConversation* known, int offset, const Limits& limits) {
  const bool is_read = known != nullptr && known->body.holds_part(text.part);
  const ReadText body = is_read ? ReadText{} : read_text(text, limits);
  std::vector<Note> notes;  // what passes a limit here passes it in the other body
  std::vector<Account> accounts = is_read ? read_accounts(known->body, known->conversation, limits, notes)
                                          : read_accounts(body, read_quoted(body, offset, limits), limits, notes);
  for (Account& account : accounts) account.block = -1;  // the blocks are those of the other part
  return accounts;
}

/// A text without blanks and quote marks, so that a sentence is the same however it is wrapped.
std::string unwrapped(std::string_view text) {
  std::string kept;
  std::ranges::copy_if(text, std::back_inserter(kept), [](char c) { return !is_space(c) && c != '>'; });
  return kept;
}

/// What the alternative asks for that is no body of the conversation, where it has words of its own: clients show the one or the
/// other. One request of a kind that the body has not, and that no level of the body says.
void add_requests_of_alternative(const ReadConversation& read, const Limits& limits, Facts& facts) {
  if (!read.other_says_more) return;
  const std::string said = unwrapped(read.body.text);
  std::vector<Note> notes;  // what passes a limit here passes it in the other body
  for (Request& request : read_requests(read.other->body, read.other->conversation, limits, notes)) {
    const auto is_it = [&](const Request& one) { return one.block < 0 && one.kind == request.kind; };
    const bool is_known = request.block >= 0 || std::ranges::any_of(facts.requests, is_it);
    if (!is_known && said.find(unwrapped(request.text)) == std::string::npos) facts.requests.push_back(std::move(request));
  }
}

/// Telephone numbers of the writer that the alternative alone shows.
void add_phones_of_alternative(const ReadConversation& read, std::string_view sender, const Limits& limits, Facts& facts) {
  if (!read.other_says_more) return;
  std::vector<Note> notes;  // as above
  for (Phone& phone : read_phones(read.other->body, read.other->conversation, sender, limits, notes)) {
    const auto is_it = [&](const Phone& one) { return is_one_number(one.number, phone.number); };
    const bool is_known = std::ranges::any_of(facts.phones, is_it) || facts.phones.size() >= limits.phones;
    if (phone.block < 0 && !is_known) facts.phones.push_back(std::move(phone));
  }
}

/// What the description of an invitation asks for, beside the body.
void add_requests_of_invitations(const message::Message& message, const std::string& body_part, const Limits& limits,
                                 Facts& facts) {
  for (const message::Text& text : message.texts) {
    if (!is_description(text) || text.part == body_part) continue;
    const ReadText description = read_text(text, limits);
    for (Request& request : read_requests(description, read_quoted(description, 0, limits), limits, facts.notes)) {
      const bool known = std::any_of(facts.requests.begin(), facts.requests.end(),
                                     [&](const Request& one) { return one.kind == request.kind && one.text == request.text; });
      request.block = -1;
      if (!known) facts.requests.push_back(std::move(request));
    }
  }
}

/// A change that the Subject alone tells ("New bank details" above an attachment). That of a reply or forward is another's.
void add_request_of_subject(const message::Message& message, const Limits& limits, Facts& facts) {
  if (facts.subject_is_reply || facts.subject_is_forward) return;
  ReadText subject;
  subject.text = message.subject;
  for (Request& request : read_requests(subject, {}, limits, facts.notes)) {
    const bool is_told = std::ranges::any_of(facts.requests, [&](const Request& one) { return one.kind == request.kind; });
    if (is_told || (request.kind != "bank_change" && request.kind != "payroll")) continue;
    request.span = place_of(facts, "Subject");
    facts.requests.push_back(std::move(request));
  }
}

/// What dates in its body are assumed to have.
int offset_of(const message::Message& message) {
  const auto date = header_date(message);
  return date ? date->at.offset_minutes : 0;
}

void read_all_accounts(const message::Message& message, const ReadConversation& read, const Settings& settings, Facts& facts) {
  facts.accounts = read_accounts(read.body, facts.conversation, settings.limits, facts.notes);
  const int offset = offset_of(message);
  for (const message::Text& text : message.texts) {
    if (read.body.holds_part(text.part) || !may_hold_account(text.content)) continue;
    auto more = text.attached ? attached_accounts(message, text, settings.limits, facts.notes)
                              : other_accounts(text, read.other.get(), offset, settings.limits);
    for (Account& account : more) {
      if ((!text.attached || is_description(text)) && is_known(facts.accounts, account)) continue;
      if (facts.accounts.size() >= settings.limits.accounts) {
        facts.notes.push_back({"limit", "accounts", account.span});
        return;
      }
      facts.accounts.push_back(std::move(account));
    }
  }
}

/// Accounts that Outlook for Windows alone shows: the note says that others read something else.
void add_accounts_for_outlook(const message::Message& message, const Limits& limits, Facts& facts) {
  for (const message::Text& text : message.texts) {
    if (text.attached) continue;
    for (Account& account : accounts_for_outlook(text, offset_of(message), limits)) {
      if (is_known(facts.accounts, account)) continue;
      if (facts.accounts.size() >= limits.accounts) return facts.notes.push_back({"limit", "accounts", account.span});
      facts.notes.push_back({"bodies_differ", text.part + ": only Outlook shows " + account.as_written, account.span});
      facts.accounts.push_back(std::move(account));
    }
  }
}

/// A reply or forward bears the subject of what it answers, unless that one is printed without the account.
bool is_answered_subject(const Facts& facts, const Account& account) {
  if (!facts.subject_is_reply && !facts.subject_is_forward) return false;
  if (facts.conversation.quoted.empty()) return false;
  const std::string& printed = facts.conversation.quoted.front().subject;
  return printed.empty() || printed.find(account.as_written) != std::string::npos;
}

/// Accounts that the Subject alone shows: of the writer, or first told by what he answers.
void add_subject_accounts(const message::Message& message, const Limits& limits, Facts& facts) {
  if (!may_hold_account(message.subject)) return;
  std::vector<Account> shown = find_accounts(message.subject, limits, facts.notes);
  std::erase_if(shown, [&](const Account& account) { return is_known(facts.accounts, account); });
  for (Account& account : shown) {
    if (facts.accounts.size() >= limits.accounts) return facts.notes.push_back({"limit", "accounts", account.span});
    account.span = place_of(facts, "Subject");
    const bool is_answer = is_answered_subject(facts, account);
    account.block = is_answer ? 0 : -1;
    account.level = is_answer ? facts.conversation.quoted.front().level : 0;
    facts.accounts.push_back(std::move(account));
  }
}

template <class Notes>
void add_notes(const Notes& from, std::vector<Note>& to) {
  to.insert(to.end(), from.begin(), from.end());
}

/// The words, accounts and numbers of a message that somebody wrote. A journal report is an envelope: the message inside has its
/// own.
void read_words(const message::Message& message, const Settings& settings, Facts& facts) {
  ReadConversation read = read_conversation(message, offset_of(message), settings.limits);
  if (!message.journal) {
    facts.conversation = std::move(read.conversation);
    add_attached(message, settings.limits, facts.conversation);
    add_notes(facts.conversation.notes, facts.notes);
    read_all_accounts(message, read, settings, facts);
    add_accounts_for_outlook(message, settings.limits, facts);
    add_subject_accounts(message, settings.limits, facts);
    facts.requests = read_requests(read.body, facts.conversation, settings.limits, facts.notes);
    add_requests_of_alternative(read, settings.limits, facts);
    add_requests_of_invitations(message, read.body.part, settings.limits, facts);
    add_request_of_subject(message, settings.limits, facts);
    const std::string_view sender = message.from.empty() ? std::string_view{} : std::string_view(message.from.front().address);
    facts.phones = read_phones(read.body, facts.conversation, sender, settings.limits, facts.notes);
    add_phones_of_alternative(read, sender, settings.limits, facts);
    facts.invoices =
        read_invoices({read.body, facts.conversation, message.subject, message.attachments}, settings.limits, facts.notes);
    for (Invoice& invoice : facts.invoices) {
      if (invoice.where == "subject") invoice.span = place_of(facts, "Subject");
    }
  }
  facts.domains = read_domains(facts, read, settings.limits, facts.notes);
  facts.body_text = std::move(read.body.text);
}

/// Of the client's own address where it is told and public, else of who handed the message over.
void read_origin(const Geography* geography, Submission& submission) {
  if (geography == nullptr) return;
  if (!submission.client_ip.empty()) submission.origin = geography->origin_of(submission.client_ip);
  if (!submission.origin.is_known() && !submission.ip.empty()) submission.origin = geography->origin_of(submission.ip);
}

}  // namespace

std::string_view name_of(TimeBasis basis) {
  constexpr std::string_view kNames[] = {"border", "header", "submit", "delivery", "quoted", "none"};
  return kNames[static_cast<std::size_t>(basis)];
}

Facts read_facts(const message::Message& message, const Settings& settings) { return read_facts(message, {}, settings); }

Facts read_facts(const message::Message& message, const std::vector<documents::Document>& documents, const Settings& settings) {
  Facts facts;
  copy_identity(message, settings, facts);
  read_subject_of(message, facts);
  add_notes(message.notes, facts.notes);
  facts.route = read_route(message, settings.trusted_relays, settings.limits);
  check_dkim(message, settings.dkim_keys, settings.limits, facts.route);
  facts.route.arc = read_arc_sets(message);
  read_origin(settings.geography.get(), facts.route.submission);
  add_notes(facts.route.notes, facts.notes);
  facts.thread = read_thread(message, settings.limits);
  add_notes(facts.thread.notes, facts.notes);
  facts.gateway = read_gateway(message, facts.route);
  read_words(message, settings, facts);
  add_documents(documents, settings.limits, facts);
  read_dates(message, facts);
  facts.kind = kind_of(message, facts);
  facts.client = client_of(message);
  facts.mobile = facts.conversation.mobile || is_mobile_client(facts.client);
  facts.is_list = is_list_mail(message);
  facts.is_auto_forwarded = is_auto_forwarded_mail(message);
  facts.forward_signs = read_forward_signs(message, settings.limits, facts.notes);
  facts.other_ids = read_other_ids(message, settings.limits, facts.notes);
  facts.habits = read_habits(message, facts);
  return facts;
}

}  // namespace threadline::facts
