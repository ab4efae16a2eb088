// SPDX-License-Identifier: Apache-2.0
#include "evidence/postfix_queue.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>

#include "evidence/item_bytes.h"

namespace threadline::evidence {
namespace {

constexpr std::string_view kEnvelopeTypes = "ACDFILMORSTVWfp>";
constexpr std::size_t kLengthBytes = 5;  ///< seven bits each: Postfix keeps lengths in 32 bits

struct Record {
  char type = '\0';
  std::string_view content;
};

/// The record at that place, and where the next one is. Nothing at the end or where the file ends in the record.
std::optional<Record> record_at(std::string_view bytes, std::size_t& at) {
  if (at >= bytes.size()) return std::nullopt;
  const char type = bytes[at];
  std::uint64_t length = 0;
  std::size_t next = at + 1;
  for (std::size_t i = 0; i < kLengthBytes; ++i) {
    if (next >= bytes.size()) return std::nullopt;
    const auto byte = static_cast<unsigned char>(bytes[next++]);
    length |= std::uint64_t{byte & 0x7FU} << (7U * i);
    if (byte < 0x80U) break;
  }
  if (length > bytes.size() - next) return std::nullopt;
  at = next + static_cast<std::size_t>(length);
  return Record{type, bytes.substr(next, static_cast<std::size_t>(length))};
}

/// The first number; 0 where there is none.
std::uint64_t number_in(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

bool is_numbers(std::string_view text) {
  return text.find_first_not_of("0123456789 ") == std::string_view::npos &&
         text.find_first_of("0123456789") != std::string_view::npos;
}

class QueueFile {
 public:
  QueueFile(std::string_view bytes, const Limits& limits) : bytes_(bytes), limits_(limits) {}

  Item message() {
    item_.format = "postfix";
    item_.envelope.emplace();
    for (std::size_t records = bytes_.size() / 2 + 1; records > 0 && !ended_; --records) {
      const auto record = record_at(bytes_, at_);
      if (!record) break;
      take(*record);
    }
    if (!ended_) item_.notes.push_back({"truncated", "Postfix queue file: no end record", {}});
    return std::move(item_);
  }

 private:
  void take(const Record& record) {
    switch (record.type) {
      case 'p': return follow(record.content);
      case 'M': in_message_ = true; return;
      case 'X': in_message_ = false; return;
      case 'E': ended_ = true; return;
      default: break;
    }
    if (!in_message_) return take_envelope(record);
    if (record.type != 'N' && record.type != 'L') return;
    append_bytes(item_, record.content, limits_);
    if (record.type == 'N') append_bytes(item_, "\n", limits_);
  }

  /// Where a milter changed the file, reading goes on elsewhere; 0 is nowhere else.
  void follow(std::string_view target) {
    const auto offset = number_in(target);
    if (offset > 0 && offset < bytes_.size()) at_ = static_cast<std::size_t>(offset);
  }

  void take_envelope(const Record& record) {
    auto& envelope = *item_.envelope;
    if (record.type == 'S' && !envelope.sender) envelope.sender = std::string(record.content);
    if (record.type == 'T' && envelope.arrival.empty()) envelope.arrival = instant_text(number_in(record.content));
    const bool recipient = record.type == 'R' || record.type == 'D';
    if (recipient && envelope.recipients.size() < limits_.addresses) envelope.recipients.emplace_back(record.content);
  }

  std::string_view bytes_;
  const Limits& limits_;
  Item item_;
  std::size_t at_ = 0;
  bool in_message_ = false;
  bool ended_ = false;
};

}  // namespace

bool is_postfix_queue(std::string_view head) {
  std::size_t at = 0;
  if (!head.starts_with('C') && !head.starts_with('T')) return false;
  const auto first = record_at(head, at);
  if (!first || first->content.size() < 10 || first->content.size() > 127 || !is_numbers(first->content)) return false;
  const auto second = record_at(head, at);
  return second && kEnvelopeTypes.find(second->type) != std::string_view::npos;
}

Item postfix_queue_message(std::string_view bytes, const Limits& limits) { return QueueFile(bytes, limits).message(); }

}  // namespace threadline::evidence
