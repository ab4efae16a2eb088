// SPDX-License-Identifier: Apache-2.0
#include "evidence/mbox.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "evidence/content_kind.h"
#include "evidence/lines.h"
#include "evidence/mailbox_fields.h"
#include "text/fold.h"

namespace threadline::evidence {
namespace {

/// ">From ", ">>From " ...
bool is_quoted_from(std::string_view line) {
  const auto from = line.find_first_not_of('>');
  return from != std::string_view::npos && from > 0 && line.substr(from).starts_with("From ");
}

std::size_t leading_nuls(std::string_view bytes) { return std::min(bytes.find_first_not_of('\0'), bytes.size()); }

std::uint64_t byte_order_mark_length(FileBytes& file) { return file.read_at(0, 3) == "\xEF\xBB\xBF" ? 3 : 0; }

class MboxReader {
 public:
  MboxReader(const std::string& path, FileBytes& file, Reading& reading, std::uint64_t begin)
      : path_(path), file_(file), reading_(reading), lines_(file, reading.limits.mbox_line_bytes, begin) {}

  void read() {
    std::string kept;
    while (auto piece = lines_.next()) {
      const std::size_t nuls = piece->begins_line ? leading_nuls(piece->bytes) : 0;
      if (piece->begins_line && piece->bytes.substr(nuls).starts_with("From")) {
        kept = piece->bytes;  // looking at the next line moves the buffer
        piece->bytes = kept;
        const Piece line{piece->bytes.substr(nuls), piece->offset + nuls};
        if (is_separator(line)) {
          if (!finish()) return;
          begin(line.offset);
          if (nuls > 0) item_.notes.push_back({"malformed_container", fmt::format("{} NUL bytes before the message", nuls), {}});
          continue;
        }
      }
      take(*piece);
    }
    finish();
    if (!file_.problem().empty()) reading_.give_lost(path_, "mbox", "io_error", file_.problem());
  }

 private:
  bool is_separator(const Piece& piece) {
    if (piece.offset < protected_until_) return false;
    const auto line = piece.text();
    const bool bare = is_bare_from_line(line);
    if (!bare && !is_from_line(line)) return false;
    const auto next = lines_.peek();
    if (bare) return (!open_ || after_blank_) && is_field_line(next, true);
    if (!open_ || after_blank_) return next.empty() || next.starts_with(">From ") || is_field_line(next, false);
    return is_field_line(next, true);  // a message that was cut: no blank line before the next one
  }

  void begin(std::uint64_t offset) {
    item_ = {.source = fmt::format("{}#{}", path_, offset), .format = "mbox", .bytes = {}, .sha256 = {}, .notes = {}};
    open_ = in_header_ = true;
    after_blank_ = bare_from_ = believed_length_ = false;
    header_at_ = quoted_ = 0;
    stated_length_.reset();
    protected_until_ = 0;
  }

  void take(const Piece& piece) {
    if (!open_) return;
    if (piece.begins_line) {
      after_blank_ = piece.is_blank();
      if (in_header_) {
        read_header_line(piece);
      } else {
        if (piece.bytes.starts_with("From ")) bare_from_ = true;
        if (is_quoted_from(piece.bytes)) ++quoted_;
      }
    }
    append(piece.bytes);
  }

  void read_header_line(const Piece& piece) {
    constexpr std::string_view kField = "content-length:";
    if (after_blank_ && !item_.bytes.empty()) {
      header_at_ = item_.bytes.size() + piece.bytes.size();
      return end_header(piece.offset + piece.bytes.size());
    }
    if (stated_length_ || piece.bytes.size() <= kField.size() ||
        !text::equal_ascii_nocase(piece.bytes.substr(0, kField.size()), kField))
      return;
    auto value = piece.bytes.substr(kField.size());
    value.remove_prefix(std::min(value.find_first_not_of(" \t"), value.size()));
    std::uint64_t length = 0;
    const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), length);
    if (problem == std::errc() && length <= file_.size()) stated_length_ = length;
  }

  void end_header(std::uint64_t body_offset) {
    in_header_ = false;
    if (!stated_length_) return;
    const auto end = body_offset + *stated_length_;
    believed_length_ = end == file_.size() || leads_to_from_line(end);
    if (believed_length_) protected_until_ = end;
  }

