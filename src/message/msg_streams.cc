// SPDX-License-Identifier: Apache-2.0
#include "message/msg_streams.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace threadline::message {
namespace {

constexpr std::size_t kMostMended = 8;  ///< missing streams that are looked for: more are a lost directory, not a damaged byte

std::uint32_t tag_of(std::uint16_t id, std::uint16_t type) { return std::uint32_t{id} << 16U | type; }
std::uint32_t tag_of(const ListedProperty& listed) { return tag_of(listed.id, listed.type); }
std::uint32_t tag_of(const StreamName& name) { return tag_of(name.id, name.type); }

/// The listed property of that tag, or nullptr.
const ListedProperty* find_listed(const std::vector<ListedProperty>& listed, std::uint32_t tag) {
  const auto found = std::ranges::lower_bound(listed, tag, {}, [](const ListedProperty& one) { return tag_of(one); });
  return found == listed.end() || tag_of(*found) != tag ? nullptr : &*found;
}

}  // namespace

void MsgStreams::note(std::vector<Note>& notes, std::string code, std::string text) const {
  if (notes.size() < limits_.message_notes) notes.push_back({std::move(code), std::move(text), {}});
  if (notes.size() == limits_.message_notes) notes.push_back({"limit", "message_notes: further notes are left out", {}});
}

void MsgStreams::note_limit(std::vector<Note>& notes, std::string_view limit, std::string_view what) const {
  auto text = fmt::format("{}: {} not read", limit, what);
  if (std::ranges::find(notes, text, &Note::text) == notes.end()) note(notes, "limit", std::move(text));
}

std::optional<std::uint32_t> MsgStreams::find(Members members, std::string_view name, bool storage) const {
  const auto found = std::ranges::find_if(members, [&](std::uint32_t number) {
    return file_.entry(number).storage == storage && is_cfb_name(file_.entry(number).name, name);
  });
  return found == members.end() ? std::nullopt : std::optional(*found);
}

std::string_view MsgStreams::content(std::uint32_t number, std::vector<Note>& notes) {
  const auto& entry = file_.entry(number);
  if (entry.size < entry.claimed)
    note(notes, "truncated", fmt::format("{}: {} of {} bytes", path_of(number), entry.size, entry.claimed));
  return file_.content(entry, scratch_);
}

/// The end of its path: what a reader needs to find it.
std::string MsgStreams::path_of(std::uint32_t number) const {
  std::string path = file_.entry(number).name;
  for (int depth = 0; depth < 3; ++depth) {
    number = file_.entry(number).parent;
    if (number == 0 || number == kLostParent) break;
    path = file_.entry(number).name + "/" + path;
  }
  return path;
}

void MsgStreams::read_properties(Members members, std::uint32_t header, MapiProperties& into, std::vector<Note>& notes) {
  PropertyList list;
  const auto property_stream = find(members, kPropertyStream, false);
  if (property_stream) list = read_property_list(content(*property_stream, notes), header, limits_.mapi_properties);
  into.list = std::move(list.fixed);
  listed_ = std::move(list.listed);
  std::ranges::stable_sort(listed_, {}, [](const ListedProperty& one) { return tag_of(one); });
  std::vector<Stream> streams;
  std::vector<std::uint32_t> unnamed;
  for (const auto number : members) {
    if (file_.entry(number).storage || number == property_stream) continue;
    if (const auto name = read_stream_name(file_.entry(number).name)) {
      streams.push_back({*name, number});
    } else {
      unnamed.push_back(number);
    }
  }
  mend_names(listed_, streams, unnamed, notes);
  if (!read_streams(streams, into, notes) || !list.whole)
    note_limit(notes, "mapi_properties", "further properties of the object are");
  keep_one_of_each(into);
}

/// A stream whose name has one damaged character is the one that the list has and the storage lacks, if its length is the listed
/// one.
void MsgStreams::mend_names(const std::vector<ListedProperty>& listed, std::vector<Stream>& streams,
                            std::vector<std::uint32_t>& unnamed, std::vector<Note>& notes) {
  std::vector<std::uint32_t> tags;
  for (const auto& stream : streams) tags.push_back(tag_of(stream.name));
  std::ranges::sort(tags);
  std::size_t mended = 0;
  for (const auto& missing : listed) {
    if (missing.size == 0 || std::ranges::binary_search(tags, tag_of(missing))) continue;
    if (++mended > kMostMended) return;
    const auto name = fmt::format("__substg1.0_{:08X}", tag_of(missing));
    const auto is_it = [&](std::uint32_t number) {
      return file_.entry(number).claimed == missing.size && differs_in_one_character(file_.entry(number).name, name);
    };
    const auto other = std::ranges::find_if(streams, [&](const Stream& stream) {
      return find_listed(listed, tag_of(stream.name)) == nullptr && is_it(stream.entry);
    });
    const auto found = std::ranges::find_if(unnamed, is_it);
    if (other == streams.end() && found == unnamed.end()) continue;
    const auto number = other != streams.end() ? other->entry : *found;
    note(notes, "malformed_container",
         fmt::format("stream {} is read as {}, which the list of properties has", path_of(number), name));
    const StreamName right{.id = missing.id, .type = missing.type, .index = {}};
    if (other != streams.end()) {
      other->name = right;
    } else {
      streams.push_back({right, number});
      unnamed.erase(found);
    }
  }
}

/// Whether all had room.
bool MsgStreams::read_streams(const std::vector<Stream>& streams, MapiProperties& into, std::vector<Note>& notes) {
  std::vector<Stream> many;
  for (const auto& stream : streams) {
    if (stream.name.index) {
      many.push_back(stream);
    } else if (into.list.size() >= limits_.mapi_properties) {
      return false;
    } else {
      read_values(stream, into, notes);
    }
  }
  std::ranges::stable_sort(many, {}, [](const Stream& one) { return std::pair(tag_of(one.name), *one.name.index); });
  for (std::size_t i = 0; i < many.size(); ++i) {
    const auto& name = many[i].name;
    if (i == 0 || tag_of(name) != tag_of(many[i - 1].name)) {
      if (into.list.size() >= limits_.mapi_properties) return false;
      into.list.push_back(
          {.id = name.id, .type = static_cast<std::uint16_t>(name.type | kManyValues), .value = {}, .values = {}});
    }
    const auto type = static_cast<std::uint16_t>(name.type & ~kManyValues);
    into.list.back().values.emplace_back(without_terminator(content(many[i].entry, notes), type));
  }
  return true;
}

/// The value of a stream, or the values of fixed length that stand in it one after the other.
void MsgStreams::read_values(const Stream& stream, MapiProperties& into, std::vector<Note>& notes) {
  const auto& name = stream.name;
  MapiProperty property{.id = name.id, .type = name.type, .value = {}, .values = {}};
  if ((name.type & kManyValues) == 0) {
    auto value = content(stream.entry, notes);
    const auto* listed = find_listed(listed_, tag_of(name));
    if (listed != nullptr && value.size() < file_.entry(stream.entry).claimed) value = value.substr(0, listed->size);
    property.value = without_terminator(value, name.type);
  } else {
    const auto type = static_cast<std::uint16_t>(name.type & ~kManyValues);
    const auto width = type == static_cast<std::uint16_t>(MapiType::guid) ? 16 : fixed_width(type);
    if (width == 0) return;  // the lengths of values that stand in streams of their own
    const auto all = content(stream.entry, notes);
    for (std::size_t at = 0; at + width <= all.size(); at += width) property.values.emplace_back(all.substr(at, width));
  }
  into.list.push_back(std::move(property));
}

}  // namespace threadline::message
