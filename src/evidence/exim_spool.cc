// SPDX-License-Identifier: Apache-2.0
#include "evidence/exim_spool.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <utility>

#include "base/ascii.h"
#include "evidence/item_bytes.h"
#include "evidence/lines.h"

namespace threadline::evidence {
namespace {

/// "6-6-2" characters, or "6-11-4" since Exim 4.97, and the file's letter.
bool is_file_name(std::string_view line, char letter) {
  const bool is_long = line.size() == 25;
  if ((line.size() != 18 && !is_long) || line[6] != '-') return false;
  const std::size_t second = is_long ? 18 : 13;
  const std::size_t third = is_long ? 23 : 16;
  if (line[second] != '-' || line[third] != '-' || line[third + 1] != letter) return false;
  for (std::size_t at = 0; at < third; ++at) {
    if (at != 6 && at != second && !is_letter_or_digit(line[at])) return false;
  }
  return true;
}

bool begins_with_name(std::string_view head, char letter) { return is_file_name(take_line(head), letter); }

/// The tree of addresses that need no delivery: "XX" when there is none, else lines "YN address".
bool begins_tree(std::string_view line) {
  const auto is_branch = [](char c) { return c == 'Y' || c == 'N'; };
  return line == "XX" || (line.size() > 3 && is_branch(line[0]) && is_branch(line[1]) && line[2] == ' ');
}

bool is_number(std::string_view line) { return !line.empty() && line.find_first_not_of("0123456789") == std::string_view::npos; }

std::uint64_t take_number(std::string_view& text) {
  std::uint64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return problem == std::errc() ? number : 0;
}

/// Reads a header file up to the end of its headers.
class HeaderFile {
 public:
  HeaderFile(std::string_view rest, const Limits& limits) : rest_(rest), limits_(limits) {}

  Item message() {
    item_.format = "exim";
    auto& envelope = item_.envelope.emplace();
    const auto name = take_line(rest_);
    envelope.queue_id = name.substr(0, name.size() - std::min<std::size_t>(2, name.size()));
    take_line(rest_);  // login, uid, gid
    read_sender();
    auto times = take_line(rest_);
    envelope.arrival = instant_text(take_number(times));
    if (!read_recipients() || !read_headers()) item_.notes.push_back({"truncated", "Exim: the header file ends early", {}});
    return std::move(item_);
  }

 private:
  void read_sender() {
    auto sender = take_line(rest_);
    if (!sender.starts_with('<')) return;
    sender.remove_prefix(1);
    item_.envelope->sender = std::string(sender.substr(0, sender.rfind('>')));
  }

  /// Options ("-ident x"), the tree of those that need no delivery, a count, and the recipients one a line.
  bool read_recipients() {
    std::string_view line;
    for (bool in_tree = false; !in_tree || !is_number(line);) {
      if (rest_.empty()) return false;
      line = take_line(rest_);
      in_tree = in_tree || begins_tree(line);
    }
    for (auto count = take_number(line); count > 0; --count) {
      if (rest_.empty()) return false;
      const auto recipient = take_line(rest_);
      auto& recipients = item_.envelope->recipients;
      if (recipients.size() < limits_.addresses) recipients.emplace_back(recipient.substr(0, recipient.find(' ')));
    }
    return true;
  }

  /// "033F From: ...": the length of the text, a letter that says which field it is ("*": deleted), a space, the text.
  bool read_headers() {
    take_line(rest_);  // the empty line
    while (!rest_.empty()) {
      const auto length = take_number(rest_);
      if (length == 0 || rest_.size() < 2) return false;
      const bool deleted = rest_.front() == '*';
      rest_.remove_prefix(2);
      const bool whole = length <= rest_.size();
      if (!deleted) append_bytes(item_, rest_.substr(0, length), limits_);
      if (!whole) return false;
      rest_.remove_prefix(length);
    }
    return true;
  }

  std::string_view rest_;
  const Limits& limits_;
  Item item_;
};

}  // namespace

bool is_exim_header(std::string_view head) { return begins_with_name(head, 'H'); }
bool is_exim_data(std::string_view head) { return begins_with_name(head, 'D'); }

Item exim_message(std::string_view header_file, std::optional<std::string_view> data_file, const Limits& limits) {
  Item item = HeaderFile(header_file, limits).message();
  append_bytes(item, "\n", limits);
  if (!data_file) {
    item.notes.push_back({"truncated", "Exim: the data file with the body is missing", {}});
  } else {
    take_line(*data_file);
    append_bytes(item, *data_file, limits);
  }
  return item;
}

Item exim_body(std::string_view data_file, const Limits& limits) {
  Item item{.source = {}, .format = "exim", .bytes = {}, .sha256 = {}, .notes = {}};
  item.notes.push_back({"truncated", "Exim: the header file is missing", {}});
  take_line(data_file);
  append_bytes(item, "\n", limits);
  append_bytes(item, data_file, limits);
  return item;
}

}  // namespace threadline::evidence
