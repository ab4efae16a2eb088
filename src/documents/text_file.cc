// SPDX-License-Identifier: Apache-2.0
#include "documents/text_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "documents/document_kind.h"
#include "documents/html_files.h"
#include "documents/rtf_files.h"
#include "documents/vcard.h"
#include "message/mailbox_part.h"
#include "message/read_message.h"
#include "message/rtf.h"
#include "message/special_part.h"
#include "message/tnef.h"
#include "text/charset.h"
#include "text/fold.h"

namespace threadline::documents {
namespace {

constexpr std::uint64_t kMostBytes = 4;  ///< of one character in UTF-8

std::string with_unix_lines(std::string text) {
  std::size_t to = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool is_crlf = text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
    if (!is_crlf) text[to++] = text[at] == '\r' ? '\n' : text[at];
  }
  text.resize(to);
  return text;
}

/// Behind zeros, which no program shows; they would use up what texts may have.
std::size_t begin_of_text(std::string_view bytes) {
  return text::unmarked_utf16(bytes).empty() ? std::min(bytes.find_first_not_of('\0'), bytes.size()) : 0;
}

void note_unread(std::string_view part, std::string code, std::string words, Reading& reading) {
  const auto own = std::ranges::find(reading.documents, part, &Document::part);
  if (own == reading.documents.end()) return;
  Note one{std::move(code), std::move(words), {.part = std::string(part)}};
  if (std::ranges::find(own->notes, one) == own->notes.end()) own->notes.push_back(std::move(one));
}

/// What stands inside of the last document. A picture without a reader is a bitmap or a metafile.
void read_files_of_rtf(const NamedBytes& file, Reading& reading) {
  std::uint32_t number = 0;
  ++reading.depth;
  read_rtf_files(file.bytes, [&](RtfFile kind, const std::string& bytes) {
    const bool is_deep = reading.depth > reading.limits.document_depth;
    if (is_deep) return note_unread(file.part, "limit", "document_depth: pictures and files inside are not read", reading);
    const std::string place = fmt::format("{} {}", kind == RtfFile::picture ? "picture" : "object", ++number);
    const std::string part = inside(file.part, place), name = inside(file.name, place);
    const bool has_reader = kind_of(bytes, {}) != DocumentKind::other && kind_of(bytes, {}) != DocumentKind::text;
    if (has_reader) return read_document({part, name, bytes}, reading);
    if (kind == RtfFile::object) note_unread(file.part, "format_not_supported", "an embedded object", reading);
  });
  --reading.depth;
}

}  // namespace

void read_files_of_html(const NamedBytes& file, std::string_view source, Reading& reading) {
  ++reading.depth;
  read_html_files(source, [&](std::string_view place, const std::string& bytes) {
    const bool is_deep = reading.depth > reading.limits.document_depth;
    if (is_deep) return note_unread(file.part, "limit", "document_depth: pictures and files inside are not read", reading);
    read_document({inside(file.part, place), inside(file.name, place), bytes}, reading);
  });
  --reading.depth;
}

void read_text_file(const NamedBytes& file, bool html, Reading& reading) {
  Document document = document_of(file, html ? "html" : "text");
  const auto begin = begin_of_text(file.bytes);
  if (begin > 0)
    document.notes.push_back(
        {"malformed_document", fmt::format("{} zeros stand before the text", begin), {.part = document.part}});
  const auto bytes = file.bytes.substr(begin, kMostBytes * (text_bytes_left(reading) + 1));
  std::string content =
      with_unix_lines(is_vcard(bytes) ? text::decode(decoded_vcard(bytes), "").text : text::decode(bytes, "").text);
  if (const auto special = message::special_text(content); special.note == "encrypted")
    document.notes.push_back({"encrypted", "an OpenPGP message", {.part = document.part}});
  const std::string source = html ? content : std::string();
  add_text({.html = html, .content = std::move(content)}, reading, document);
  reading.documents.push_back(std::move(document));
  read_files_of_html(file, source, reading);
}

