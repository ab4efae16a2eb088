// SPDX-License-Identifier: Apache-2.0
#include "evidence/tnef_writer.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "text/utf16.h"

namespace threadline::evidence {
namespace {

using namespace std::string_view_literals;

constexpr auto kSignature = "\x78\x9F\x3E\x22"sv;
constexpr auto kLegacyKey = "\x01\x00"sv;  ///< any value but 0
constexpr auto kVersion = "\x00\x00\x01\x00"sv;
constexpr auto kIidMessage = "\x07\x03\x02\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46"sv;
constexpr auto kIidStorage = "\x0B\x00\x00\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46"sv;
constexpr std::size_t kGuidBytes = 16;

constexpr std::uint64_t kMostBytes = 0x7FFFFFFF;  ///< lengths have 32 bits

constexpr char kMessageLevel = 1;
constexpr char kAttachmentLevel = 2;

/// Attributes with their type in the upper half. Source: MS-OXTNEF section 2.1.3.
enum Attribute : std::uint32_t {
  kAttTnefVersion = 0x00089006,
  kAttOemCodepage = 0x00069007,
  kAttMessageClass = 0x00078008,
  kAttMsgProps = 0x00069003,
  kAttRecipTable = 0x00069004,
  kAttAttachRendData = 0x00069002,
  kAttAttachment = 0x00069005,
};

constexpr std::uint16_t kMessageClass = 0x001A;  ///< PidTagMessageClass
constexpr std::uint16_t kDataObject = 0x3701;    ///< PidTagAttachDataObject, PidTagAttachDataBinary
constexpr std::uint16_t kAttachMethod = 0x3705;  ///< PidTagAttachMethod
constexpr char kMethodOle = 6;

constexpr std::uint16_t kNull = 0x0001;
constexpr std::uint16_t kFirstNamed = 0x8000;

struct Width {
  std::uint16_t type;
  std::uint8_t bytes;
};
/// Source: MS-OXCDATA section 2.11.1.
constexpr auto kFixed = std::to_array<Width>({{0x0002, 2},
                                              {0x0003, 4},
                                              {0x0004, 4},
                                              {0x0005, 8},
                                              {0x0006, 8},
                                              {0x0007, 8},
                                              {0x000A, 4},
                                              {0x000B, 2},
                                              {0x0014, 8},
                                              {0x0040, 8},
                                              {0x0048, 16}});

std::uint8_t fixed_width(std::uint16_t type) {
  const auto* const found = std::ranges::find(kFixed, type, &Width::type);
  return found == kFixed.end() ? std::uint8_t{0} : found->bytes;
}

bool is_variable(std::uint16_t type) { return type == kString8 || type == kUnicode || type == kObject || type == kBinary; }

const TnefProperty* find(const std::vector<TnefProperty>& properties, std::uint16_t id) {
  const auto found = std::ranges::find(properties, id, &TnefProperty::id);
  return found == properties.end() ? nullptr : &*found;
}

/// PidTagMessageClass as ASCII, as classes are.
std::string message_class(const TnefObject& object) {
  const auto* const property = find(object.properties, kMessageClass);
  if (property == nullptr) return {};
  auto name = property->value;
  if (property->type == kUnicode) std::erase(name, '\0');
  return name;
}

/// Writes one stream and those nested in it into one buffer; lengths and counts are filled in when they are known.
class Stream {
 public:
  explicit Stream(const Limits& limits) : limits_(limits), left_(std::min(limits.message_bytes, kMostBytes)) {}

  void write(const TnefObject& object, std::uint32_t depth) {
    bytes_ += kSignature;
    bytes_ += kLegacyKey;
    attribute(kMessageLevel, kAttTnefVersion, [&] { bytes_ += kVersion; });
    attribute(kMessageLevel, kAttOemCodepage, [&] {
      put32(object.code_page);
      put32(0);
    });
    const auto name = message_class(object);
    if (!name.empty()) attribute(kMessageLevel, kAttMessageClass, [&] { (bytes_ += name) += '\0'; });
    if (!object.recipients.empty()) attribute(kMessageLevel, kAttRecipTable, [&] { rows(object); });
    attribute(kMessageLevel, kAttMsgProps, [&] { list(object.properties); });
    for (const auto& one : object.attachments) attachment(one, depth);
  }

  Tnef take() {
    if (cut_) notes_.push_back({"limit", "message_bytes: the rest of the message is left out", {}});
    if (too_deep_) notes_.push_back({"limit", "nested_depth: an embedded message is left out", {}});
    return {std::move(bytes_), std::move(notes_)};
  }

 private:
  void put16(std::uint32_t value) {
    bytes_ += static_cast<char>(value & 0xFFU);
    bytes_ += static_cast<char>((value >> 8U) & 0xFFU);
  }
  void put32(std::uint32_t value) {
    put16(value & 0xFFFFU);
    put16(value >> 16U);
  }
  void put32_at(std::size_t at, std::size_t value) {
    for (std::size_t byte = 0; byte < 4; ++byte) bytes_[at + byte] = static_cast<char>((value >> (8 * byte)) & 0xFFU);
  }
  void pad(std::size_t length) { bytes_.append((4 - length % 4) % 4, '\0'); }

