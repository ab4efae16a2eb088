// SPDX-License-Identifier: Apache-2.0
#include "evidence/stripped_parts.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/ascii.h"
#include "evidence/field_lines.h"
#include "text/base64.h"
#include "text/charset.h"
#include "text/fold.h"

namespace threadline::evidence {
namespace {

struct Multipart {
  std::string boundary;  ///< with the two dashes
  std::string number;    ///< of the multipart itself; empty at the top
  std::uint32_t children = 0;
};

/// What a part's header says.
struct PartHeader {
  std::string type, boundary, encoding, name;
  bool stripped = false;
  std::size_t length = 0;  ///< with the empty line
};

PartHeader header_at(std::string_view bytes) {
  PartHeader header;
  FieldLines fields(bytes);
  while (const auto field = fields.next()) {
    const auto name = text::ascii_lower(field->name);
    if (name == "content-type") {
      header.type = text::ascii_lower(field->value.substr(0, field->value.find_first_of("; \t")));
      header.boundary = parameter_of(field->value, "boundary");
    }
    if (name == "content-disposition") header.name = parameter_of(field->value, "filename");
    if (name == "content-transfer-encoding") header.encoding = text::ascii_lower(field->value);
    if (name == "x-apple-content-length") header.stripped = true;
  }
  header.length = bytes.size() - fields.rest().size();
  return header;
}

class PartWalk {
 public:
  PartWalk(std::string_view message, const Limits& limits) : message_(message), limits_(limits) {}

  std::vector<StrippedPart> stripped() {
    read_header("");
    while (at_ < message_.size()) {
      const auto line = take_line();
      if (line.starts_with("--")) take_boundary(line);
    }
    return std::move(parts_);
  }

 private:
  std::string_view take_line() {
    const auto end = std::min(message_.find('\n', at_), message_.size() - 1) + 1;
    auto line = message_.substr(at_, end - at_);
    at_ = end;
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    return line;
  }

  /// Ends the multiparts within the one whose boundary it is; a next part begins, or that one ends too.
  void take_boundary(std::string_view line) {
    for (auto open = multiparts_.size(); open > 0; --open) {
      const auto& boundary = multiparts_[open - 1].boundary;
      if (!line.starts_with(boundary)) continue;
      const auto rest = line.substr(boundary.size());
      if (!rest.empty() && rest != "--") continue;
      multiparts_.resize(rest.empty() ? open : open - 1);
      if (!rest.empty()) return;
      auto& parent = multiparts_.back();
      const auto number = fmt::format("{}{}{}", parent.number, parent.number.empty() ? "" : ".", ++parent.children);
      return read_header(number);
    }
  }

  void read_header(const std::string& number) {
    PartHeader header;
    do {  // of a message in a message the inner header decides
      if (++headers_ > limits_.mime_parts) return;
      header = header_at(message_.substr(at_));
      at_ += header.length;
    } while (header.type == "message/rfc822" && !header.stripped && header.length > 0);
    const bool opens = header.type.starts_with("multipart/") && !header.boundary.empty();
    if (opens && multiparts_.size() < limits_.mime_depth) {
      multiparts_.push_back({"--" + header.boundary, number, 0});
    } else if (header.stripped && is_blank_here()) {
      parts_.push_back({number.empty() ? "1" : number, header.encoding, header.name, at_});
    }
  }

  /// Nothing but line ends up to the next boundary or the end.
  [[nodiscard]] bool is_blank_here() const {
    const auto next = message_.find_first_not_of("\r\n", at_);
    return next == std::string_view::npos || message_.substr(next).starts_with("--");
  }

  std::string_view message_;
  const Limits& limits_;
  std::size_t at_ = 0;
  std::uint32_t headers_ = 0;
  std::vector<Multipart> multiparts_;
  std::vector<StrippedPart> parts_;
};

/// Quoted-printable without a character that could be taken for anything else. Source: RFC 2045 section 6.7.
std::string encode_quoted(std::string_view bytes) {
  std::string text;
  std::size_t column = 0;
  for (const char c : bytes) {
    const bool plain = is_letter_or_digit(c);
    text += plain ? std::string(1, c) : fmt::format("={:02X}", static_cast<unsigned char>(c));
    column += plain ? 1 : 3;
    if (column < 72) continue;
    text += "=\n";
    column = 0;
  }
  return text + "\n";
}

/// The content as the part's header says it is written. Nothing where that could be taken for a boundary.
std::optional<std::string> encoded(const StrippedPart& part, std::string_view content) {
  if (part.encoding == "base64") return text::encode_base64(content, "\n");
  if (part.encoding == "quoted-printable") return encode_quoted(content);
  if (content.starts_with("--") || content.find("\n--") != std::string_view::npos) return std::nullopt;
  return std::string(content) + "\n";
}

}  // namespace

std::vector<StrippedPart> stripped_parts(std::string_view message, const Limits& limits) {
  return PartWalk(message, limits).stripped();
}

void restore_parts(Item& item, const PartFile& file_of, const Limits& limits) {
  const auto parts = stripped_parts(item.bytes, limits);
  if (parts.empty()) return;
  std::string whole;
  std::size_t copied = 0;
  for (const auto& part : parts) {
    whole.append(item.bytes, copied, part.begin - copied);
    copied = part.begin;
    const auto file = file_of(part);
    const auto content = file ? encoded(part, *file) : std::nullopt;
    const auto what = text::valid_utf8(fmt::format("part {} {}", part.number, part.name));
    if (!content) {
      item.notes.push_back({"truncated", what + ": its file is missing", {part.number, 0, 0}});
    } else if (content->size() > limits.message_bytes - std::min<std::uint64_t>(limits.message_bytes, whole.size())) {
      item.notes.push_back({"limit", "message_bytes: left out: " + what, {part.number, 0, 0}});
    } else {
      whole += *content;
      item.notes.push_back({"attachment_restored", what, {part.number, 0, 0}});
    }
  }
  whole.append(item.bytes, copied, std::string::npos);
  item.bytes = std::move(whole);
}

}  // namespace threadline::evidence
