// SPDX-License-Identifier: Apache-2.0
#include "message/read_message.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/sha256.h"
#include "message/addresses.h"
#include "message/entity.h"
#include "message/header_block.h"
#include "message/header_value.h"
#include "text/charset.h"
#include "text/fold.h"
#include "text/mail_date.h"

namespace threadline::message {
namespace {

/// Fields that a message has at most once (RFC 5322 section 3.6, RFC 2045 section 3), lower case.
constexpr auto kSingleFields = std::to_array<std::string_view>({
    "from",
    "sender",
    "reply-to",
    "to",
    "cc",
    "bcc",
    "subject",
    "date",
    "message-id",
    "in-reply-to",
    "references",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
});

/// The address lists of a message; a field that stands twice gives the addresses of both.
struct AddressList {
  std::string_view field;
  std::vector<Address> Message::*list;
};
constexpr auto kAddressLists = std::to_array<AddressList>({
    {"from", &Message::from},
    {"reply-to", &Message::reply_to},
    {"to", &Message::to},
    {"cc", &Message::cc},
    {"bcc", &Message::bcc},
});

/// What is shared by a message and all that are attached to it.
struct Nesting {
  const Limits& limits;
  std::uint32_t messages = 0;  ///< read so far, all depths
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

/// Reads the fields into the members that they are the source of.
class FieldReader {
 public:
  FieldReader(Message& message, const Limits& limits)
      : message_(message), limits_(limits), hint_(message.texts.empty() ? std::string() : message.texts.front().charset) {}

  void read(const HeaderBlock& block) {
    message_.headers.reserve(block.fields.size());
    for (const auto& raw : block.fields) read_field(raw);
  }

 private:
  void read_field(const RawField& raw) {
    HeaderField field{.name = std::string(raw.name),
                      .raw = std::string(raw.raw),
                      .value = {},
                      .offset = raw.offset,
                      .raw_offset = raw.raw_offset};
    const auto line = unfolded(raw.raw, hint_);
    field.value = decoded_words(line);
    message_.headers.push_back(std::move(field));
    const auto name = text::ascii_lower(raw.name.substr(0, 40));
    const auto span = Span{"header", raw.offset, raw.raw_offset + raw.raw.size() - raw.offset};
    const bool first = note_duplicate(name, span);
    if (!read_addresses_of(name, line, span) && first) read_single(name, message_.headers.back(), span);
  }

  /// Whether it is the first of its name; further ones of a single field are noted.
  bool note_duplicate(const std::string& name, const Span& span) {
    const auto* single = std::ranges::find(kSingleFields, std::string_view(name));
    if (single == kSingleFields.end()) return true;
    auto& count = counts_[static_cast<std::size_t>(single - kSingleFields.begin())];
    ++count;
    if (count == 2) message_.notes.push_back({"duplicate_header", message_.headers.back().name, span});
    return count == 1;
  }

  bool read_addresses_of(const std::string& name, const std::string& line, const Span& span) {
    const auto* entry = std::ranges::find(kAddressLists, std::string_view(name), &AddressList::field);
    if (entry == kAddressLists.end()) return false;
    auto found = read_addresses(line, limits_);
    auto& list = message_.*(entry->list);
    const auto room = limits_.addresses - std::min<std::size_t>(limits_.addresses, list.size());
    if (found.list.size() > room) found.cut = true;
    if (found.cut)
      message_.notes.push_back({"limit", fmt::format("addresses: further addresses of {} are left out", name), span});
    found.list.resize(std::min(found.list.size(), room));
    std::ranges::move(found.list, std::back_inserter(list));
    return true;
  }

  void read_single(const std::string& name, const HeaderField& field, const Span& span) {
    if (name == "subject") {
      message_.subject = field.value;
    } else if (name == "message-id") {
      message_.message_id = message_id_of(field.value);
    } else if (name == "date") {
      read_date(field, span);
    } else if (name == "sender") {
      auto found = read_addresses(unfolded(field.raw, hint_), limits_);
      if (!found.list.empty()) message_.sender = std::move(found.list.front());
    } else if (name == "return-path" && message_.return_path.empty()) {
      message_.return_path = path_of(field.value);
    }
  }

  void read_date(const HeaderField& field, const Span& span) {
    message_.date = text::read_mail_date(field.value);
    if (!message_.date) message_.notes.push_back({"malformed_date", field.value.substr(0, 200), span});
  }

  Message& message_;
  const Limits& limits_;
  std::string hint_;
  std::array<std::uint32_t, kSingleFields.size()> counts_{};
};

void read_attached(std::vector<AttachedBytes> attached, std::uint32_t depth, Nesting& nesting, Message& into) {
  for (auto& [part, bytes] : attached) {
    if (depth >= nesting.limits.nested_depth) {
      into.notes.push_back({"limit", "nested_depth: the attached message is not read", {part, 0, 0}});
      return;
    }
    if (nesting.messages >= nesting.limits.nested_messages) {
      into.notes.push_back({"limit", "nested_messages: further attached messages are not read", {part, 0, 0}});
      return;
    }
    ++nesting.messages;
    auto message = read(bytes, depth + 1, nesting);
    message.part = std::move(part);
    into.messages.push_back(std::move(message));
    bytes = {};
  }
}

Message read(std::string_view bytes, std::uint32_t depth, Nesting& nesting) {
  Message message;
  message.size = bytes.size();
  message.sha256 = sha256_hex(bytes);
  const auto form = readable_form(bytes, message.notes);
  if (!form.empty()) bytes = form;
  auto block = read_header_block(bytes, nesting.limits);
  message.header_length = block.length;
  std::ranges::move(block.notes, std::back_inserter(message.notes));
  auto attached = read_entity(entity_of(bytes, block), nesting.limits, message);
  FieldReader(message, nesting.limits).read(block);
  read_attached(std::move(attached), depth, nesting, message);
  return message;
}

}  // namespace

Message read_message(std::string_view bytes, const Limits& limits) {
  Nesting nesting{.limits = limits, .messages = 0};
  return read(bytes, 0, nesting);
}

}  // namespace threadline::message
