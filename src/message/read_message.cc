// SPDX-License-Identifier: Apache-2.0
#include "message/read_message.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/sha256.h"
#include "message/entity.h"
#include "message/header_block.h"
#include "message/header_fields.h"
#include "message/header_value.h"
#include "message/inner_part.h"
#include "message/journal_report.h"
#include "message/mapi_message.h"
#include "message/msg.h"
#include "message/tnef.h"
#include "text/charset.h"
#include "text/fold.h"

namespace threadline::message {
namespace {

/// What is shared by a message and all that are attached to it.
struct Nesting {
  const Limits& limits;
  Limits attached;              ///< of one more message that is attached
  std::string sha256;           ///< of the outermost bytes, where it is known
  std::uint32_t messages = 0;   ///< attached ones read so far, all depths
  std::uint64_t addresses = 0;  ///< of these

  [[nodiscard]] const Limits& limits_at(std::uint32_t depth) const { return depth == 0 ? limits : attached; }
  /// An attached message has taken its share.
  void count(Message& message) {
    if (attached.addresses < limits.addresses) rename_limit(message.notes, "addresses", "nested_addresses");
    for (const auto* list : {&message.from, &message.reply_to, &message.to, &message.cc, &message.bcc}) addresses += list->size();
    attached.addresses = share_of(limits.addresses, limits.nested_addresses, addresses);
  }
};

Message read(std::string_view bytes, std::uint32_t depth, Nesting& nesting);

/// The bytes in the form that the readers take: UTF-16 as UTF-8, lone CR line ends as LF. Empty: they are so already.
std::string readable_form(std::string_view bytes, std::vector<Note>& notes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    notes.push_back({"charset_guessed", "utf-16: offsets are those of its UTF-8 form", {"header", 0, 2}});
    return text::decode(bytes, "utf-16").text;
  }
  std::string form;
  if (bytes.find('\n') == std::string_view::npos && bytes.find('\r') != std::string_view::npos) {
    form.assign(bytes);
    std::ranges::replace(form, '\r', '\n');
  }
  return form;
}

/// The MIME entity of the message: the first of each Content field, and the body.
std::string entity_of(std::string_view bytes, const HeaderBlock& block) {
  std::string entity;
  const auto body = bytes.substr(block.length);
  entity.reserve(body.size() + 512);
  std::vector<std::string> seen;
  for (const auto& field : block.fields) {
    if (field.name.size() < 8 || !text::equal_ascii_nocase(field.name.substr(0, 8), "content-")) continue;
    auto name = text::ascii_lower(field.name);
    if (std::ranges::find(seen, name) != seen.end() || seen.size() >= 16) continue;
    entity += fmt::format("{}: {}\n", name, unfolded(field.raw, ""));
    seen.push_back(std::move(name));
  }
  entity += '\n';
  entity += body;
  return entity;
}

void read_attached(std::vector<AttachedBytes> attached, std::uint32_t depth, Nesting& nesting, Message& into);

Message read_object(const MapiObject& object, std::string_view format, std::uint32_t depth, Nesting& nesting) {
  Message message;
  message.format = format;
  message.size = object.size;
  message.sha256 = object.sha256;
  auto attached = read_mapi_object(object, nesting.limits_at(depth), message);
  if (depth > 0) nesting.count(message);
  read_attached(std::move(attached), depth, nesting, message);
  read_journal_report(nesting.limits, message);
  return message;
}

/// A TNEF stream in a mail is that mail's body and attachments.
void merge_tnef(const AttachedBytes& part, std::uint32_t depth, Nesting& nesting, Message& into) {
  const auto object = read_tnef(part.bytes, nesting.limits);
  Message inner;
  std::vector<AttachedBytes> attached;
  auto inner_attached = read_mapi_content(object, nesting.limits, inner);
  if (into.message_class.empty()) into.message_class = inner.message_class;
  merge_inner(std::move(inner), std::move(inner_attached), part.part, into, attached);
  read_attached(std::move(attached), depth + 1, nesting, into);
}

Message read_one(const AttachedBytes& part, std::uint32_t depth, Nesting& nesting, const Message& carrier) {
  if (part.embedded == nullptr) return read(part.bytes, depth, nesting);
  return read_object(*part.embedded, carrier.format == "eml" ? "tnef" : carrier.format, depth, nesting);
}

void read_attached(std::vector<AttachedBytes> attached, std::uint32_t depth, Nesting& nesting, Message& into) {
  for (auto& part : attached) {
    if (depth >= nesting.limits.nested_depth) {
      into.notes.push_back({"limit", "nested_depth: the attached message is not read", {part.part, 0, 0}});
      return;
    }
    if (nesting.messages >= nesting.limits.nested_messages) {
      into.notes.push_back({"limit", "nested_messages: further attached messages are not read", {part.part, 0, 0}});
      return;
    }
    ++nesting.messages;
    if (part.as == Attached::content) {
      merge_tnef(part, depth, nesting, into);
    } else {
      auto message = read_one(part, depth + 1, nesting, into);
      message.part = part.part;
      into.messages.push_back(std::move(message));
    }
    part.bytes = {};
  }
}

/// Where somebody signed it, facts hash it.
void keep_signed_body(std::string_view body, const Limits& limits, Message& message) {
  if (message.field("DKIM-Signature") == nullptr) return;
  if (body.size() > limits.dkim_body_bytes) {
    message.notes.push_back({"limit", "dkim_body_bytes: the body is not hashed", {"header", message.header_length, 0}});
  } else {
    message.signed_body = body;
  }
}

std::string sha256_of(std::string_view bytes, std::uint32_t depth, const Nesting& nesting) {
  return depth == 0 && !nesting.sha256.empty() ? nesting.sha256 : sha256_hex(bytes);
}

Message read_mail(std::string_view bytes, std::uint32_t depth, Nesting& nesting) {
  Message message;
  message.size = bytes.size();
  message.sha256 = sha256_of(bytes, depth, nesting);
  const auto form = readable_form(bytes, message.notes);
  if (!form.empty()) bytes = form;
  auto block = read_header_block(bytes, nesting.limits);
  message.header_length = block.length;
  std::ranges::move(block.notes, std::back_inserter(message.notes));
  auto attached = read_entity(entity_of(bytes, block), nesting.limits, message);
  const std::string charset = message.texts.empty() ? std::string() : message.texts.front().charset;
  read_header_fields(block, charset, nesting.limits_at(depth), message);
  if (depth > 0) nesting.count(message);
  keep_signed_body(bytes.substr(block.length), nesting.limits, message);
  read_attached(std::move(attached), depth, nesting, message);
  read_journal_report(nesting.limits, message);
  return message;
}

/// An object of a store that has bytes of its own.
Message read_store_file(MapiObject object, std::string_view format, std::string_view bytes, std::uint32_t depth,
                        Nesting& nesting) {
  object.size = bytes.size();
  object.sha256 = sha256_of(bytes, depth, nesting);
  return read_object(object, format, depth, nesting);
}

Message read(std::string_view bytes, std::uint32_t depth, Nesting& nesting) {
  if (is_compound_file(bytes)) return read_store_file(read_msg(bytes, nesting.limits), "msg", bytes, depth, nesting);
  if (is_tnef(bytes)) return read_store_file(read_tnef(bytes, nesting.limits), "tnef", bytes, depth, nesting);
  return read_mail(bytes, depth, nesting);
}

}  // namespace

Message read_message(std::string_view bytes, const Limits& limits, std::string sha256) {
  Nesting nesting{.limits = limits, .attached = limits, .sha256 = std::move(sha256)};
  nesting.attached.addresses = share_of(limits.addresses, limits.nested_addresses, 0);
  return read(bytes, 0, nesting);
}

}  // namespace threadline::message