void read_rtf_file(const NamedBytes& file, Reading& reading) {
  Document document = document_of(file, "rtf");
  message::RtfContent rtf = message::read_rtf(file.bytes, reading.limits);
  for (Note& note : rtf.notes) document.notes.push_back({note.code, std::move(note.text), {.part = document.part}});
  const bool html = rtf.form == message::RtfForm::from_html;
  add_text({.html = html, .content = std::move(rtf.content), .hidden = std::move(rtf.unseen)}, reading, document);
  add_text({.place = "header", .content = std::move(rtf.aside)}, reading, document);
  const std::uint64_t hidden = rtf.hidden.size();
  add_text({.place = "hidden", .content = std::move(rtf.hidden), .hidden = {{0, hidden, text::Hiding::display_none}}}, reading,
           document);
  reading.documents.push_back(std::move(document));
  read_files_of_rtf(file, reading);
}

namespace {

void add_message(const NamedBytes& file, message::Message& message, Reading& reading) {
  Document document = document_of(file, "message");
  document.properties.emplace_back("subject", message.subject);
  for (message::Text& text : message.texts) {
    add_text({.place = text.part, .html = text.html, .content = std::move(text.content)}, reading, document);
  }
  for (Note& note : message.notes) {
    note.span.part = note.span.part.empty() ? document.part : inside(file.part, note.span.part);
    document.notes.push_back(std::move(note));
  }
  const bool is_deep = reading.depth >= reading.limits.document_depth;
  if (is_deep && !(message.attachments.empty() && message.messages.empty()))
    document.notes.push_back({"limit", "document_depth: what is attached to it is not read", {.part = document.part}});
  const std::size_t own = reading.documents.size();
  reading.documents.push_back(std::move(document));
  if (is_deep) return;
  ++reading.depth;
  for (message::Attachment& attachment : message.attachments) {
    const std::string part = inside(file.part, attachment.part);
    const std::string name = inside(file.name, attachment.name);
    read_document({part, name, attachment.content}, reading);
  }
  for (message::Message& attached : message.messages) {
    if (reading.documents.size() >= reading.limits.documents) {
      reading.documents[own].notes.push_back(
          {"limit", "documents: further messages in it are not read", {.part = std::string(file.part)}});
      break;
    }
    const std::string part = inside(file.part, attached.part);
    const std::string name = inside(file.name, attached.subject);
    add_message({part, name, {}}, attached, reading);
  }
  --reading.depth;
}

/// Browsers save a page as a message from themselves: "From: <Saved by Blink>".
bool is_mail(std::string_view bytes) {
  constexpr std::size_t kHead = 4'096;
  const bool is_text = message::looks_like_message(bytes);
  if (!is_text) return message::is_outlook_message(bytes) || message::is_tnef(bytes);
  const std::string head = text::ascii_lower(bytes.substr(0, kHead));
  return head.find("from: <saved by ") == std::string::npos && head.find("from: \"saved by ") == std::string::npos;
}

}  // namespace

void read_mailbox_file(const NamedBytes& file, Reading& reading) {
  std::uint32_t number = 0;
  for (const std::string& bytes : message::messages_of_mailbox(file.bytes, reading.limits.nested_messages)) {
    const std::string place = fmt::format("{}", ++number);
    const std::string part = inside(file.part, place), name = inside(file.name, place);
    read_document({part, name, bytes}, reading);
  }
}

void read_mail_file(const NamedBytes& file, Reading& reading) {
  if (reading.messages != nullptr && message::may_be_mail_by_name(file.name) && is_mail(file.bytes)) {
    const bool is_beyond = reading.messages->size() > reading.limits.nested_messages;  // the last one says so
    if (!is_beyond) reading.messages->push_back({std::string(file.part), std::string(file.bytes)});
    return;
  }
  message::Message message = message::read_message(file.bytes, reading.limits);
  add_message(file, message, reading);
}

}  // namespace threadline::documents
