// SPDX-License-Identifier: Apache-2.0
#include "message/msg.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/sha256.h"
#include "message/cfb.h"
#include "message/cfb_sectors.h"
#include "message/msg_lost.h"
#include "message/msg_properties.h"
#include "message/msg_streams.h"
#include "text/fold.h"

namespace threadline::message {
namespace {

constexpr std::string_view kSignature = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
constexpr std::string_view kRecipientPrefix = "__recip_version1.0_#";
constexpr std::string_view kAttachmentPrefix = "__attach_version1.0_#";
constexpr std::uint16_t kAttachData = 0x3701;
constexpr std::uint16_t kAttachMethod = 0x3705;
constexpr std::uint32_t kEmbeddedMethod = 5;  ///< MS-OXCMSG section 2.2.2.9, afEmbeddedMessage

/// Headers of property streams. Source: MS-OXMSG section 2.4.1.
constexpr std::uint32_t kTopHeader = 32;
constexpr std::uint32_t kEmbeddedHeader = 24;
constexpr std::uint32_t kMemberHeader = 8;

class MsgReader {
 public:
  MsgReader(std::string_view bytes, const Limits& limits) : file_(bytes, limits), limits_(limits), streams_(file_, limits) {}

  MapiObject read() {
    MapiObject object;
    object.notes = file_.notes();
    auto lost = sort_lost(file_);
    if (lost.left_out > 0)
      streams_.note(object.notes, "damaged_content",
                    fmt::format("{} streams and storages belong to an object that is lost", lost.left_out));
    std::vector<std::uint32_t> members(file_.children(0).begin(), file_.children(0).end());
    members.insert(members.end(), lost.message.begin(), lost.message.end());
    read_mapping(members, lost.names, object.notes);
    read_object(members, 0, object, object.notes);
    object.names = std::move(names_);
    if (object.properties.list.empty() && object.recipients.empty() && object.attachments.empty())
      object.notes.insert(object.notes.begin(), {"no_message", "compound file without a message", {}});
    return object;
  }

 private:
  /// Storages of that kind in the order of their numbers.
  std::vector<std::uint32_t> numbered(Members members, std::string_view prefix) const {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
    for (const auto number : members) {
      if (!file_.entry(number).storage) continue;
      if (const auto at = storage_number(file_.entry(number).name, prefix)) found.emplace_back(*at, number);
    }
    std::ranges::stable_sort(found, {}, [](const auto& pair) { return pair.first; });
    std::vector<std::uint32_t> numbers;
    for (std::size_t i = 0; i < found.size(); ++i)
      if (i == 0 || found[i].first != found[i - 1].first) numbers.push_back(found[i].second);
    return numbers;
  }

  void read_mapping(Members members, Members lost, std::vector<Note>& notes) {
    const auto storage = streams_.find(members, kNamesStorage, true);
    const auto streams = storage && !file_.children(*storage).empty() ? file_.children(*storage) : lost;
    std::array<std::string, 3> kept;
    for (std::uint16_t i = 0; i < kept.size(); ++i) {
      if (const auto stream = streams_.find(streams, fmt::format("__substg1.0_{:04X}0102", i + 2), false))
        kept[i] = streams_.content(*stream, notes);
    }
    names_ = read_names({.guids = kept[0], .entries = kept[1], .strings = kept[2]}, limits_, notes);
  }

  // Objects.

  void read_object(Members members, std::uint32_t depth, MapiObject& object, std::vector<Note>& notes) {
    streams_.read_properties(members, depth == 0 ? kTopHeader : kEmbeddedHeader, object.properties, notes);
    for (const auto number : numbered(members, kRecipientPrefix)) {
      if (object.recipients.size() >= limits_.addresses) {
        streams_.note_limit(notes, "addresses", "further recipients are");
        break;
      }
      streams_.read_properties(file_.children(number), kMemberHeader, object.recipients.emplace_back(), notes);
    }
    for (const auto number : numbered(members, kAttachmentPrefix)) {
      if (object.attachments.size() >= limits_.mapi_attachments) {
        streams_.note_limit(notes, "mapi_attachments", "further attachments are");
        break;
      }
      read_attachment(file_.children(number), depth, object.attachments.emplace_back(), notes);
    }
  }

