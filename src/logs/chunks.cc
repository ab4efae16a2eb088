// SPDX-License-Identifier: Apache-2.0
#include "logs/chunks.h"

#include <algorithm>
#include <utility>

namespace threadline::logs {

void RecordEnds::reset() {
  depth_ = 0;
  quoted_ = false;
  escaped_ = false;
}

std::size_t RecordEnds::next_json(std::string_view text, std::size_t from) {
  for (std::size_t at = from; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted_) {
      if (escaped_) {
        escaped_ = false;
      } else if (c == '\\') {
        escaped_ = true;
      } else if (c == '"') {
        quoted_ = false;
      }
    } else if (c == '"') {
      quoted_ = true;
    } else if (c == '{' || c == '[') {
      ++depth_;
    } else if (c == '}' || c == ']') {
      if (depth_ > 0 && --depth_ == 0) return at + 1;
    }
  }
  return std::string_view::npos;
}

std::size_t RecordEnds::next_row(std::string_view text, std::size_t from) {
  bool quoted = quoted_;
  for (std::size_t at = from; at < text.size(); ++at) {
    quoted ^= text[at] == '"';
    if (text[at] == '\n' && !quoted) {
      quoted_ = false;
      return at + 1;
    }
  }
  quoted_ = quoted;
  return std::string_view::npos;
}

/// Where the next record begins: values may hold empty lines.
std::size_t RecordEnds::next_block(std::string_view text, std::size_t from) const {
  for (auto at = text.find(key_, from); at != std::string_view::npos; at = text.find(key_, at + 1)) {
    const auto behind = text.find_first_not_of(' ', at + key_.size());
    if (behind != std::string_view::npos && behind > at + key_.size() && text[behind] == ':') return at + 1;
  }
  return std::string_view::npos;
}

std::size_t RecordEnds::next(std::string_view text, std::size_t from) {
  if (cut_ == Cut::list) return next_block(text, from);
  if (cut_ == Cut::json) return next_json(text, from);
  if (cut_ == Cut::table) return next_row(text, from);
  const auto end = text.find('\n', from);
  return end == std::string_view::npos ? end : end + 1;
}

Chunks::Chunks(ReadAt read, const Layout& layout, const Limits& limits)
    : read_(std::move(read)),
      cut_(layout.cut),
      encoding_(layout.encoding),
      carriage_returns_(layout.carriage_returns),
      record_bytes_(limits.log_record_bytes),
      skip_(layout.begin),
      line_(layout.begin_line),
      ends_(layout) {}

/// Appends what comes next of the log. False at its end.
bool Chunks::grow() {
  std::string more = read_(offset_, kChunk);
  if (more.empty()) return false;
  offset_ += more.size();
  if (encoding_ != Encoding::utf8) more = from_utf16(more, encoding_);
  drop_nuls(more);
  if (carriage_returns_) std::ranges::replace(more, '\r', '\n');
  if (skip_ > 0) {
    const auto skipped = std::min<std::uint64_t>(skip_, more.size());
    more.erase(0, skipped);
    skip_ -= skipped;
  }
  buffer_ += more;
  return true;
}

Chunk Chunks::taken(std::size_t length, bool broken) {
  Chunk chunk{buffer_.substr(0, length), line_, broken};
  line_ += static_cast<std::uint64_t>(std::ranges::count(chunk.bytes, '\n'));
  buffer_.erase(0, length);
  scanned_ = scanned_ > length && !broken ? scanned_ - length : 0;
  whole_ = 0;
  if (broken) ends_.reset();
  return chunk;
}

/// How much of the buffer is left out so that reading goes on behind it: the first line where a quote stays open.
std::size_t Chunks::broken_length() const {
  const auto line_end = buffer_.find('\n');
  if (cut_ == Cut::table && line_end != std::string::npos) return line_end + 1;
  return buffer_.size();
}

std::optional<Chunk> Chunks::next() {
  while (true) {
    for (auto end = ends_.next(buffer_, scanned_); end != std::string_view::npos; end = ends_.next(buffer_, scanned_)) {
      whole_ = end;
      scanned_ = end;
      if (whole_ >= kChunk) return taken(whole_, false);
    }
    scanned_ = cut_ == Cut::list ? whole_ : buffer_.size();  // a name may be cut by the buffer's end
    if (buffer_.size() - whole_ > record_bytes_) {
      if (whole_ > 0) return taken(whole_, false);
      return taken(broken_length(), true);
    }
    if (grow()) continue;
    if (buffer_.empty()) return std::nullopt;
    if (whole_ > 0) return taken(whole_, false);
    const bool is_open_row = cut_ == Cut::table && ends_.next("\n", 0) == std::string_view::npos;
    return taken(is_open_row ? broken_length() : buffer_.size(), is_open_row);
  }
}

}  // namespace threadline::logs
