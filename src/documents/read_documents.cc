// SPDX-License-Identifier: Apache-2.0
#include "documents/read_documents.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <string>
#include <utility>

#include "documents/compound.h"
#include "documents/document_kind.h"
#include "documents/electronic_invoice.h"
#include "documents/flat_office.h"
#include "documents/kept_documents.h"
#include "documents/office.h"
#include "documents/openpgp.h"
#include "documents/pdf.h"
#include "documents/picture.h"
#include "documents/reading.h"
#include "documents/text_file.h"
#include "documents/unpacking.h"
#include "message/mailbox_part.h"
#include "message/special_part.h"
#include "message/tnef.h"
#include "text/fold.h"

namespace threadline::documents {
namespace {

/// A mail or a saved page (MHTML, what Word calls a single file web page) by its bytes, whatever its name; else what `kind_of`
/// says.
DocumentKind kind_of_file(const NamedBytes& file) {
  if (message::is_outlook_message(file.bytes) || message::is_tnef(file.bytes)) return DocumentKind::message;
  const auto kind = kind_of(file.bytes, file.name);
  constexpr std::string_view kMime = "mime-version:";
  const bool is_saved_page = text::ascii_lower(file.bytes.substr(0, kMime.size())) == kMime;
  const bool may_be_mail = kind == DocumentKind::text && message::may_be_mail_by_name(file.name);
  if (may_be_mail && message::is_mailbox(file.bytes)) return DocumentKind::mailbox;
  const bool is_mail = kind == DocumentKind::text && (is_saved_page || message::looks_like_message(file.bytes));
  return is_mail ? DocumentKind::message : kind;
}

void leave_out(const NamedBytes& file, std::string why, Reading& reading) {
  Document document = document_of(file, {});
  document.notes.push_back({"limit", std::move(why), {.part = document.part}});
  reading.documents.push_back(std::move(document));
}

struct UnreadFormat {
  std::string_view begin;  ///< of the file, or of its name's end
  std::string_view kind, words;
  std::string_view code = "format_not_supported";
};
/// Files that may well hold text, and have no reader. By their beginning: RAR 1.5 and 5, MS-ONESTORE, PostScript,
/// WordPerfect, Write, MS-CAB, ARJ, LZ4, lzip, compress; by their name: what begins in many ways, or not as its name says.
constexpr std::array kUnreadBeginnings{UnreadFormat{"Rar!\x1A\x07", "rar", "a RAR archive"},
                                       UnreadFormat{"\xE4\x52\x5C\x7B\x8C\xD8\xA7\x4D", "one", "a OneNote section"},
                                       UnreadFormat{"%!PS", "ps", "a PostScript document"},
                                       UnreadFormat{"\xC5\xD0\xD3\xC6", "eps", "a PostScript document"},
                                       UnreadFormat{"\xFFWPC", "wpd", "a WordPerfect document"},
                                       UnreadFormat{"\x31\xBE", "wri", "a Write document"},
                                       UnreadFormat{"MSCF", "cab", "a cabinet archive"},
                                       UnreadFormat{"\x60\xEA", "arj", "an ARJ archive"},
                                       UnreadFormat{"\x04\x22\x4D\x18", "lz4", "an LZ4 file"},
                                       UnreadFormat{"LZIP", "lzip", "an lzip file"},
                                       UnreadFormat{"\x1F\x9D", "compress", "a file of compress"}};
constexpr std::array kUnreadNames{UnreadFormat{".heic", "picture", "a HEIF picture"},
                                  UnreadFormat{".heif", "picture", "a HEIF picture"},
                                  UnreadFormat{".avif", "picture", "an AVIF picture"},
                                  UnreadFormat{".emf", "picture", "a metafile", "picture_not_read"},
                                  UnreadFormat{".wmf", "picture", "a metafile", "picture_not_read"},
                                  UnreadFormat{".iso", "iso", "a disc image"},
                                  UnreadFormat{".img", "iso", "a disc image"},
                                  UnreadFormat{".ace", "ace", "an ACE archive"},
                                  UnreadFormat{".lzh", "lzh", "an LZH archive"},
                                  UnreadFormat{".pages", "pages", "a Pages document"},
                                  UnreadFormat{".numbers", "numbers", "a Numbers sheet"},
                                  UnreadFormat{".jpg", "picture", "named as a picture, but not one"},
                                  UnreadFormat{".jpeg", "picture", "named as a picture, but not one"},
                                  UnreadFormat{".png", "picture", "named as a picture, but not one"},
                                  UnreadFormat{".gif", "picture", "named as a picture, but not one"},
                                  UnreadFormat{".tif", "picture", "named as a picture, but not one"},
                                  UnreadFormat{".tiff", "picture", "named as a picture, but not one"},
                                  UnreadFormat{".bmp", "picture", "named as a picture, but not one"},
                                  UnreadFormat{".webp", "picture", "named as a picture, but not one"},
                                  UnreadFormat{".pdf", "pdf", "named as a PDF, but not one"},
                                  UnreadFormat{".docx", "docx", "named as an office document, but not one"},
                                  UnreadFormat{".xlsx", "xlsx", "named as an office document, but not one"},
                                  UnreadFormat{".odt", "odt", "named as an office document, but not one"},
                                  UnreadFormat{".ods", "ods", "named as an office document, but not one"},
                                  UnreadFormat{".doc", "doc", "named as a Word document, but not one"},
                                  UnreadFormat{".xls", "xls", "named as an Excel workbook, but not one"},
                                  UnreadFormat{".zip", "archive", "named as an archive, but not one"}};

void read_xml_file(const NamedBytes& file, Reading& reading) {
  if (!read_electronic_invoice(file, reading) && !read_flat_office(file, reading)) read_text_file(file, false, reading);
}

/// What a file is, where its name says that it is that and nothing else: programs save web pages as .doc and .xls, but no text
/// as .pdf.
struct NamedKind {
  std::string_view end;
  DocumentKind kind;
  std::string_view words;
};
constexpr std::array kNamedKinds{NamedKind{".pdf", DocumentKind::pdf, "named as a PDF, but not one"},
                                 NamedKind{".jpg", DocumentKind::picture, "named as a picture, but not one"},
                                 NamedKind{".jpeg", DocumentKind::picture, "named as a picture, but not one"},
                                 NamedKind{".png", DocumentKind::picture, "named as a picture, but not one"},
                                 NamedKind{".gif", DocumentKind::picture, "named as a picture, but not one"},
                                 NamedKind{".tif", DocumentKind::picture, "named as a picture, but not one"},
                                 NamedKind{".tiff", DocumentKind::picture, "named as a picture, but not one"},
                                 NamedKind{".bmp", DocumentKind::picture, "named as a picture, but not one"},
                                 NamedKind{".webp", DocumentKind::picture, "named as a picture, but not one"},
                                 NamedKind{".docx", DocumentKind::zip, "named as an office document, but not one"},
                                 NamedKind{".xlsx", DocumentKind::zip, "named as an office document, but not one"},
                                 NamedKind{".odt", DocumentKind::zip, "named as an office document, but not one"},
                                 NamedKind{".ods", DocumentKind::zip, "named as an office document, but not one"},
                                 NamedKind{".zip", DocumentKind::zip, "named as an archive, but not one"}};

const NamedKind* named_kind(std::string_view name) {
  const std::string lower = text::ascii_lower(name);
  const auto* found = std::ranges::find_if(kNamedKinds, [&](const NamedKind& one) { return lower.ends_with(one.end); });
  return found == kNamedKinds.end() ? nullptr : found;
}

/// A file that was read as what it is, and says that it is something else. An encrypted office document is a compound file.
bool contradicts_name(const NamedKind& named, DocumentKind kind) {
  const bool is_office = named.kind == DocumentKind::zip;
  return kind != named.kind && kind != DocumentKind::other &&
         !(is_office && (kind == DocumentKind::compound || kind == DocumentKind::archive));
}

/// A file of a document's name without a byte in it.
void read_empty(const NamedBytes& file, Reading& reading) {
  const NamedKind* named = named_kind(file.name);
  if (named == nullptr) return;
  Document document = document_of(file, {});
  document.notes.push_back({"malformed_document", "an empty file", {.part = document.part}});
  reading.documents.push_back(std::move(document));
}

/// Bytes that no reader is for: a note where they may hold text all the same, else nothing.
void read_other(const NamedBytes& file, Reading& reading) {
  if (file.bytes.empty()) return read_empty(file, reading);
  const std::string name = text::ascii_lower(file.name);
  const auto* found =
      std::ranges::find_if(kUnreadBeginnings, [&](const UnreadFormat& one) { return file.bytes.starts_with(one.begin); });
  const bool has_begin = found != kUnreadBeginnings.end();
  const auto* named = std::ranges::find_if(kUnreadNames, [&](const UnreadFormat& one) { return name.ends_with(one.begin); });
  if (auto note = has_begin ? std::nullopt : openpgp_note(file.bytes, file.name)) {
    Document document = document_of(file, "pgp");
    note->span.part = document.part;
    document.notes.push_back(std::move(*note));
    reading.documents.push_back(std::move(document));
    return;
  }
  if (!has_begin && named == kUnreadNames.end()) return;
  const UnreadFormat& format = has_begin ? *found : *named;
  Document document = document_of(file, std::string(format.kind));
  document.notes.push_back({std::string(format.code), std::string(format.words), {.part = document.part}});
  reading.documents.push_back(std::move(document));
}

void read_as(DocumentKind kind, const NamedBytes& file, Reading& reading) {
  switch (kind) {
    case DocumentKind::text: return read_text_file(file, false, reading);
    case DocumentKind::html: return read_text_file(file, true, reading);
    case DocumentKind::xml: return read_xml_file(file, reading);
    case DocumentKind::pdf: return read_pdf(file, reading);
    case DocumentKind::message: return read_mail_file(file, reading);
    case DocumentKind::mailbox: return read_mailbox_file(file, reading);
    case DocumentKind::zip: return read_zip(file, reading);
    case DocumentKind::archive: return read_attached_archive(file, reading);
    case DocumentKind::picture: return read_picture(file, reading);
    case DocumentKind::rtf: return read_rtf_file(file, reading);
    case DocumentKind::compound: return read_compound(file, reading);
    case DocumentKind::other: return read_other(file, reading);
  }
}

/// Parts whose bytes the message has read itself: its texts, its attached messages (an S/MIME or TNEF part has parts inside).
bool is_read(const message::Message& message, const std::string& part) {
  const auto is_this = [&part](const auto& one) { return one.part == part; };
  return std::ranges::any_of(message.texts, is_this) || std::ranges::any_of(message.messages, is_this) ||
         std::ranges::any_of(message.calendars, is_this);
}

/// What stands inside of an attached page that the message has as a text.
void read_inside(const message::Message& message, const message::Attachment& attachment, Reading& reading) {
  const auto is_page = [&](const message::Text& text) { return text.part == attachment.part && text.html && text.attached; };
  const auto page = std::ranges::find_if(message.texts, is_page);
  if (page != message.texts.end()) read_files_of_html({attachment.part, attachment.name, {}}, page->content, reading);
}

/// What has a type of text or message is read as such by `message`, or quotes a header (text/rfc822-headers), a mailbox apart.
bool may_hold_mails(std::string_view type, std::string_view bytes) {
  return !(type.starts_with("text/") || type.starts_with("message/")) || message::is_mailbox(bytes);
}

bool is_read_by_programs(DocumentKind kind) { return kind == DocumentKind::picture || kind == DocumentKind::pdf; }

/// What a program told of an attachment of an earlier message with the same bytes; false where it is to be read.
bool add_kept(const Document& kept, const NamedBytes& file, Reading& reading) {
  const bool is_picture = kept.kind == "picture";
  std::uint64_t text_bytes = 0;
  for (const DocumentText& text : kept.texts) text_bytes += text.content.size();
  if (text_bytes > text_bytes_left(reading) || (is_picture && reading.pictures >= reading.limits.pictures)) return false;
  if (reading.documents.size() >= reading.limits.documents) return false;
  Document document = kept;
  document.part = file.part;
  for (Note& note : document.notes) note.span.part = file.part;
  reading.text_bytes += text_bytes;
  if (is_picture) ++reading.pictures;
  reading.documents.push_back(std::move(document));
  return true;
}

/// Programs take a hundred times longer than all else: what they told is kept where it is the one document of the attachment.
void read_attachment(const message::Attachment& attachment, const NamedBytes& file, DocumentKind kind, Reading& reading) {
  KeptDocuments* kept = reading.programs == nullptr ? nullptr : reading.programs->kept();
  if (kept == nullptr || !is_read_by_programs(kind) || attachment.size != file.bytes.size()) return read_document(file, reading);
  const std::string content = attachment.sha256 + (reading.ocr ? " with ocr" : "");
  const Document* known = kept->find(content, file.name);
  if (known != nullptr && add_kept(*known, file, reading)) return;
  const std::size_t own = reading.documents.size();
  kept->start();
  read_document(file, reading);
  if (reading.documents.size() == own + 1) kept->keep(content, file.name, reading.documents.back());
}

void take_on(const Spent& spent, Reading& reading) {
  reading.text_bytes = spent.text_bytes;
  reading.xml_bytes = spent.xml_bytes;
  reading.unpacked_bytes = spent.unpacked_bytes;
  reading.pictures = spent.pictures;
}

/// When an attachment is read: what is attached itself first, then what others are packed in, pictures last (a letter has many).
struct Turn {
  std::size_t place = 0;  ///< among the attachments
  DocumentKind kind = DocumentKind::other;
  std::uint32_t rank = 0;
};

std::uint32_t rank_of(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::zip:
    case DocumentKind::archive:
    case DocumentKind::message:
    case DocumentKind::compound: return 1;
    case DocumentKind::picture: return 2;
    default: return 0;
  }
}

std::vector<Turn> turns_of(const message::Message& message) {
  std::vector<Turn> turns;
  for (std::size_t place = 0; place < message.attachments.size(); ++place) {
    const auto kind = kind_of(message.attachments[place].content, message.attachments[place].name);
    turns.push_back({place, kind, rank_of(kind)});
  }
  std::ranges::stable_sort(turns, {}, &Turn::rank);
  return turns;
}

/// Of programs_ms, what the attachments behind that turn are left with: enough for an ordinary PDF each, where they are not too
/// many for that; a slow one takes all the rest.
std::uint64_t kept_back_ms(const std::vector<Turn>& turns, std::size_t now, const Limits& limits) {
  constexpr std::uint64_t kOrdinaryMs = 300;
  const auto behind =
      static_cast<std::uint64_t>(std::count_if(turns.begin() + static_cast<std::ptrdiff_t>(now) + 1, turns.end(),
                                               [](const Turn& turn) { return turn.rank > 0 || turn.kind == DocumentKind::pdf; }));
  return behind * std::min<std::uint64_t>(kOrdinaryMs, limits.programs_ms / (behind + 1));
}

/// What is packed together with others leaves something to those behind it, whose number nobody knows before.
void share_time(Programs& programs, const std::vector<Turn>& turns, std::size_t now, const Limits& limits) {
  constexpr std::uint32_t kPacked = 4, kSingle = 1;
  programs.keep_back(kept_back_ms(turns, now, limits));
  programs.take_part(turns[now].rank == 1 ? kPacked : kSingle);
}

std::vector<Document> in_order_of(const std::vector<std::size_t>& places, std::vector<Document>& documents) {
  std::vector<std::size_t> order(documents.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&places](std::size_t i) { return places[i]; });
  std::vector<Document> sorted;
  for (const std::size_t i : order) sorted.push_back(std::move(documents[i]));
  return sorted;
}

}  // namespace

