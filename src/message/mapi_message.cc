// SPDX-License-Identifier: Apache-2.0
#include "message/mapi_message.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/instant.h"
#include "message/header_block.h"
#include "message/header_fields.h"
#include "message/header_value.h"
#include "message/mapi_attachments.h"
#include "message/mapi_bodies.h"
#include "message/mapi_calendar.h"
#include "message/mapi_ids.h"
#include "message/mapi_people.h"
#include "message/mapi_text.h"
#include "message/mapi_time.h"
#include "text/fold.h"
#include "text/utf16.h"

namespace threadline::message {
namespace {

constexpr std::uint64_t kUnsent = 0x8;  ///< mfUnsent of PidTagMessageFlags, MS-OXCMSG section 2.2.1.6

/// PidTagTransportMessageHeaders as bytes that the header's reader takes: UTF-8, or 8 bit as stored.
std::string header_text(const MapiObject& object) {
  const auto* property = object.properties.find(pid::transport_message_headers);
  if (property == nullptr) return {};
  if (property->type == static_cast<std::uint16_t>(MapiType::unicode)) return text::decode_utf16le(property->value).text;
  return property->value;
}

/// The header as the last hop had it, without its body's structure: PidTagTransportMessageHeaders goes on with the fields of
/// parts.
void read_header(const ObjectReading& reading, Message& into) {
  const auto header = header_text(reading.object);
  if (text::trimmed(header).empty()) return;
  auto block = read_header_block(header, reading.limits);
  into.header_length = block.length;
  for (auto& note : block.notes) reading.notes.add(std::move(note));
  read_header_fields(block, reading.strings.charset(), reading.limits, into);
}

/// The media type and report type that the header states: the entity itself is gone.
void read_content_type(Message& into) {
  const auto* field = into.field("Content-Type");
  if (field == nullptr) return;
  const auto value = text::ascii_lower(field->value);
  into.content_type = text::trimmed(std::string_view(value).substr(0, value.find(';')));
  const auto report = value.find("report-type=");
  if (report == std::string::npos) return;
  auto type = std::string_view(value).substr(report + 12);
  if (type.starts_with('"')) type.remove_prefix(1);
  into.report_type = type.substr(0, type.find_first_of("\"; \t"));
}

/// PidTagSubject may begin with U+0001 and a character that is the prefix's length. Source: MS-PST section 2.5.3.1.1.1.
std::string without_prefix_mark(std::string subject) {
  if (!subject.starts_with('\1')) return subject;
  return subject.substr(1 + (subject.size() > 1 ? text::code_point_at(subject, 1).length : 0));
}

/// What the mailbox shows, which an organisation may have changed after the transport ("[EXTERNAL] ..."); else the header's.
void read_subject(const ObjectReading& reading, Message& into) {
  const auto& properties = reading.object.properties;
  if (properties.find(pid::subject) != nullptr) {
    into.subject = without_prefix_mark(reading.strings.line(properties, pid::subject));
  } else if (properties.find(pid::normalized_subject) != nullptr) {
    const auto prefix = reading.strings.line(properties, pid::subject_prefix);
    into.subject = prefix + (prefix.empty() ? "" : " ") + reading.strings.line(properties, pid::normalized_subject);
  }
}

void read_thread_links(const ObjectReading& reading, Message& into) {
  const auto& properties = reading.object.properties;
  if (into.message_id.empty()) into.message_id = message_id_of(reading.strings.line(properties, pid::internet_message_id));
  into.in_reply_to = reading.strings.line(properties, pid::in_reply_to_id);
  into.references = reading.strings.line(properties, pid::internet_references);
  into.thread_topic = reading.strings.line(properties, pid::conversation_topic);
  if (const auto* index = properties.find(pid::conversation_index)) into.thread_index = index->value;
}

/// A contact or an appointment lacks a transport header by its nature.
bool is_mail(std::string_view message_class) {
  const auto lower = text::ascii_lower(message_class);
  return lower.empty() || lower.starts_with("ipm.note") || lower.starts_with("report.");
}

void note_what_is_missing(const ObjectReading& reading, const Message& message) {
  const bool draft = (number_in(reading.object.properties, pid::message_flags) & kUnsent) != 0;
  if (draft) reading.notes.add("draft", "");
  if (!draft && message.headers.empty() && is_mail(message.message_class)) reading.notes.add("no_transport_headers", "");
}

void read_envelope(const ObjectReading& reading, Message& into) {
  const auto& properties = reading.object.properties;
  into.message_class = reading.strings.line(properties, pid::message_class);
  read_header(reading, into);
  read_content_type(into);
  read_subject(reading, into);
  into.submit = time_in(properties, pid::client_submit_time);
  into.delivery = time_in(properties, pid::message_delivery_time);
  read_thread_links(reading, into);
  read_people(reading, into);
  read_appointment(reading, into);
  note_what_is_missing(reading, into);
}

std::vector<AttachedBytes> read_content(const ObjectReading& reading, Message& into) {
  for (const auto& note : reading.object.notes) reading.notes.add(note);
  read_bodies(reading, into);
  return read_attachments(reading, into);
}

}  // namespace

std::vector<AttachedBytes> read_mapi_object(const MapiObject& object, const Limits& limits, Message& into) {
  NoteList notes(into.notes, limits);
  const StringReader strings(object, notes);
  const ObjectReading reading{object, strings, limits, notes};
  read_envelope(reading, into);
  return read_content(reading, into);
}

std::vector<AttachedBytes> read_mapi_content(const MapiObject& object, const Limits& limits, Message& into) {
  NoteList notes(into.notes, limits);
  const StringReader strings(object, notes);
  const ObjectReading reading{object, strings, limits, notes};
  into.message_class = strings.line(object.properties, pid::message_class);
  return read_content(reading, into);
}

}  // namespace threadline::message
