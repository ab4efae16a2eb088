// SPDX-License-Identifier: Apache-2.0
#include "message/mapi_attachments.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/sha256.h"
#include "base/signed_content.h"
#include "message/calendar.h"
#include "message/inner_part.h"
#include "message/mailbox_part.h"
#include "message/mapi_ids.h"
#include "message/special_part.h"
#include "message/text_part.h"
#include "message/tnef.h"
#include "text/fold.h"

namespace threadline::message {
namespace {

/// PidTagAttachMethod. Source: MS-OXCMSG section 2.2.2.9.
constexpr bool is_by_reference(std::uint64_t method) { return method == 2 || method == 3 || method == 4 || method == 7; }

constexpr auto kUnknownType = "application/octet-stream";

/// One attachment while it is read.
struct Piece {
  Attachment shown;
  std::string_view content;
  std::uint64_t method = 0;
};

class AttachmentWalk {
 public:
  AttachmentWalk(const ObjectReading& reading, Message& into) : reading_(reading), into_(into) {}

  std::vector<AttachedBytes> read() {
    for (const auto& attachment : reading_.object.attachments) read_one(attachment);
    return std::move(attached_);
  }

 private:
  std::string line(const MapiProperties& properties, std::uint16_t id) const { return reading_.strings.line(properties, id); }

  std::string first_line(const MapiProperties& properties, std::initializer_list<std::uint16_t> ids) const {
    for (const auto id : ids) {
      if (auto text = line(properties, id); !text.empty()) return text;
    }
    return {};
  }

  std::string name_of(const MapiAttachment& attachment) const {
    auto name = first_line(attachment.properties, {pid::attach_long_filename, pid::attach_filename, pid::display_name});
    if (!name.empty()) return name;
    if (attachment.embedded) return line(attachment.embedded->properties, pid::subject);
    return line(attachment.properties, pid::attach_transport_name);
  }

  /// The declared media type without parameters, lower case.
  std::string type_of(const MapiAttachment& attachment) const {
    auto type = text::ascii_lower(line(attachment.properties, pid::attach_mime_tag));
    type = text::trimmed(std::string_view(type).substr(0, type.find(';')));
    if (!type.empty()) return type;
    return attachment.embedded ? "message/rfc822" : kUnknownType;
  }

  void read_one(const MapiAttachment& attachment) {
    const auto& properties = attachment.properties;
    Piece piece{.shown = {.name = name_of(attachment),
                          .type = type_of(attachment),
                          .size = 0,
                          .sha256 = {},
                          .part = fmt::format("{}", ++number_),
                          .note = {}},
                .content = {},
                .method = number_in(properties, pid::attach_method)};
    if (const auto* content = properties.find(pid::attach_data)) piece.content = content->value;
    piece.shown.size = attachment.embedded ? attachment.embedded->size : piece.content.size();
    piece.shown.sha256 = attachment.embedded ? attachment.embedded->sha256 : sha256_hex(piece.content);
    if (number_in(properties, pid::attachment_hidden) != 0) piece.shown.note = "hidden";
    into_.parts.push_back({piece.shown.part, piece.shown.type, {}, piece.shown.size});
    if (is_lost(attachment)) reading_.notes.add("damaged_content", "an attachment of which nothing is left", piece.shown.part);
    if (attachment.embedded) {
      attached_.push_back(
          {.part = piece.shown.part, .bytes = {}, .as = Attached::message, .embedded = attachment.embedded.get()});
    } else if (is_by_reference(piece.method)) {
      note_reference(properties, piece.shown);
    } else {
      read_content(piece);
    }
    into_.attachments.push_back(std::move(piece.shown));
  }

  /// Nothing says what it was. A file of no bytes has its other properties.
  static bool is_lost(const MapiAttachment& attachment) { return !attachment.embedded && attachment.properties.list.empty(); }

  void note_reference(const MapiProperties& properties, Attachment& shown) {
    if (shown.note.empty()) shown.note = "reference";
    const auto path = first_line(properties, {pid::attach_long_pathname, pid::attach_pathname});
    reading_.notes.add("attachment_by_reference", path, shown.part);
  }

  void read_content(Piece& piece) {
    if (is_signed_entity(piece)) return read_entity_of(piece, piece.content);
    if (is_cms_part(piece.shown.type, piece.shown.name)) return read_cms_content(piece);
    mark(special_part(piece.shown.type, "", piece.shown.name), piece.shown);
    if (piece.shown.type == "text/calendar" || looks_like_calendar(piece.content)) {
      add_calendar(piece.content, {}, piece.shown.part, reading_.limits, into_);
    } else if (is_message(piece)) {
      attached_.push_back({.part = piece.shown.part, .bytes = std::string(piece.content)});
    } else if (const auto kind = text_kind(piece.shown); (kind == PartKind::plain || kind == PartKind::html) &&
                                                         !(may_be_mail_by_name(piece.shown.name) && is_mailbox(piece.content))) {
      add_attached_text(piece, kind == PartKind::html);
    } else {
      piece.shown.content = piece.content;
    }
  }

  void mark(const Special& special, Attachment& shown) {
    if (!special.word.empty()) shown.note = special.word;
    if (!special.note.empty()) reading_.notes.add(special.note, shown.type, shown.part);
  }

  /// Clear-signed mail is one attachment with the whole MIME entity. Source: MS-OXOSMIME section 2.1.3.
  static bool is_signed_entity(const Piece& piece) {
    return piece.shown.type == "multipart/signed" && looks_like_entity(piece.content);
  }

  void read_entity_of(Piece& piece, std::string_view entity) {
    mark({"signed", "signed"}, piece.shown);
    Message inner;
    auto inner_attached = read_entity(entity, reading_.limits, inner);
    merge_inner(std::move(inner), std::move(inner_attached), piece.shown.part, into_, attached_);
  }

  void read_cms_content(Piece& piece) {
    const auto object = read_cms(piece.content);
    const auto declared = special_part(piece.shown.type, "", piece.shown.name);
    if (object.content && looks_like_entity(*object.content)) return read_entity_of(piece, *object.content);
    mark(special_cms(object, declared), piece.shown);
  }

  static bool is_message(const Piece& piece) {
    if (is_tnef(piece.content) || is_outlook_message(piece.content)) return true;
    if (part_kind(piece.shown.type) == PartKind::message) return !piece.content.empty();
    return is_message_file(piece.shown.type, piece.shown.name, piece.content);
  }

  /// By the declared type; where there is none, by the name's ending.
  static PartKind text_kind(const Attachment& shown) {
    if (shown.type != kUnknownType) return part_kind(shown.type);
    const auto name = text::ascii_lower(shown.name);
    if (name.ends_with(".htm") || name.ends_with(".html")) return PartKind::html;
    return name.ends_with(".txt") ? PartKind::plain : PartKind::attachment;
  }

  void add_attached_text(const Piece& piece, bool html) {
    const auto charset = html ? html_meta_charset(piece.content) : std::string();
    auto decoded = decode_text(piece.content, charset, piece.shown.part, reading_.limits, reading_.notes);
    add_text({.part = piece.shown.part,
              .html = html,
              .attached = true,
              .charset = std::move(decoded.charset),
              .content = std::move(decoded.text)},
             reading_.limits, reading_.notes, into_);
  }

  const ObjectReading& reading_;
  Message& into_;
  std::vector<AttachedBytes> attached_;
  std::uint32_t number_ = 0;
};

}  // namespace

std::vector<AttachedBytes> read_attachments(const ObjectReading& reading, Message& into) {
  return AttachmentWalk(reading, into).read();
}

}  // namespace threadline::message
