// SPDX-License-Identifier: Apache-2.0
#include "message/header_block.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "message/kept_fields.h"
#include "text/charset.h"
#include "text/fold.h"

namespace threadline::message {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_all_blank(std::string_view line) { return std::ranges::all_of(line, is_blank); }

struct Line {
  std::string_view text;  ///< without its line end
  std::size_t next = 0;   ///< where the following line begins
};

Line line_at(std::string_view bytes, std::size_t at) {
  const auto end = std::min(bytes.find('\n', at), bytes.size());
  auto text = bytes.substr(at, end - at);
  while (text.ends_with('\r')) text.remove_suffix(1);
  return {text, std::min(end + 1, bytes.size())};
}

class HeaderReader {
 public:
  HeaderReader(std::string_view bytes, const Limits& limits) : bytes_(bytes), limits_(limits), kept_(bytes, limits) {}

  HeaderBlock read() {
    skip_preamble();
    while (at_ < bytes_.size() && !ended_) read_line();
    block_.length = at_;
    block_.fields = kept_.take(block_.notes);
    return std::move(block_);
  }

 private:
  void skip_preamble() {
    if (bytes_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    while (at_ < bytes_.size()) {
      const auto line = line_at(bytes_, at_);
      const bool mbox_line = line.text.starts_with("From ") || line.text.starts_with(">From ");
      if (!line.text.empty() && !mbox_line) return;
      at_ = line.next;
    }
  }

  void read_line() {
    const auto line = line_at(bytes_, at_);
    if (line.text.empty()) {
      ended_ = true;
      at_ = line.next;
    } else if (is_blank(line.text.front())) {
      read_folded(line);
    } else if (const auto name = field_name_of(line.text); name.length > 0) {
      add_field(line, name);
      at_ = line.next;
    } else {
      read_junk(line);
    }
  }

  /// A white-space-only line is the separator that somebody padded, unless the header visibly goes on.
  void read_folded(const Line& line) {
    if (is_all_blank(line.text)) {
      const auto next = line_at(bytes_, line.next);
      const auto name = field_name_of(next.text);
      const bool goes_on = (name.length > 0 && is_known_field(next.text.substr(0, name.length))) ||
                           (!next.text.empty() && is_blank(next.text.front()) && !is_all_blank(next.text));
      if (!goes_on) {
        note("header ends with a line of white space", line.text.size());
        ended_ = true;
        at_ = line.next;
        return;
      }
    }
    if (!kept_.is_begun()) return read_junk(line);
    kept_.extend(at_ + line.text.size());
    at_ = line.next;
  }

  void read_junk(const Line& line) {
    if (at_ >= last_known_field()) {
      note(!kept_.is_begun() ? "no header" : "no blank line between header and body",
           std::min<std::size_t>(line.text.size(), 200));
      ended_ = true;
      return;
    }
    note(fmt::format("not a header field: {}", text::valid_utf8(line.text.substr(0, 200))), line.text.size());
    at_ = line.next;
  }

  /// Where the last well-known field of this block of lines begins; found once, so that many junk lines cost one pass.
  std::size_t last_known_field() {
    if (last_known_) return *last_known_;
    last_known_ = 0;
    for (auto at = at_; at < bytes_.size();) {
      const auto line = line_at(bytes_, at);
      if (line.text.empty() || begins_part(line.text)) break;
      const auto name = field_name_of(line.text);
      if (name.length > 0 && is_known_field(line.text.substr(0, name.length))) last_known_ = at;
      at = line.next;
    }
    return *last_known_;
  }

  /// "--" and the boundary that a field of this header names: what follows is a part's header.
  [[nodiscard]] bool begins_part(std::string_view line) const {
    if (!line.starts_with("--") || line.size() < 3) return false;
    return kept_.has_boundary(line.substr(2));
  }

  void add_field(const Line& line, const FieldName& name) {
    const auto raw_at = at_ + name.colon + 1;
    kept_.add({.name = line.text.substr(0, name.length),
               .raw = bytes_.substr(raw_at, line.text.size() - name.colon - 1),
               .offset = at_,
               .raw_offset = raw_at});
  }

  void note(std::string text, std::size_t length) {
    if (block_.notes.size() >= limits_.message_notes) return;
    block_.notes.push_back({"malformed_header", std::move(text), {"header", at_, length}});
  }

  std::string_view bytes_;
  const Limits& limits_;
  HeaderBlock block_;
  KeptFields kept_;
  std::size_t at_ = 0;
  bool ended_ = false;
  std::optional<std::size_t> last_known_;
};

}  // namespace

FieldName field_name_of(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return {};
  auto length = colon;
  while (length > 0 && is_blank(line[length - 1])) --length;
  const auto is_name = [](char c) { return c > ' ' && c < '\x7f'; };
  if (!std::ranges::all_of(line.substr(0, length), is_name)) return {};
  return {length, colon};
}

bool is_known_field(std::string_view name) {
  if (name.size() > 2 && (name[0] == 'X' || name[0] == 'x') && name[1] == '-') return true;
  return name.size() < 40 && std::ranges::binary_search(kWellKnownFields, std::string_view(text::ascii_lower(name)));
}

HeaderBlock read_header_block(std::string_view bytes, const Limits& limits) { return HeaderReader(bytes, limits).read(); }

}  // namespace threadline::message