  void read_attachment(Members members, std::uint32_t depth, MapiAttachment& attachment, std::vector<Note>& notes) {
    streams_.read_properties(members, kMemberHeader, attachment.properties, notes);
    const auto storage = streams_.find(members, kEmbeddedStorage, true);
    if (!storage) return;
    const auto* method = attachment.properties.find(kAttachMethod);
    const bool embedded = (method != nullptr && little_endian_32(method->value, 0) == kEmbeddedMethod) ||
                          streams_.find(file_.children(*storage), kPropertyStream, false).has_value();
    if (embedded) {
      read_embedded(*storage, depth, attachment, notes);
    } else if (attachment.properties.find(kAttachData) == nullptr) {
      auto form = flat_form(*storage).first;
      attachment.properties.list.push_back(
          {.id = kAttachData, .type = static_cast<std::uint16_t>(MapiType::object), .value = std::move(form), .values = {}});
    }
  }

  void read_embedded(std::uint32_t storage, std::uint32_t depth, MapiAttachment& attachment, std::vector<Note>& notes) {
    if (depth >= limits_.nested_depth) {
      streams_.note_limit(notes, "nested_depth", "an embedded message is");
      return;
    }
    if (messages_ >= limits_.nested_messages) {
      streams_.note_limit(notes, "nested_messages", "further embedded messages are");
      return;
    }
    ++messages_;
    attachment.embedded = std::make_unique<MapiObject>();
    auto& object = *attachment.embedded;
    read_object(file_.children(storage), depth + 1, object, object.notes);
    copy_names(object);
    auto [form, size] = flat_form(storage);
    object.size = size;
    object.sha256 = sha256_hex(form);
  }

  /// The names of those properties that the object has.
  void copy_names(MapiObject& object) const {
    const auto copy = [&](const MapiProperties& properties) {
      for (const auto& property : properties.list) {
        if (property.id < 0x8000) continue;
        if (const auto name = names_.find(property.id); name != names_.end()) object.names.insert(*name);
      }
    };
    copy(object.properties);
    for (const auto& recipient : object.recipients) copy(recipient);
    for (const auto& attachment : object.attachments) copy(attachment.properties);
  }

  /// All that stands in a storage, as one run of bytes, and how many of them are content: entries in the order of their
  /// lower-case names, of each the name, NUL, 8 bytes little endian, then of a stream so many bytes of content, of a storage so
  /// many entries.
  std::pair<std::string, std::uint64_t> flat_form(std::uint32_t storage) {
    std::string form;
    std::uint64_t size = 0;
    std::vector<std::uint32_t> open{storage};
    while (!open.empty()) {
      const auto number = open.back();
      open.pop_back();
      const auto& entry = file_.entry(number);
      const auto members = file_.children(number);
      const auto bytes = entry.storage ? std::string_view() : file_.content(entry, scratch_);
      if (number != storage) form += entry.name + '\0';
      const auto length = entry.storage ? members.size() : bytes.size();
      for (unsigned shift = 0; shift < 64; shift += 8) form += static_cast<char>((length >> shift) & 0xFFU);
      form += bytes;
      size += bytes.size();
      std::vector<std::pair<std::string, std::uint32_t>> order;
      for (const auto member : members) order.emplace_back(text::ascii_lower(file_.entry(member).name), member);
      std::ranges::sort(order, std::greater<>());
      for (const auto& [name, member] : order) open.push_back(member);
    }
    return {std::move(form), size};
  }

  CompoundFile file_;
  const Limits& limits_;
  MsgStreams streams_;
  std::map<std::uint16_t, MapiName> names_;
  std::uint32_t messages_ = 0;
  std::string scratch_;
};

}  // namespace

bool is_compound_file(std::string_view bytes) {
  if (bytes.starts_with(kSignature)) return true;
  // A damaged signature before the words that no other format has there (MS-CFB section 2.2).
  if (bytes.size() < 512 || little_endian_16(bytes, 28) != 0xFFFE) return false;
  const auto shift = little_endian_16(bytes, 30);
  const auto equal = std::ranges::count(std::to_array({0, 1, 2, 3, 4, 5, 6, 7}), true, [&](int i) {
    const auto at = static_cast<std::size_t>(i);
    return bytes[at] == kSignature[at];
  });
  return equal >= 4 && (shift == 9 || shift == 12);
}

MapiObject read_msg(std::string_view bytes, const Limits& limits) { return MsgReader(bytes, limits).read(); }

}  // namespace threadline::message
