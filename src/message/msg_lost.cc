// SPDX-License-Identifier: Apache-2.0
#include "message/msg_lost.h"

#include <algorithm>
#include <cstddef>
#include <map>

#include "message/msg_properties.h"

namespace threadline::message {
namespace {

/// What a group of siblings shows of the object that they belong to.
struct Signs {
  bool names_storage = false;
  bool message = false;
  bool attachment = false;
  bool recipient = false;
  bool mapping = false;
  std::uint64_t subjects = 0;
};

/// Ids that MAPI gives to messages: envelope, non-transmittable and content. Source: MS-OXCDATA section 2.9 (ranges of ids).
bool is_message_id(std::uint16_t id) {
  return id == 0x001A || (id >= 0x0023 && id < 0x0C00) || (id >= 0x0C1A && id < 0x0C20) || (id >= 0x0E02 && id < 0x0E20) ||
         (id >= 0x1000 && id < 0x3000) || (id >= 0x3FDE && id < 0x4100) || (id >= 0x5D00 && id < 0x5E00);
}

bool is_attachment_id(std::uint16_t id) { return id >= 0x3701 && id < 0x3800; }

bool is_recipient_id(std::uint16_t id) { return id == 0x39FE || id == 0x3A20 || id == 0x5FF6 || id == 0x5FF7; }

/// The GUID, entry and string stream; a message has no binary property of these ids.
bool is_mapping_id(const StreamName& name) { return name.type == 0x0102 && name.id >= 0x0002 && name.id <= 0x0004; }

void add_signs(const CfbEntry& entry, Signs& signs) {
  if (entry.storage) {
    signs.names_storage = signs.names_storage || is_cfb_name(entry.name, kNamesStorage);
    signs.message = signs.message || storage_number(entry.name, "__recip_version1.0_#") ||
                    storage_number(entry.name, "__attach_version1.0_#");
    signs.attachment = signs.attachment || is_cfb_name(entry.name, kEmbeddedStorage);
    return;
  }
  const auto name = read_stream_name(entry.name);
  if (!name) return;
  signs.mapping = signs.mapping || is_mapping_id(*name);
  signs.message = signs.message || (is_message_id(name->id) && !is_mapping_id(*name));
  signs.attachment = signs.attachment || is_attachment_id(name->id);
  signs.recipient = signs.recipient || is_recipient_id(name->id);
}

/// Whether an embedded message is there whose members are not: lost ones could be its.
bool has_empty_embedded(const CompoundFile& file) {
  const auto& entries = file.entries();
  for (std::uint32_t i = 0; i < entries.size(); ++i) {
    if (entries[i].storage && entries[i].reachable && is_cfb_name(entries[i].name, kEmbeddedStorage) && file.children(i).empty())
      return true;
  }
  return false;
}

}  // namespace

LostMembers sort_lost(const CompoundFile& file) {
  LostMembers sorted;
  if (file.lost().empty()) return sorted;
  std::vector<Signs> groups(file.lost_groups());
  for (const auto number : file.lost()) add_signs(file.entry(number), groups[file.entry(number).lost_group]);
  const bool uncertain = has_empty_embedded(file);
  for (const auto number : file.lost()) {
    const auto& signs = groups[file.entry(number).lost_group];
    if (signs.mapping) {
      sorted.names.push_back(number);
    } else if (signs.names_storage || (signs.message && !signs.attachment && !signs.recipient && !uncertain)) {
      sorted.message.push_back(number);
    } else {
      ++sorted.left_out;
    }
  }
  return sorted;
}

}  // namespace threadline::message
