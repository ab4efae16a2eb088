// SPDX-License-Identifier: Apache-2.0
#include "evidence/postcat.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "evidence/item_bytes.h"

namespace threadline::evidence {
namespace {

constexpr std::string_view kEnvelope = "*** ENVELOPE RECORDS ";
constexpr std::string_view kContents = "*** MESSAGE CONTENTS ";
constexpr std::string_view kExtracted = "*** HEADER EXTRACTED ";
constexpr std::string_view kEnd = "*** MESSAGE FILE END ";
constexpr std::string_view kMarkEnd = " ***";
constexpr int kNumbers = 2;  ///< -o and -d

/// The line without its numbers: "     1234  78 text" -> "text". Nothing is taken where fewer numbers stand.
std::string_view without_numbers(std::string_view line, int numbers) {
  for (; numbers > 0; --numbers) {
    const auto digits = line.find_first_not_of(' ');
    const auto end = digits == std::string_view::npos ? digits : line.find_first_not_of("0123456789", digits);
    if (end == std::string_view::npos || end == digits || line[end] != ' ') return line;
    line.remove_prefix(end + 1);
  }
  return line;
}

/// How many numbers stand before the first envelope record ("        0 message_size: ...").
int numbers_before(std::string_view line) {
  int numbers = 0;
  while (numbers < kNumbers) {
    const auto without = without_numbers(line, 1);
    if (without.size() == line.size()) break;
    line = without;
    ++numbers;
  }
  return numbers;
}

std::string_view after(std::string_view line, std::string_view words) {
  line.remove_prefix(words.size());
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  return line;
}

class Print {
 public:
  Print(std::string_view text, const Limits& limits) : rest_(text), limits_(limits) {}

  std::vector<Item> messages() {
    while (!rest_.empty()) {
      offset_ = size_ - rest_.size();
      const auto length = std::min(rest_.find('\n'), rest_.size() - 1) + 1;
      take(rest_.substr(0, length));
      rest_.remove_prefix(length);
    }
    if (where_ != Where::outside) say_truncated();
    return std::move(items_);
  }

 private:
  enum class Where { outside, envelope, message };

  void take(std::string_view whole) {
    auto line = whole;
    while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
    if (where_ != Where::message && begins_one(line)) return;
    if (where_ == Where::outside) return;
    if (first_record_) numbers_ = numbers_before(line);
    first_record_ = false;
    const auto record = without_numbers(line, numbers_);
    if (is_mark(record, kContents)) {
      where_ = Where::message;
    } else if (is_mark(record, kExtracted)) {
      where_ = Where::envelope;
    } else if (is_mark(record, kEnd)) {
      where_ = Where::outside;
    } else if (where_ == Where::envelope) {
      take_envelope(record);
    } else {
      take_text(without_numbers(whole, numbers_));
    }
  }

  bool begins_one(std::string_view line) {
    const auto mark = without_numbers(line, numbers_before(line));
    if (!mark.starts_with(kEnvelope) || !mark.ends_with(kMarkEnd)) return false;
    if (where_ == Where::envelope && !items_.empty() && !items_.back().bytes.empty()) say_truncated();
    file_ =
        mark.substr(kEnvelope.size(), mark.size() - kEnvelope.size() - std::min(kMarkEnd.size(), mark.size() - kEnvelope.size()));
    items_.push_back({.source = fmt::format("#{}", offset_), .format = "postcat", .bytes = {}, .sha256 = {}, .notes = {}});
    items_.back().envelope.emplace();
    items_.back().envelope->queue_id = file_.substr(file_.rfind('/') + 1);
    where_ = Where::envelope;
    first_record_ = true;
    verbose_ = false;
    return true;
  }

  /// Whether it is that mark of the file that is being read: the message cannot know its name.
  bool is_mark(std::string_view line, std::string_view words) const {
    return line.starts_with(words) && line.ends_with(kMarkEnd) && line.substr(words.size()).starts_with(file_) &&
           line.size() == words.size() + file_.size() + kMarkEnd.size();
  }

  void take_envelope(std::string_view record) {
    auto& envelope = *items_.back().envelope;
    if (record.starts_with("sender:") && !envelope.sender) envelope.sender = std::string(after(record, "sender:"));
    if (record.starts_with("message_arrival_time:")) envelope.arrival = after(record, "message_arrival_time:");
    for (const std::string_view words : {"recipient:", "done_recipient:"}) {
      if (record.starts_with(words) && envelope.recipients.size() < limits_.addresses)
        envelope.recipients.emplace_back(after(record, words));
    }
  }

  void take_text(std::string_view line) {
    constexpr std::string_view kRegular = "regular_text: ";
    constexpr std::string_view kUnterminated = "unterminated_text: ";
    if (items_.back().bytes.empty() && !verbose_) verbose_ = line.starts_with(kRegular) || line.starts_with(kUnterminated);
    if (!verbose_) return append(line);
    if (line.starts_with(kRegular)) return append(line.substr(kRegular.size()));
    if (!line.starts_with(kUnterminated)) return;
    line.remove_prefix(kUnterminated.size());
    append(line.substr(0, line.find_last_not_of("\r\n") + 1));
  }

  void append(std::string_view bytes) { append_bytes(items_.back(), bytes, limits_); }

  void say_truncated() { items_.back().notes.push_back({"truncated", "postcat: no end of the queue file", {}}); }

  std::string_view rest_;
  const Limits& limits_;
  const std::size_t size_ = rest_.size();
  std::size_t offset_ = 0;
  std::vector<Item> items_;
  std::string_view file_;  ///< the queue file as the marks name it
  Where where_ = Where::outside;
  int numbers_ = 0;
  bool first_record_ = false;
  bool verbose_ = false;
};

}  // namespace

bool is_postcat(std::string_view head) {
  const auto line = head.substr(0, head.find_first_of("\r\n"));
  const auto mark = without_numbers(line, numbers_before(line));
  return mark.starts_with(kEnvelope) && mark.ends_with(kMarkEnd);
}

std::vector<Item> postcat_messages(std::string_view text, const Limits& limits) { return Print(text, limits).messages(); }

}  // namespace threadline::evidence