std::string_view name_of(Medium medium) {
  constexpr std::array<std::string_view, 5> kNames{"text", "xml", "qr", "picture", "earlier revision"};
  return kNames[static_cast<std::size_t>(medium)];
}

void read_document(const NamedBytes& file, Reading& reading) {
  const auto& limits = reading.limits;
  const std::size_t most = reading.most_documents.value_or(limits.documents);
  if (reading.documents.size() > most) return;
  if (reading.documents.size() == most) return leave_out(file, "documents: further ones are not read", reading);
  if (file.bytes.size() > limits.document_bytes) return leave_out(file, "document_bytes: not read", reading);
  const auto kind = kind_of_file(file);
  const std::size_t own = reading.documents.size();
  read_as(kind, file, reading);
  const NamedKind* named = named_kind(file.name);
  if (named == nullptr || !contradicts_name(*named, kind) || reading.documents.size() <= own) return;
  Document& document = reading.documents[own];
  document.notes.push_back({"malformed_document", std::string(named->words), {.part = document.part}});
}

std::uint64_t text_bytes_left(const Reading& reading) {
  const auto most = reading.limits.document_text_bytes;
  return (most - std::min(most, reading.text_bytes) + 1) / 2;
}

std::string inside(std::string_view outer, std::string_view name) { return std::string(outer).append("!").append(name); }

