// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "facts/conversation/conversation.h"
#include "text/charset.h"

namespace threadline::facts::letters {

/// What a test puts into a letter and wants to read back.
struct Letter {
  message::Address from;
  std::vector<message::Address> to, cc;
  std::string subject, date, words;
};

inline Conversation read(const std::string& content, const Limits& limits = {}) {
  const message::Text part{.part = "1", .html = false, .attached = false, .charset = "utf-8", .content = content};
  return read_quoted(read_text(part, limits), 120, limits);
}

/// `text` with each blank replaced by a line end where the line would be longer than `width` bytes, as mail programs wrap.
inline std::string wrapped(std::string_view text, std::size_t width) {
  std::string out(text);
  std::size_t line = 0, blank = std::string::npos;
  for (std::size_t at = 0; at < out.size(); ++at) {
    if (out[at] == '\n') line = at + 1, blank = std::string::npos;
    if (out[at] == ' ') blank = at;
    if (at - line < width || blank == std::string::npos) continue;
    out[blank] = '\n';
    line = blank + 1;
    blank = std::string::npos;
  }
  return out;
}

/// Each line behind `mark` ("> "); "> > " where the line is quoted itself.
inline std::string marked(std::string_view text, std::string_view mark) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out += mark;
    out += text.substr(at, end - at);
    out += '\n';
    at = end + 1;
  }
  return out;
}

inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

inline std::string line_of(const message::Address& person) {
  return person.name.empty() ? person.address : person.name + " <" + person.address + ">";
}

inline std::string line_of(const std::vector<message::Address>& persons) {
  std::string line;
  for (const message::Address& person : persons) line += (line.empty() ? "" : "; ") + line_of(person);
  return line;
}

}  // namespace threadline::facts::letters
