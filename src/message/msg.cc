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

using Members = std::span<const std::uint32_t>;

/// One of the values of a property with many of variable length.
struct ManyValue {
  std::uint16_t id;
  std::uint16_t type;
  std::uint32_t index;
  std::uint32_t entry;
};

class MsgReader {
 public:
  MsgReader(std::string_view bytes, const Limits& limits) : file_(bytes, limits), limits_(limits) {}

  MapiObject read() {
    MapiObject object;
    object.notes = file_.notes();
    auto lost = sort_lost(file_);
    if (lost.left_out > 0)
      note(object.notes, "malformed_container",
           fmt::format("{} streams and storages belong to an object that is lost", lost.left_out));
    std::vector<std::uint32_t> members(file_.children(0).begin(), file_.children(0).end());
    members.insert(members.end(), lost.message.begin(), lost.message.end());
    read_mapping(members, lost.names, object.notes);
    read_object(members, 0, object, object.notes);
    object.names = std::move(names_);
    if (object.properties.list.empty() && object.recipients.empty() && object.attachments.empty())
      object.notes.insert(object.notes.begin(), {"not_a_message", "compound file without a message", {}});
    return object;
  }

 private:
  void note(std::vector<Note>& notes, std::string code, std::string text) const {
    if (notes.size() < limits_.message_notes) notes.push_back({std::move(code), std::move(text), {}});
    if (notes.size() == limits_.message_notes) notes.push_back({"limit", "message_notes: further notes are left out", {}});
  }

  void note_limit(std::vector<Note>& notes, std::string_view limit, std::string_view what) const {
    note(notes, "limit", fmt::format("{}: further {} are not read", limit, what));
  }

  /// Its bytes as far as they are there; a note where some are missing.
  std::string_view content(std::uint32_t number, std::vector<Note>& notes) {
    const auto& entry = file_.entry(number);
    if (entry.size < entry.claimed)
      note(notes, "truncated", fmt::format("{}: {} of {} bytes", path_of(number), entry.size, entry.claimed));
    return file_.content(entry, scratch_);
  }

  /// The end of its path: what a reader needs to find it.
  std::string path_of(std::uint32_t number) const {
    std::string path = file_.entry(number).name;
    for (int depth = 0; depth < 3; ++depth) {
      number = file_.entry(number).parent;
      if (number == 0 || number == kLostParent) break;
      path = file_.entry(number).name + "/" + path;
    }
    return path;
  }

  std::optional<std::uint32_t> find(Members members, std::string_view name, bool storage) const {
    const auto found = std::ranges::find_if(members, [&](std::uint32_t number) {
      return file_.entry(number).storage == storage && is_cfb_name(file_.entry(number).name, name);
    });
    return found == members.end() ? std::nullopt : std::optional(*found);
  }

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
    const auto storage = find(members, kNamesStorage, true);
    const auto streams = storage && !file_.children(*storage).empty() ? file_.children(*storage) : lost;
    std::array<std::string, 3> kept;
    for (std::uint16_t i = 0; i < kept.size(); ++i) {
      if (const auto stream = find(streams, fmt::format("__substg1.0_{:04X}0102", i + 2), false))
        kept[i] = content(*stream, notes);
    }
    names_ = read_names({.guids = kept[0], .entries = kept[1], .strings = kept[2]}, limits_, notes);
  }

  // Properties.

  void read_properties(Members members, std::uint32_t header, MapiProperties& into, std::vector<Note>& notes) {
    bool all = true;
    if (const auto stream = find(members, kPropertyStream, false))
      all = read_fixed_properties(content(*stream, notes), header, limits_.mapi_properties, into);
    std::vector<ManyValue> many;
    for (const auto number : members) {
      const auto name = file_.entry(number).storage ? std::nullopt : read_stream_name(file_.entry(number).name);
      if (!name) continue;
      if (name->index) {
        many.push_back({name->id, name->type, *name->index, number});
      } else if (into.list.size() >= limits_.mapi_properties) {
        all = false;
      } else {
        read_stream(*name, number, into, notes);
      }
    }
    all = read_many_values(many, into, notes) && all;
    if (!all) note_limit(notes, "mapi_properties", "properties of the object");
    keep_one_of_each(into);
  }

  void read_stream(const StreamName& name, std::uint32_t number, MapiProperties& into, std::vector<Note>& notes) {
    MapiProperty property{.id = name.id, .type = name.type, .value = {}, .values = {}};
    if ((name.type & kManyValues) == 0) {
      property.value = without_terminator(content(number, notes), name.type);
    } else {
      const auto base = static_cast<std::uint16_t>(name.type & ~kManyValues);
      const auto width = base == static_cast<std::uint16_t>(MapiType::guid) ? 16 : fixed_width(base);
      if (width == 0) return;  // the lengths of values that stand in streams of their own
      const auto all = content(number, notes);
      for (std::size_t at = 0; at + width <= all.size(); at += width) property.values.emplace_back(all.substr(at, width));
    }
    into.list.push_back(std::move(property));
  }

  /// Whether all had room.
  bool read_many_values(std::vector<ManyValue>& many, MapiProperties& into, std::vector<Note>& notes) {
    const auto tag = [](const ManyValue& one) { return std::uint32_t{one.id} << 16U | one.type; };
    std::ranges::stable_sort(many, {}, [&](const ManyValue& one) { return std::pair(tag(one), one.index); });
    for (std::size_t i = 0; i < many.size(); ++i) {
      if (i == 0 || tag(many[i]) != tag(many[i - 1])) {
        if (into.list.size() >= limits_.mapi_properties) return false;
        into.list.push_back(
            {.id = many[i].id, .type = static_cast<std::uint16_t>(many[i].type | kManyValues), .value = {}, .values = {}});
      }
      const auto base = static_cast<std::uint16_t>(many[i].type & ~kManyValues);
      into.list.back().values.emplace_back(without_terminator(content(many[i].entry, notes), base));
    }
    return true;
  }

  // Objects.

  void read_object(Members members, std::uint32_t depth, MapiObject& object, std::vector<Note>& notes) {
    read_properties(members, depth == 0 ? kTopHeader : kEmbeddedHeader, object.properties, notes);
    for (const auto number : numbered(members, kRecipientPrefix)) {
      if (object.recipients.size() >= limits_.addresses) {
        note_limit(notes, "addresses", "recipients");
        break;
      }
      read_properties(file_.children(number), kMemberHeader, object.recipients.emplace_back(), notes);
    }
    for (const auto number : numbered(members, kAttachmentPrefix)) {
      if (object.attachments.size() >= limits_.mapi_attachments) {
        note_limit(notes, "mapi_attachments", "attachments");
        break;
      }
      read_attachment(file_.children(number), depth, object.attachments.emplace_back(), notes);
    }
  }

  void read_attachment(Members members, std::uint32_t depth, MapiAttachment& attachment, std::vector<Note>& notes) {
    read_properties(members, kMemberHeader, attachment.properties, notes);
    const auto storage = find(members, kEmbeddedStorage, true);
    if (!storage) return;
    const auto* method = attachment.properties.find(kAttachMethod);
    const bool embedded = (method != nullptr && little_endian_32(method->value, 0) == kEmbeddedMethod) ||
                          find(file_.children(*storage), kPropertyStream, false).has_value();
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
      note(notes, "limit", "nested_depth: the embedded message is not read");
      return;
    }
    if (messages_ >= limits_.nested_messages) {
      note_limit(notes, "nested_messages", "embedded messages");
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
