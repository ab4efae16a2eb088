// SPDX-License-Identifier: Apache-2.0
#include "documents/read_documents.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "documents/document_kind.h"
#include "documents/electronic_invoice.h"
#include "documents/pdf.h"
#include "documents/reading.h"
#include "documents/text_file.h"
#include "message/special_part.h"

namespace threadline::documents {
namespace {

/// A mail by its bytes, whatever its name; else what `kind_of` says.
DocumentKind kind_of_file(const NamedBytes& file) {
  if (message::is_outlook_message(file.bytes)) return DocumentKind::message;
  const auto kind = kind_of(file.bytes, file.name);
  return kind == DocumentKind::text && message::looks_like_message(file.bytes) ? DocumentKind::message : kind;
}

void leave_out(const NamedBytes& file, std::string why, Reading& reading) {
  Document document = document_of(file, {});
  document.notes.push_back({"limit", std::move(why), {.part = document.part}});
  reading.documents.push_back(std::move(document));
}

/// Parts whose bytes the message has read itself: its texts, its attached messages (an S/MIME or TNEF part has parts inside).
bool is_read(const message::Message& message, const std::string& part) {
  const auto is_this = [&part](const auto& one) { return one.part == part; };
  return std::ranges::any_of(message.texts, is_this) || std::ranges::any_of(message.messages, is_this) ||
         std::ranges::any_of(message.calendars, is_this);
}

}  // namespace

std::string_view name_of(Medium medium) {
  constexpr std::array<std::string_view, 5> kNames{"text", "xml", "qr", "picture", "earlier revision"};
  return kNames[static_cast<std::size_t>(medium)];
}

void read_document(const NamedBytes& file, Reading& reading) {
  const auto& limits = reading.limits;
  if (reading.documents.size() > limits.documents) return;
  if (reading.documents.size() == limits.documents)
    return leave_out(file, "documents: further attachments are not read", reading);
  if (file.bytes.size() > limits.document_bytes) return leave_out(file, "document_bytes: not read", reading);
  switch (kind_of_file(file)) {
    case DocumentKind::text: return read_text_file(file, false, reading);
    case DocumentKind::html: return read_text_file(file, true, reading);
    case DocumentKind::xml: return read_electronic_invoice(file, reading) ? void() : read_text_file(file, false, reading);
    case DocumentKind::pdf: return read_pdf(file, reading);
    case DocumentKind::message: return read_mail_file(file, reading);
    default: return;
  }
}

Document document_of(const NamedBytes& file, std::string kind) {
  return {.part = std::string(file.part), .name = std::string(file.name), .kind = std::move(kind)};
}

void add_text(DocumentText text, Reading& reading, Document& into) {
  const auto left = reading.limits.document_text_bytes - std::min(reading.limits.document_text_bytes, reading.text_bytes);
  if (text.content.size() > left) {
    auto end = static_cast<std::size_t>(left);
    while (end > 0 && (static_cast<unsigned char>(text.content[end]) & 0xC0U) == 0x80U) --end;
    text.content.resize(end);
    Note note{"limit", "document_text_bytes: the rest of the text is left out", {.part = into.part}};
    if (std::ranges::find(into.notes, note) == into.notes.end()) into.notes.push_back(std::move(note));
  }
  reading.text_bytes += text.content.size();
  if (!text.content.empty()) into.texts.push_back(std::move(text));
}

std::vector<Document> read_documents(message::Message& message, const Settings& settings) {
  std::vector<Document> documents;
  Reading reading{.limits = settings.limits, .ocr = settings.ocr, .programs = settings.programs, .documents = documents};
  for (message::Attachment& attachment : message.attachments) {
    const std::string bytes = std::exchange(attachment.content, {});
    if (!bytes.empty() && !is_read(message, attachment.part)) read_document({attachment.part, attachment.name, bytes}, reading);
  }
  return documents;
}

}  // namespace threadline::documents