  /// Level, attribute, length, data, and the sum of the data's bytes.
  template <typename Data>
  void attribute(char level, Attribute id, const Data& data) {
    bytes_ += level;
    put32(id);
    const auto length_at = bytes_.size();
    put32(0);
    const auto begin = bytes_.size();
    data();
    put32_at(length_at, bytes_.size() - begin);
    std::uint32_t sum = 0;
    for (const char byte : std::string_view(bytes_).substr(begin)) sum += static_cast<unsigned char>(byte);
    put16(sum & 0xFFFFU);
  }

  void rows(const TnefObject& object) {
    put32(static_cast<std::uint32_t>(object.recipients.size()));
    for (const auto& recipient : object.recipients) list(recipient);
  }

  void list(const std::vector<TnefProperty>& properties, const TnefObject* embedded = nullptr, std::uint32_t depth = 0) {
    const auto count_at = bytes_.size();
    put32(0);
    std::uint32_t count = embedded == nullptr ? 0 : 1;
    for (const auto& one : properties) {
      if (embedded != nullptr && one.id == kDataObject) continue;
      if (property(one)) ++count;
    }
    if (embedded != nullptr) message_object(*embedded, depth);
    put32_at(count_at, count);
  }

  bool property(const TnefProperty& one) {
    const auto base = static_cast<std::uint16_t>(one.type & ~kMany);
    const auto width = fixed_width(base);
    if (width == 0 && !is_variable(base) && one.type != kNull) return false;
    put16(one.type);
    put16(one.id);
    if (one.id >= kFirstNamed) name(one);
    if (one.type == kNull) return true;
    if ((one.type & kMany) != 0) {
      put32(static_cast<std::uint32_t>(one.values.size()));
      for (const auto& value : one.values) width != 0 ? fixed(value, width) : variable(base, value);
    } else if (width != 0) {
      fixed(one.value, width);
    } else {
      put32(1);
      variable(base, one.value);
    }
    return true;
  }

  void name(const TnefProperty& one) {
    const auto& known = one.name;
    auto guid = known ? known->guid : std::string();
    guid.resize(kGuidBytes, '\0');
    bytes_ += guid;
    const bool is_number = !known || known->number.has_value();
    put32(is_number ? 0 : 1);
    if (is_number) return put32(known ? *known->number : one.id);
    auto text = text::utf16le_of(known->text);
    text.append(2, '\0');
    put32(static_cast<std::uint32_t>(text.size()));
    bytes_ += text;
    pad(text.size());
  }

  void fixed(std::string_view value, std::uint8_t width) {
    const auto taken = value.substr(0, width);
    bytes_ += taken;
    bytes_.append(width - taken.size(), '\0');
    pad(width);
  }

  void variable(std::uint16_t type, std::string_view value) {
    const auto taken = within_budget(value, type == kUnicode);
    const std::size_t end = type == kUnicode ? 2 : type == kString8 ? 1 : 0;
    const auto before = type == kObject ? kIidStorage : std::string_view();
    const auto length = before.size() + taken.size() + end;
    put32(static_cast<std::uint32_t>(length));
    bytes_ += before;
    bytes_ += taken;
    bytes_.append(end, '\0');
    pad(length);
  }

  std::string_view within_budget(std::string_view value, bool in_pairs) {
    auto most = std::min<std::uint64_t>(left_, value.size());
    if (most < value.size()) {
      cut_ = true;
      left_ = 0;
      if (in_pairs) most -= most % 2;
    } else {
      left_ -= most;
    }
    return value.substr(0, static_cast<std::size_t>(most));
  }

  void attachment(const TnefAttachment& one, std::uint32_t depth) {
    const auto* const method = find(one.properties, kAttachMethod);
    const bool ole = method != nullptr && !method->value.empty() && method->value[0] == kMethodOle;
    attribute(kAttachmentLevel, kAttAttachRendData, [&] {
      put16(ole ? 2 : 1);
      put32(0xFFFFFFFF);  // no place in the text
      put16(32);
      put16(32);
      put32(0);
    });
    const bool goes_down = one.embedded != nullptr && depth < limits_.nested_depth;
    too_deep_ = too_deep_ || (one.embedded != nullptr && !goes_down);
    attribute(kAttachmentLevel, kAttAttachment,
              [&] { list(one.properties, goes_down ? one.embedded.get() : nullptr, depth + 1); });
  }

  void message_object(const TnefObject& embedded, std::uint32_t depth) {
    put16(kObject);
    put16(kDataObject);
    put32(1);
    const auto length_at = bytes_.size();
    put32(0);
    const auto begin = bytes_.size();
    bytes_ += kIidMessage;
    write(embedded, depth);
    const auto length = bytes_.size() - begin;
    put32_at(length_at, length);
    pad(length);
  }

  const Limits& limits_;
  std::uint64_t left_;
  std::string bytes_;
  std::vector<Note> notes_;
  bool cut_ = false;
  bool too_deep_ = false;
};

}  // namespace

Tnef write_tnef(const TnefObject& object, const Limits& limits) {
  Stream stream(limits);
  stream.write(object, 0);
  return stream.take();
}

}  // namespace threadline::evidence
