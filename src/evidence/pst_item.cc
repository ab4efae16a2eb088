// SPDX-License-Identifier: Apache-2.0
#include "evidence/pst_item.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "base/little_endian.h"
#include "evidence/pst_library.h"

namespace threadline::evidence {
namespace {

using namespace std::string_view_literals;

constexpr std::uint16_t kSubject = 0x0037;       ///< PidTagSubject
constexpr std::uint16_t kDataObject = 0x3701;    ///< PidTagAttachDataObject, PidTagAttachDataBinary
constexpr std::uint16_t kAttachMethod = 0x3705;  ///< PidTagAttachMethod
constexpr char kMethodEmbedded = 5;
constexpr char kMethodOle = 6;
constexpr std::size_t kBlock = 1U << 20U;
constexpr std::string_view kRecipients = "recipients";

bool is_variable(std::uint16_t type) { return type == kString8 || type == kUnicode || type == kBinary || type == kObject; }

/// Width of a value within a property of many; 0: not fixed. Source: MS-OXCDATA section 2.11.1.
std::size_t width_of(std::uint16_t type) {
  switch (type) {
    case 0x0002: return 2;
    case 0x0003:
    case 0x0004: return 4;
    case 0x0005:
    case 0x0006:
    case 0x0007:
    case 0x0014:
    case 0x0040: return 8;
    case 0x0048: return 16;
    default: return 0;
  }
}

/// Count, offsets, values; the last one ends with the data. Source: MS-PST section 2.3.3.4.2.
std::vector<std::string> variable_values(std::string_view data) {
  std::vector<std::string> values;
  if (data.size() < 4) return values;
  const auto count = std::min<std::size_t>(number_at<std::uint32_t>(data, 0).value_or(0), (data.size() - 4) / 4);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t begin = number_at<std::uint32_t>(data, 4 + 4 * i).value_or(0);
    const std::size_t end = i + 1 < count ? number_at<std::uint32_t>(data, 8 + 4 * i).value_or(0) : data.size();
    if (begin > end || end > data.size()) break;
    values.emplace_back(data.substr(begin, end - begin));
  }
  return values;
}

std::vector<std::string> fixed_values(std::string_view data, std::size_t width) {
  std::vector<std::string> values;
  for (; data.size() >= width; data.remove_prefix(width)) values.emplace_back(data.substr(0, width));
  return values;
}

/// The subject without the mark and the length that stand before its prefix. Source: MS-PST section 2.5.3.1.1.1.
void take_prefix_length(TnefProperty& subject) {
  const std::size_t unit = subject.type == kUnicode ? 2 : 1;
  const auto mark = subject.type == kUnicode ? "\x01\x00"sv : "\x01"sv;
  if (subject.value.size() >= 2 * unit && subject.value.starts_with(mark)) subject.value.erase(0, 2 * unit);
}

std::optional<TnefName> name_of(libpff_record_entry_t* entry) {
  libpff_name_to_id_map_entry_t* found = nullptr;
  if (libpff_record_entry_get_name_to_id_map_entry(entry, &found, nullptr) != 1) return {};
  TnefName name;
  std::array<std::uint8_t, 16> guid{};
  if (libpff_name_to_id_map_entry_get_guid(found, guid.data(), guid.size(), nullptr) != 1) return {};
  name.guid.assign(guid.begin(), guid.end());
  std::uint8_t kind = 0;
  if (libpff_name_to_id_map_entry_get_type(found, &kind, nullptr) != 1) return {};
  if (kind == LIBPFF_NAME_TO_ID_MAP_ENTRY_TYPE_NUMERIC) {
    std::uint32_t number = 0;
    if (libpff_name_to_id_map_entry_get_number(found, &number, nullptr) != 1) return {};
    name.number = number;
    return name;
  }
  std::size_t size = 0;
  if (libpff_name_to_id_map_entry_get_utf8_string_size(found, &size, nullptr) != 1 || size == 0 || size > 65'536) return {};
  std::string text(size, '\0');
  auto* const bytes = reinterpret_cast<std::uint8_t*>(text.data());
  if (libpff_name_to_id_map_entry_get_utf8_string(found, bytes, size, nullptr) != 1) return {};
  name.text = text.c_str();
  return name;
}

class ItemReading {
 public:
  explicit ItemReading(const Limits& limits)
      : limits_(limits), bytes_left_(limits.message_bytes), messages_left_(limits.nested_messages) {}

  /// Answers whether the properties of the object could be read.
  bool read(PffItem* item, std::uint32_t depth, TnefObject& into) {
    auto rows = sets(item, "properties", 1);
    if (rows.empty()) return false;
    into.properties = std::move(rows.front());
    std::erase_if(into.properties, [](const TnefProperty& one) { return one.type == kObject; });
    for (auto& one : into.properties) {
      if (one.id == kSubject) take_prefix_length(one);
    }
    recipients(item, into);
    attachments(item, depth, into);
    return true;
  }

  std::vector<Note> take_notes() { return std::move(notes_); }

 private:
  /// A note a code and text, so that thousands of equal faults are one.
  void note(std::string_view code, std::string text) {
    const auto same = [&](const Note& one) { return one.code == code && one.text == text; };
    if (notes_.size() < limits_.message_notes && std::ranges::none_of(notes_, same)) {
      notes_.push_back({std::string(code), std::move(text), {}});
    }
  }
  void limit(std::string_view name, std::string_view what) { note("limit", fmt::format("{}: {}", name, what)); }
  void damaged(std::string_view what, const PffProblem& problem) {
    note("damaged_store", fmt::format("{}: {}", what, problem.text()));
  }

  /// The record sets of an item (a message has one, its table of recipients one a row), each as its properties.
  std::vector<std::vector<TnefProperty>> sets(PffItem* item, std::string_view what, std::uint32_t most) {
    std::vector<std::vector<TnefProperty>> rows;
    PffProblem problem;
    int count = 0;
    if (libpff_item_get_number_of_record_sets(item, &count, problem.put()) != 1) {
      damaged(what, problem);
      return rows;
    }
    if (what == kRecipients && std::cmp_greater(count, most)) limit("addresses", "the rest of the recipients is left out");
    for (int i = 0; i < count && std::cmp_less(i, most); ++i) {
      PffRecordSet set;
      if (libpff_item_get_record_set_by_index(item, i, set.put(), problem.put()) != 1) {
        damaged(what, problem);
      } else {
        rows.push_back(entries(set.get(), what));
      }
    }
    return rows;
  }

  std::vector<TnefProperty> entries(libpff_record_set_t* set, std::string_view what) {
    std::vector<TnefProperty> properties;
    PffProblem problem;
    int count = 0;
    if (libpff_record_set_get_number_of_entries(set, &count, problem.put()) != 1) damaged(what, problem);
    for (int i = 0; i < count; ++i) {
      if (properties.size() == limits_.mapi_properties) {
        limit("mapi_properties", "the rest of the properties is left out");
        break;
      }
      PffRecordEntry entry;
      if (libpff_record_set_get_entry_by_index(set, i, entry.put(), problem.put()) != 1) {
        damaged(what, problem);
      } else if (auto one = property(entry.get())) {
        properties.push_back(std::move(*one));
      }
    }
    return properties;
  }

  /// Nothing for an absent cell of a table, an entry that is no property, or a value that cannot be read.
  std::optional<TnefProperty> property(libpff_record_entry_t* entry) {
    PffProblem problem;
    std::uint32_t id = 0;
    std::uint32_t type = 0;
    std::size_t size = 0;
    if (libpff_record_entry_get_entry_type(entry, &id, nullptr) != 1 ||
        libpff_record_entry_get_value_type(entry, &type, nullptr) != 1 ||
        libpff_record_entry_get_data_size(entry, &size, nullptr) != 1 || size == 0) {
      return {};
    }
    std::string value(size, '\0');
    if (libpff_record_entry_get_data(entry, reinterpret_cast<std::uint8_t*>(value.data()), size, problem.put()) != 1) {
      damaged(fmt::format("property {:04X}", id), problem);
      return {};
    }
    TnefProperty one{
        .id = static_cast<std::uint16_t>(id), .type = static_cast<std::uint16_t>(type), .value = {}, .values = {}, .name = {}};
    if (id >= 0x8000) one.name = name_of(entry);
    set_value(one, within_budget(std::move(value)));
    return one;
  }

  static void set_value(TnefProperty& one, std::string value) {
    const auto base = static_cast<std::uint16_t>(one.type & ~kMany);
    if ((one.type & kMany) == 0) {
      if (base == kUnicode && value.ends_with("\0\0"sv) && value.size() % 2 == 0) value.resize(value.size() - 2);
      if (base == kString8 && value.ends_with('\0')) value.pop_back();
      one.value = std::move(value);
    } else if (is_variable(base)) {
      one.values = variable_values(value);
    } else if (const auto width = width_of(base); width != 0) {
      one.values = fixed_values(value, width);
    }
  }

  std::string within_budget(std::string value) {
    if (value.size() > bytes_left_) {
      limit("message_bytes", "the rest of the message is left out");
      value.resize(static_cast<std::size_t>(bytes_left_));
    }
    bytes_left_ -= value.size();
    return value;
  }

  void recipients(PffItem* item, TnefObject& into) {
    PffOwnedItem table;
    PffProblem problem;
    const int found = libpff_message_get_recipients(item, table.put(), problem.put());
    if (found < 0) damaged(kRecipients, problem);
    if (found == 1) into.recipients = sets(table.get(), kRecipients, limits_.addresses);
  }

  void attachments(PffItem* item, std::uint32_t depth, TnefObject& into) {
    PffProblem problem;
    int count = 0;
    if (libpff_message_get_number_of_attachments(item, &count, problem.put()) != 1) damaged("attachments", problem);
    if (std::cmp_greater(count, limits_.mapi_attachments)) limit("mapi_attachments", "the rest of the attachments is left out");
    for (int i = 0; i < count && std::cmp_less(i, limits_.mapi_attachments); ++i) {
      PffOwnedItem attachment;
      if (libpff_message_get_attachment(item, i, attachment.put(), problem.put()) != 1) {
        damaged(fmt::format("attachment {}", i + 1), problem);
      } else {
        into.attachments.push_back(attachment_of(attachment.get(), depth));
      }
    }
  }

  TnefAttachment attachment_of(PffItem* item, std::uint32_t depth) {
    TnefAttachment attachment;
    auto rows = sets(item, "attachment", 1);
    if (rows.empty()) return attachment;
    attachment.properties = std::move(rows.front());
    const auto method = std::ranges::find(attachment.properties, kAttachMethod, &TnefProperty::id);
    const auto data = std::ranges::find(attachment.properties, kDataObject, &TnefProperty::id);
    if (data == attachment.properties.end() || data->type != kObject) return attachment;
    data->value.clear();  // a reference within the store
    const char how = method == attachment.properties.end() || method->value.empty() ? '\0' : method->value[0];
    if (how == kMethodEmbedded) embedded(item, depth + 1, attachment);
    if (how == kMethodOle) data->value = object_data(item);
    return attachment;
  }

  void embedded(PffItem* attachment, std::uint32_t depth, TnefAttachment& into) {
    if (depth > limits_.nested_depth) return limit("nested_depth", "the attached message is not read");
    if (messages_left_ == 0) return limit("nested_messages", "the attached message is not read");
    --messages_left_;
    PffOwnedItem item;
    PffProblem problem;
    if (libpff_attachment_get_item(attachment, item.put(), problem.put()) != 1) return damaged("attached message", problem);
    auto object = std::make_unique<TnefObject>();
    if (read(item.get(), depth, *object)) into.embedded = std::move(object);
  }

  std::string object_data(PffItem* attachment) {
    PffProblem problem;
    std::string data;
    while (true) {
      std::string block(kBlock, '\0');
      auto* const bytes = reinterpret_cast<std::uint8_t*>(block.data());
      const ssize_t got = libpff_attachment_data_read_buffer(attachment, bytes, block.size(), problem.put());
      if (got < 0) damaged("attached object", problem);
      if (got <= 0) return data;
      block.resize(std::min(block.size(), static_cast<std::size_t>(got)));
      const auto whole = block.size();
      const auto taken = within_budget(std::move(block));
      data += taken;
      if (taken.size() < whole) return data;
    }
  }

  const Limits& limits_;
  std::uint64_t bytes_left_;
  std::uint32_t messages_left_;
  std::vector<Note> notes_;
};

}  // namespace

PstItem read_pst_item(PffItem* item, const Limits& limits) {
  PstItem read;
  ItemReading reading(limits);
  read.is_lost = !reading.read(item, 0, read.object);
  read.notes = reading.take_notes();
  return read;
}

}  // namespace threadline::evidence