  /// The length may count the empty line before "From " or not.
  bool leads_to_from_line(std::uint64_t end) {
    if (end > file_.size()) return false;
    auto bytes = file_.read_at(end, 256);
    std::string_view there = bytes;
    if (there.starts_with("\r\n"))
      there.remove_prefix(2);
    else if (there.starts_with('\n') || there.starts_with('\r'))
      there.remove_prefix(1);
    return there.empty() || is_from_line(there.substr(0, std::min(there.find_first_of("\r\n"), there.size())));
  }

  /// Gathers two bytes more than the limit: they may be the line end before the next "From " line, which is not the message's.
  void append(std::string_view bytes) {
    const auto most = reading_.limits.message_bytes + 2;
    item_.bytes += bytes.substr(0, most - std::min<std::uint64_t>(most, item_.bytes.size()));
  }

  bool finish() {
    if (!open_) return true;
    open_ = false;
    drop_separating_line();
    if (quoted_ > 0 && !(believed_length_ && bare_from_)) unquote();
    if (item_.bytes.size() > reading_.limits.message_bytes) {
      item_.bytes.resize(reading_.limits.message_bytes);
      item_.notes.push_back(message_bytes_note());
    }
    const bool first = std::exchange(first_, false);
    if (first && is_folder_record(item_.bytes)) return true;
    read_mailbox_fields(item_);
    if (item_.bytes.empty()) item_.notes.push_back({"empty", "", {}});
    return reading_.give(std::move(item_));
  }

  void drop_separating_line() {
    auto& bytes = item_.bytes;
    if (believed_length_) {
      bytes.resize(std::min<std::size_t>(bytes.size(), header_at_ + *stated_length_));
    } else if (bytes.ends_with("\n\r\n")) {
      bytes.resize(bytes.size() - 2);
    } else if (bytes.ends_with("\n\n") || bytes.ends_with("\r\r")) {
      bytes.resize(bytes.size() - 1);
    }
  }

  void unquote() {
    if (header_at_ > item_.bytes.size()) return;
    std::string plain(item_.bytes, 0, header_at_);
    plain.reserve(item_.bytes.size());
    std::string_view rest = std::string_view(item_.bytes).substr(header_at_);
    while (!rest.empty()) {
      const auto length = std::min(rest.find(lines_.line_end()), rest.size() - 1) + 1;
      const auto line = rest.substr(0, length);
      plain += is_quoted_from(line) ? line.substr(1) : line;
      rest.remove_prefix(length);
    }
    item_.bytes = std::move(plain);
  }

  const std::string& path_;
  FileBytes& file_;
  Reading& reading_;
  Lines lines_;
  Item item_;
  bool first_ = true;  ///< no message was finished yet
  bool open_ = false;  ///< a message is being gathered
  bool in_header_ = false;
  bool after_blank_ = false;
  bool bare_from_ = false;  ///< its body has a line that begins with "From "
  bool believed_length_ = false;
  std::uint64_t quoted_ = 0;   ///< ">From " lines of the body
  std::size_t header_at_ = 0;  ///< where the body begins in the item's bytes
  std::optional<std::uint64_t> stated_length_;
  std::uint64_t protected_until_ = 0;
};

}  // namespace

void read_mbox(const std::string& path, FileBytes& file, Reading& reading, std::uint64_t begin) {
  if (begin > 0)
    reading.give_lost(path, "mbox", "truncated",
                      fmt::format("{} bytes before the first message, whose beginning is not here", begin));
  MboxReader(path, file, reading, begin > 0 ? begin : byte_order_mark_length(file)).read();
}

std::optional<std::uint64_t> first_from_line(FileBytes& file, const Limits& limits) {
  Lines lines(file, limits.mbox_line_bytes, 0);
  while (const auto piece = lines.next()) {
    if (piece->offset > limits.message_bytes) return std::nullopt;
    const std::size_t nuls = piece->begins_line ? leading_nuls(piece->bytes) : 0;
    const std::uint64_t offset = piece->offset + nuls;
    const auto line = Piece{piece->bytes.substr(nuls)}.text();
    if (piece->begins_line && is_from_line(line) && is_field_line(lines.peek(), true)) return offset;
  }
  return std::nullopt;
}

}  // namespace threadline::evidence
