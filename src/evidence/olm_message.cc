// SPDX-License-Identifier: Apache-2.0
#include "evidence/olm_message.h"

#include <array>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "base/little_endian.h"
#include "evidence/field_lines.h"
#include "evidence/item_bytes.h"
#include "evidence/tnef_writer.h"
#include "text/base64.h"
#include "text/fold.h"
#include "text/mail_date.h"
#include "text/utf16.h"
#include "text/xml.h"

namespace threadline::evidence {
namespace {

using text::XmlElement;

struct TextProperty {
  std::string_view element;
  std::uint16_t id;
};

/// Source: MS-OXPROPS (PidTagSubject, PidTagInternetMessageId, PidTagInReplyToId, PidTagInternetReferences,
/// PidTagConversationTopic).
constexpr auto kTexts = std::to_array<TextProperty>({
    {"OPFMessageCopySubject", 0x0037},
    {"OPFMessageCopyMessageID", 0x1035},
    {"OPFMessageCopyInReplyTo", 0x1042},
    {"OPFMessageCopyReferences", 0x1039},
    {"OPFMessageCopyThreadTopic", 0x0070},
});

/// Name, address type, address, SMTP address of a role. Source: MS-OXPROPS.
struct Role {
  std::uint16_t name, type, address, smtp;
};
constexpr Role kSender{0x0C1A, 0x0C1E, 0x0C1F, 0x5D01};
constexpr Role kRepresented{0x0042, 0x0064, 0x0065, 0x5D02};
constexpr Role kRecipient{0x3001, 0x3002, 0x3003, 0x39FE};

using Properties = std::vector<TnefProperty>;

void add_text(Properties& to, std::uint16_t id, std::string_view utf8) {
  if (!utf8.empty()) to.push_back({id, kUnicode, text::utf16le_of(utf8), {}, {}});
}

std::string_view text_of(const XmlElement& message, std::string_view name) {
  const auto* element = message.child(name);
  return element == nullptr ? std::string_view() : text::trimmed(element->text);
}

/// FILETIME: 100 ns since 1601. Source: MS-DTYP section 2.3.3.
void add_time(Properties& to, std::uint16_t id, std::string_view written) {
  constexpr std::int64_t kSecondsTo1970 = 11'644'473'600;
  const auto stamp = text::read_mail_date(written);
  if (!stamp || stamp->at.seconds <= -kSecondsTo1970) return;
  const auto ticks = static_cast<std::uint64_t>(stamp->at.seconds + kSecondsTo1970) * 10'000'000U;
  to.push_back({id, kTime, little_endian(ticks, 8), {}, {}});
}

void add_address(Properties& to, const XmlElement& address, const Role& role) {
  const auto written = address.attribute("OPFContactEmailAddressAddress");
  const bool smtp = written.find('@') != std::string_view::npos;
  add_text(to, role.name, address.attribute("OPFContactEmailAddressName"));
  if (written.empty()) return;
  add_text(to, role.type, smtp ? "SMTP" : "EX");
  add_text(to, role.address, written);
  if (smtp) add_text(to, role.smtp, written);
}

/// One message element on its way to a TNEF stream.
class OlmMessage {
 public:
  OlmMessage(const XmlElement& message, const OlmMember& member, const Limits& limits)
      : message_(message), member_(member), limits_(limits) {}

  Item item() {
    Item item{.source = {}, .format = "olm", .bytes = {}, .sha256 = {}, .notes = {}};
    const auto source = text_of(message_, "OPFMessageCopySource");
    FieldLines fields(source);
    while (fields.next()) continue;
    const auto header = source.substr(0, source.size() - fields.rest().size());
    const bool has_body = !body("OPFMessageCopyBody").empty() || !body("OPFMessageCopyHTMLBody").empty();
    if (!has_body && !header.empty() && !fields.rest().empty()) {
      append_bytes(item, source, limits_);
      return item;
    }
    add_text(object_.properties, 0x007D, header);
    read_properties();
    read_people();
    read_attachments();
    auto tnef = write_tnef(object_, limits_);
    item.bytes = std::move(tnef.bytes);
    item.notes = std::move(notes_);
    item.notes.insert(item.notes.end(), tnef.notes.begin(), tnef.notes.end());
    return item;
  }

 private:
  [[nodiscard]] std::string_view body(std::string_view name) const { return text_of(message_, name); }

