// SPDX-License-Identifier: Apache-2.0
#include "message/header_block.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "text/charset.h"
#include "text/fold.h"

namespace threadline::message {
namespace {

/// Sorted, lower case. Source: the permanent and provisional message header field names that mail carries (IANA, RFC 4021).
constexpr auto kKnownFields = std::to_array<std::string_view>({
    "arc-authentication-results",
    "arc-message-signature",
    "arc-seal",
    "authentication-results",
    "auto-submitted",
    "bcc",
    "cc",
    "comments",
    "content-description",
    "content-disposition",
    "content-id",
    "content-language",
    "content-length",
    "content-location",
    "content-transfer-encoding",
    "content-type",
    "date",
    "delivered-to",
    "delivery-date",
    "disposition-notification-to",
    "dkim-signature",
    "domainkey-signature",
    "envelope-to",
    "errors-to",
    "from",
    "importance",
    "in-reply-to",
    "keywords",
    "lines",
    "list-id",
    "list-post",
    "list-unsubscribe",
    "mailing-list",
    "message-id",
    "mime-version",
    "newsgroups",
    "organization",
    "path",
    "precedence",
    "priority",
    "received",
    "received-spf",
    "references",
    "reply-to",
    "resent-cc",
    "resent-date",
    "resent-from",
    "resent-message-id",
    "resent-sender",
    "resent-to",
    "return-path",
    "sender",
    "status",
    "subject",
    "thread-index",
    "thread-topic",
    "to",
    "user-agent",
});

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
  HeaderReader(std::string_view bytes, const Limits& limits) : bytes_(bytes), limits_(limits) {}

  HeaderBlock read() {
    skip_preamble();
    start_ = at_;
    while (at_ < bytes_.size() && !ended_) read_line();
    block_.length = at_;
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
    if (block_.fields.empty() && !dropping_) return read_junk(line);
    if (!dropping_) extend_field(line);
    at_ = line.next;
  }

  void read_junk(const Line& line) {
    if (at_ >= last_known_field()) {
      note(block_.fields.empty() ? "no header" : "no blank line between header and body",
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
    return std::ranges::any_of(block_.fields, [&](const RawField& field) {
      return text::equal_ascii_nocase(field.name, "content-type") && field.raw.find(line.substr(2)) != std::string_view::npos;
    });
  }

  void add_field(const Line& line, const FieldName& name) {
    dropping_ = block_.fields.size() >= limits_.header_fields || at_ + line.text.size() - start_ > limits_.header_bytes;
    if (dropping_) return note_limit(block_.fields.size() >= limits_.header_fields ? "header_fields" : "header_bytes");
    const auto raw_at = at_ + name.colon + 1;
    block_.fields.push_back({.name = line.text.substr(0, name.length),
                             .raw = bytes_.substr(raw_at, line.text.size() - name.colon - 1),
                             .offset = at_,
                             .raw_offset = raw_at});
  }

  void extend_field(const Line& line) {
    auto& field = block_.fields.back();
    const auto end = at_ + line.text.size();
    if (end - start_ > limits_.header_bytes) {
      dropping_ = true;
      return note_limit("header_bytes");
    }
    field.raw = bytes_.substr(field.raw_offset, end - field.raw_offset);
  }

  void note_limit(std::string_view name) {
    if (limit_noted_) return;
    limit_noted_ = true;
    block_.notes.push_back({"limit", fmt::format("{}: the rest of the header is left out", name), {"header", at_, 0}});
  }

  void note(std::string text, std::size_t length) {
    if (block_.notes.size() >= limits_.message_notes) return;
    block_.notes.push_back({"malformed_header", std::move(text), {"header", at_, length}});
  }

  std::string_view bytes_;
  const Limits& limits_;
  HeaderBlock block_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;
  bool ended_ = false;
  bool dropping_ = false;  ///< the field at hand is over a limit
  bool limit_noted_ = false;
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
  return name.size() < 40 && std::ranges::binary_search(kKnownFields, std::string_view(text::ascii_lower(name)));
}

HeaderBlock read_header_block(std::string_view bytes, const Limits& limits) { return HeaderReader(bytes, limits).read(); }

}  // namespace threadline::message
