// SPDX-License-Identifier: Apache-2.0
#include "message/mailbox_part.h"

#include <algorithm>

#include "message/header_block.h"
#include "message/special_part.h"
#include "text/from_line.h"

namespace threadline::message {
namespace {

/// With its line end.
std::string_view line_of(std::string_view bytes) { return bytes.substr(0, std::min(bytes.find('\n'), bytes.size() - 1) + 1); }

std::string_view without_end(std::string_view line) {
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string_view from_first_line(std::string_view bytes) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (bytes.starts_with(kMark)) bytes.remove_prefix(kMark.size());
  return bytes.substr(std::min(bytes.find_first_not_of("\r\n"), bytes.size()));
}

bool is_separator(std::string_view rest) {
  if (!rest.starts_with("From ")) return false;
  const auto line = line_of(rest);
  return text::is_from_line(without_end(line)) && field_name_of(without_end(line_of(rest.substr(line.size())))).length > 0;
}

/// ">From ", ">>From " ...
bool is_quoted_from(std::string_view line) {
  const auto from = line.find_first_not_of('>');
  return from != std::string_view::npos && from > 0 && line.substr(from).starts_with("From ");
}

/// Gathers the lines of one message.
struct Gathered {
  std::string bytes;
  bool in_body = false;

  void add(std::string_view line) {
    bytes += in_body && is_quoted_from(line) ? line.substr(1) : line;
    in_body = in_body || without_end(line).empty();
  }
  /// Without the empty line before the next separator.
  std::string ended() && {
    if (bytes.ends_with("\n\r\n")) bytes.resize(bytes.size() - 2);
    if (bytes.ends_with("\n\n")) bytes.resize(bytes.size() - 1);
    return std::move(bytes);
  }
};

}  // namespace

bool is_mailbox(std::string_view bytes) {
  const auto rest = from_first_line(bytes);
  return is_separator(rest) && looks_like_message(rest.substr(line_of(rest).size()));
}

std::vector<std::string> messages_of_mailbox(std::string_view bytes, std::size_t most) {
  std::vector<std::string> messages;
  Gathered message;
  bool is_first = true, after_blank = true;
  for (auto rest = from_first_line(bytes); !rest.empty() && messages.size() <= most;) {
    const auto line = line_of(rest);
    const bool begins = after_blank && is_separator(rest);
    rest.remove_prefix(line.size());
    after_blank = without_end(line).empty();
    if (!begins) {
      message.add(line);
      continue;
    }
    if (!is_first) messages.push_back(std::move(message).ended());
    message = {};
    is_first = false;
  }
  if (messages.size() <= most && !message.bytes.empty()) messages.push_back(std::move(message).ended());
  return messages;
}

}  // namespace threadline::message