Document document_of(const NamedBytes& file, std::string kind) {
  return {.part = std::string(file.part), .name = std::string(file.name), .kind = std::move(kind)};
}

void add_text(DocumentText text, Reading& reading, Document& into) {
  const auto left = text_bytes_left(reading);
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
  reading.passwords = settings.passwords;
  if (settings.spent != nullptr) take_on(*settings.spent, reading);
  std::vector<std::size_t> places;  ///< of each document's attachment
  const std::vector<Turn> turns = turns_of(message);
  for (std::size_t i = 0; i < turns.size(); ++i) {
    message::Attachment& attachment = message.attachments[turns[i].place];
    const std::string bytes = std::exchange(attachment.content, {});
    const bool is_here = !bytes.empty() || (attachment.size == 0 && attachment.note.empty());
    const bool is_text = is_read(message, attachment.part);
    if (!is_here && !is_text) continue;
    if (reading.programs != nullptr) share_time(*reading.programs, turns, i, settings.limits);
    reading.messages = may_hold_mails(attachment.type, bytes) ? settings.messages : nullptr;
    if (is_text) {
      read_inside(message, attachment, reading);
    } else {
      read_attachment(attachment, {attachment.part, attachment.name, bytes}, turns[i].kind, reading);
    }
    places.resize(documents.size(), turns[i].place);
  }
  if (reading.programs != nullptr) {
    reading.programs->keep_back(0);
    reading.programs->take_part(1);
  }
  if (settings.spent != nullptr)
    *settings.spent = {reading.text_bytes, reading.xml_bytes, reading.unpacked_bytes, reading.pictures};
  return in_order_of(places, documents);
}

}  // namespace threadline::documents
