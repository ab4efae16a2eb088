// SPDX-License-Identifier: Apache-2.0
#include "evidence/bsmtp.h"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "evidence/item_bytes.h"
#include "text/fold.h"

namespace threadline::evidence {
namespace {

constexpr int kHeadLines = 1'000;  ///< commands before the first DATA

std::string_view take_line(std::string_view& rest) {
  const auto end = std::min(rest.find('\n'), rest.empty() ? 0 : rest.size() - 1);
  const auto line = rest.substr(0, end + 1);
  rest.remove_prefix(line.size());
  return line;
}

std::string_view without_line_end(std::string_view line) {
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool begins(std::string_view line, std::string_view command) {
  return line.size() >= command.size() && text::equal_ascii_nocase(line.substr(0, command.size()), command);
}

bool is_data(std::string_view line) { return line.size() == 4 && begins(line, "DATA"); }

/// "MAIL FROM:<a@x> SIZE=9" -> "a@x".
std::string path_in(std::string_view line) {
  auto path = line.substr(line.find(':') + 1);
  path.remove_prefix(std::min(path.find_first_not_of(' '), path.size()));
  if (!path.starts_with('<')) return std::string(path.substr(0, path.find(' ')));
  return std::string(path.substr(1, path.find('>') - 1));
}

class Batch {
 public:
  Batch(std::string_view text, const Limits& limits) : rest_(text), size_(text.size()), limits_(limits) {}

  std::vector<Item> messages() {
    while (!rest_.empty()) {
      const auto offset = size_ - rest_.size();
      const auto line = without_line_end(take_line(rest_));
      if (begins(line, "MAIL FROM:")) {
        offset_ = offset;
        envelope_ = {};
        envelope_.sender = path_in(line);
      } else if (begins(line, "RCPT TO:") && envelope_.recipients.size() < limits_.addresses) {
        envelope_.recipients.push_back(path_in(line));
      } else if (is_data(line)) {
        read_message();
      }
    }
    return std::move(items_);
  }

 private:
  void read_message() {
    Item item{.source = fmt::format("#{}", offset_), .format = "bsmtp", .bytes = {}, .sha256 = {}, .notes = {}};
    bool ended = false;
    while (!rest_.empty() && !ended) {
      auto line = take_line(rest_);
      ended = without_line_end(line) == ".";
      if (ended) break;
      if (line.starts_with("..")) line.remove_prefix(1);
      append_bytes(item, line, limits_);
    }
    if (!ended) item.notes.push_back({"truncated", "BSMTP: no closing dot", {}});
    item.envelope = std::exchange(envelope_, {});
    items_.push_back(std::move(item));
  }

  std::string_view rest_;
  std::size_t size_;
  const Limits& limits_;
  std::size_t offset_ = 0;
  Envelope envelope_;
  std::vector<Item> items_;
};

}  // namespace

bool is_bsmtp(std::string_view head) {
  bool mail = false;
  for (int lines = 0; lines < kHeadLines && !head.empty(); ++lines) {
    const auto line = without_line_end(take_line(head));
    if (is_data(line)) return mail;
    mail = mail || begins(line, "MAIL FROM:");
    const bool command = begins(line, "HELO ") || begins(line, "EHLO ") || begins(line, "MAIL FROM:") ||
                         begins(line, "RCPT TO:") || begins(line, "RSET") || begins(line, "NOOP") || begins(line, "TICK ") ||
                         begins(line, "VERB ");
    if (!command) return false;
  }
  return false;
}

std::vector<Item> bsmtp_messages(std::string_view text, const Limits& limits) { return Batch(text, limits).messages(); }

}  // namespace threadline::evidence