  void read_properties() {
    auto& properties = object_.properties;
    add_text(properties, 0x001A, "IPM.Note");
    for (const auto& [element, id] : kTexts) add_text(properties, id, text_of(message_, element));
    add_time(properties, 0x0039, text_of(message_, "OPFMessageCopySentTime"));
    add_time(properties, 0x0E06, text_of(message_, "OPFMessageCopyReceivedTime"));
    const auto index = text::decode_base64(text_of(message_, "OPFMessageCopyThreadIndex"));
    if (!index.empty()) properties.push_back({0x0071, kBinary, index, {}, {}});
    const auto html = body("OPFMessageCopyHTMLBody");
    const auto plain = body("OPFMessageCopyBody");
    if (plain != html) add_text(properties, 0x1000, plain);  // of a message in HTML both hold the HTML
    if (html.empty()) return;
    properties.push_back({0x1013, kBinary, std::string(html), {}, {}});
    properties.push_back({0x3FDE, kInteger32, little_endian(65'001, 4), {}, {}});  // PidTagInternetCodepage: UTF-8
  }

  void read_people() {
    const auto* from = message_.child("OPFMessageCopyFromAddresses");
    const auto* sender = message_.child("OPFMessageCopySenderAddress");
    const XmlElement* represented = from == nullptr ? nullptr : from->child("emailAddress");
    const XmlElement* sending = sender == nullptr ? nullptr : sender->child("emailAddress");
    if (sending == nullptr) sending = represented;
    if (represented != nullptr) add_address(object_.properties, *represented, kRepresented);
    if (sending != nullptr) add_address(object_.properties, *sending, kSender);
    add_recipients("OPFMessageCopyToAddresses", 1);
    add_recipients("OPFMessageCopyCCAddresses", 2);
    add_recipients("OPFMessageCopyBCCAddresses", 3);
  }

  void add_recipients(std::string_view name, std::uint32_t type) {
    const auto* list = message_.child(name);
    if (list == nullptr) return;
    for (const auto& address : list->children) {
      if (address.name != "emailAddress") continue;
      if (object_.recipients.size() >= limits_.addresses) {
        notes_.push_back({"limit", "addresses: the rest of the recipients is left out", {}});
        return;
      }
      Properties properties{{0x0C15, kInteger32, little_endian(type, 4), {}, {}}};
      add_address(properties, address, kRecipient);
      object_.recipients.push_back(std::move(properties));
    }
  }

  void read_attachments() {
    const auto* list = message_.child("OPFMessageCopyAttachmentList");
    if (list == nullptr) return;
    for (const auto& attachment : list->children) {
      if (attachment.name != "messageAttachment") continue;
      if (object_.attachments.size() >= limits_.mapi_attachments) {
        notes_.push_back({"limit", "mapi_attachments: the rest is left out", {}});
        return;
      }
      read_attachment(attachment);
    }
  }

  void read_attachment(const XmlElement& attachment) {
    Properties properties{{0x3705, kInteger32, little_endian(1, 4), {}, {}}};  // PidTagAttachMethod: by value
    const auto name = attachment.attribute("OPFAttachmentName");
    add_text(properties, 0x3707, name);
    add_text(properties, 0x370E, attachment.attribute("OPFAttachmentContentType"));
    add_text(properties, 0x3712, attachment.attribute("OPFAttachmentContentID"));
    auto content = member_(std::string(attachment.attribute("OPFAttachmentURL")));
    if (content) {
      properties.push_back({0x3701, kBinary, std::move(*content), {}, {}});
    } else {
      notes_.push_back({"truncated", fmt::format("attachment {}: its member is missing", name), {}});
    }
    object_.attachments.push_back({std::move(properties), nullptr});
  }

  const XmlElement& message_;
  const OlmMember& member_;
  const Limits& limits_;
  TnefObject object_;
  std::vector<Note> notes_;
};

}  // namespace

std::vector<Item> olm_messages(std::string_view xml, const OlmMember& member, const Limits& limits) {
  const auto document = text::read_xml(xml, limits);
  std::vector<Item> items;
  const auto take = [&](const XmlElement& element) {
    if (element.name == "email") items.push_back(OlmMessage(element, member, limits).item());
  };
  take(document.root);
  for (const auto& child : document.root.children) take(child);
  if (!items.empty()) items.front().notes.insert(items.front().notes.begin(), document.notes.begin(), document.notes.end());
  return items;
}

}  // namespace threadline::evidence
